using System.Diagnostics.CodeAnalysis;
using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.Series;

/// <summary>
/// Divides frames by √NPS, so that their noise is white: the weights that least squares gives their frequencies, and what the theory of their
/// noise asks for. At its edges a frame goes on as in a mirror, which keeps what is made of it symmetric, so that it can be taken back to
/// the last digits. Read-only; several threads may use it at once.
/// </summary>
[SuppressMessage("Reliability", "CA1001:Types that own disposable fields should be disposable", Justification = "Series along a pipeline share it; the finalizers of the tables free them with the last.")]
internal sealed class NoiseWhitening
{
    private readonly Calibration _frame;
    private readonly RealTransform _transform;
    private readonly RealTable _whiten;
    private readonly RealTable _colour;

    /// <summary>Prepares frames of a shape.</summary>
    /// <param name="detector">The detector, whose noise is not white.</param>
    /// <param name="frame">Shape and scale of the frames.</param>
    public NoiseWhitening(Detector detector, Calibration frame)
    {
        _frame = frame;
        Calibration doubled = frame with { Rows = 2 * frame.Rows, Columns = 2 * frame.Columns };
        FrequencyGrid grid = FrequencyGrid.Of(doubled);
        _transform = new RealTransform(doubled.Rows, doubled.Columns);
        _whiten = new RealTable(frame.Rows + 1, _transform.HalfColumns, (ky, kx) => 1 / detector.NoiseDeviation(grid.SquaredFrequency(ky, kx)));
        _colour = new RealTable(frame.Rows + 1, _transform.HalfColumns, (ky, kx) => detector.NoiseDeviation(grid.SquaredFrequency(ky, kx)));
    }

    /// <summary>The whitening of a detector's frames; <see langword="null"/> where their noise is white.</summary>
    /// <param name="detector">The detector; <see langword="null"/> for one that changes nothing.</param>
    /// <param name="frame">Shape and scale of the frames.</param>
    public static NoiseWhitening? Of(Detector? detector, Calibration frame) => detector?.Noise is null ? null : new NoiseWhitening(detector, frame);

    /// <summary>Makes the noise of a frame white. Its mean stays.</summary>
    /// <param name="pixels">The frame, row-major, changed in place.</param>
    public void Apply(Span<float> pixels) => Filter(pixels, _whiten);

    /// <summary>Gives a frame the colour of its noise back.</summary>
    /// <param name="pixels">The frame, row-major, changed in place.</param>
    public void Undo(Span<float> pixels) => Filter(pixels, _colour);

    private void Filter(Span<float> pixels, RealTable table)
    {
        (int rows, int columns) = (_frame.Rows, _frame.Columns);
        using var image = new AlignedBuffer(4L * rows * columns);
        using ComplexPlane spectrum = _transform.CreateHalfPlane();
        using RealTransformScratch scratch = _transform.CreateScratch();
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<float> source = pixels.Slice(r * columns, columns);
            Span<float> target = image.Span.Slice(2 * r * columns, 2 * columns);
            source.CopyTo(target);
            source.CopyTo(target[columns..]);
            target[columns..].Reverse();
            target.CopyTo(image.Span[(2 * ((2 * rows) - 1 - r) * columns)..]);
        }

        _transform.Forward(image.Span, spectrum, scratch);
        SpectrumKernels.Multiply(spectrum, table);
        _transform.InverseColumns(spectrum, scratch);
        _transform.InverseRows(spectrum, 0, rows, 0, columns, pixels[..(rows * columns)], scratch);
    }
}
