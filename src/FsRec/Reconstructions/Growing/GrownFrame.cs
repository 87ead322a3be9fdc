using FsRec.Alignment;
using FsRec.Optics;

namespace FsRec.Reconstructions;

/// <summary>A frame that has been taken into a growing wave.</summary>
/// <param name="Number">Number of the image.</param>
/// <param name="Focus">Its defocus in nm.</param>
/// <param name="Transfer">Its transfer function.</param>
/// <param name="Noise">Variance of its noise.</param>
/// <param name="Data">Its spectrum on the points, not windowed.</param>
internal sealed record GrownFrame(int Number, double Focus, TransferFunction Transfer, double Noise, PointPairs Data)
{
    /// <summary>Where it lies in px.</summary>
    public (double Dx, double Dy) Place { get; set; }

    /// <summary>How much of what the others predict for it it shows: 1 all, 0 nothing; NaN where they do not predict anything yet.</summary>
    public double Resemblance { get; set; } = double.NaN;

    /// <summary>Whether it is taken for one of the specimen.</summary>
    public bool Belongs { get; set; } = true;
}
