using FsRec.Fourier;

namespace FsRec.ImageModel;

/// <summary>The memory one thread's evaluation of a frame is made in.</summary>
internal sealed class ModelWorkspace(ModelGrid grid, double wavelength, int nodes, int planes, bool step, FourierTransform transform, RealTransform real) : IDisposable
{
    /// <summary>Displacement and focus of each node.</summary>
    public SeparableFactor[] Factors { get; } = [.. Enumerable.Range(0, nodes).Select(_ => new SeparableFactor(grid.Band, wavelength))];

    /// <summary>The image wave of each node, then those of the cross terms.</summary>
    public ComplexPlane[] Planes { get; } = ComplexPlane.Many(planes, grid.Plane.Rows, grid.Plane.Columns);

    /// <summary>The frame's transfer function.</summary>
    public ComplexPlane? Transfer { get; set; }

    /// <summary>Where a transfer function is made that is not in the tables.</summary>
    public ComplexPlane? Stepped { get; } = step ? grid.Band.CreateSpectrum() : null;

    /// <summary>A spectrum on the band.</summary>
    public ComplexPlane? Spare { get; } = step ? grid.Band.CreateSpectrum() : null;

    /// <summary>Scratch of the complex transforms.</summary>
    public FourierScratch Scratch { get; } = transform.CreateScratch();

    /// <summary>Scratch of the real transforms.</summary>
    public RealTransformScratch Real { get; } = real.CreateScratch();

    /// <summary>Half-plane of an intensity.</summary>
    public ComplexPlane Spectrum { get; } = real.CreateHalfPlane();

    /// <summary>An intensity on the grid.</summary>
    public AlignedBuffer Image { get; } = new(grid.Plane.PixelCount);

    /// <summary>Weighted residual on the grid; 0 outside of the frame.</summary>
    public AlignedBuffer Residual { get; } = new(grid.Plane.PixelCount);

    /// <summary>The model's image of the frame.</summary>
    public float[] Model { get; } = new float[grid.Frame.PixelCount];

    /// <summary>Sums of the band's rows.</summary>
    public double[] RowSums { get; } = new double[3 * grid.Band.Rows];

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (IDisposable item in Factors.Concat<IDisposable>(Planes).Concat([Scratch, Real, Spectrum, Image, Residual]))
        {
            item.Dispose();
        }

        Stepped?.Dispose();
        Spare?.Dispose();
    }
}
