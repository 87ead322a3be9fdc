namespace FsRec.Results;

/// <summary>A frame that was left out, and how well the wave of the others predicts it.</summary>
/// <param name="ImageNumber">Number of the image.</param>
/// <param name="Focus">Defocus in nm.</param>
/// <param name="Correlation">Correlation coefficient of the predicted image and the frame inside the band of the wave: 1 for equal images; noise makes it smaller.</param>
/// <param name="ReducedChiSquare">Mean over the pixels of (predicted − measured)² / variance of the noise.</param>
/// <param name="Dx">Displacement along columns in px at which the frame agrees best.</param>
/// <param name="Dy">Likewise along rows.</param>
public sealed record PredictedFrame(int ImageNumber, double Focus, double Correlation, double ReducedChiSquare, double Dx, double Dy)
{
    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"image {ImageNumber} at {Focus:0.0} nm: correlation {Correlation:0.000}, reduced chi-square {ReducedChiSquare:0.00}");
}
