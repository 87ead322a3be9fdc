using System.Runtime.CompilerServices;

namespace FsRec;

/// <summary>
/// A complex wave function on the grid of the frames: the electron wave as it leaves the specimen, scaled so that the
/// vacuum has amplitude 1. Immutable; arrays are made on request, in row-major order.
/// </summary>
public sealed class ExitWave
{
    // Pixels that are not worth a second thread.
    private const int SmallWave = 1 << 17;

    private readonly float[] _data;

    private delegate void RowMap(ReadOnlySpan<float> numbers, Span<float> values);

    /// <summary>Wraps wave data without copying it.</summary>
    /// <param name="calibration">Shape and scale.</param>
    /// <param name="interleaved">Real and imaginary part of each pixel in turn, row by row: 2·rows·columns values.</param>
    /// <exception cref="ArgumentException">The data does not fit the shape.</exception>
    public ExitWave(Calibration calibration, float[] interleaved)
    {
        if (interleaved.LongLength != 2L * calibration.PixelCount)
        {
            throw new ArgumentException($"A wave of {calibration} takes {2L * calibration.PixelCount} values, not {interleaved.LongLength}.", nameof(interleaved));
        }

        Calibration = calibration;
        _data = interleaved;
    }

    /// <summary>Shape and scale of the wave.</summary>
    public Calibration Calibration { get; }

    /// <summary>Full path of the file that it was read from as it is; <see langword="null"/> for none.</summary>
    internal string? SourceFile { get; init; }

    /// <summary>The data as stored in a <c>.wav</c> file: real and imaginary part in turn, row by row.</summary>
    internal ReadOnlySpan<float> Interleaved => _data;

    /// <summary>Root of the mean square of ψ − mean(ψ), the part of the wave that the specimen scattered.</summary>
    public double ScatteredRms
    {
        get
        {
            (double re, double im) = Mean();
            double sum = 0;
            for (int i = 0; i < _data.Length; i += 2)
            {
                double x = _data[i] - re;
                double y = _data[i + 1] - im;
                sum += (x * x) + (y * y);
            }

            return Math.Sqrt(sum / Calibration.PixelCount);
        }
    }

    /// <summary>Amplitude |ψ| of each pixel.</summary>
    public float[] GetAmplitude() => Map(PolarKernels.Amplitudes);

    /// <summary>Phase arg ψ of each pixel in rad, from −π to π.</summary>
    public float[] GetPhase() => Map(PolarKernels.Phases);

    /// <summary>Intensity |ψ|² of each pixel.</summary>
    public float[] GetIntensity() => Map(Intensities);

    /// <summary>A copy of the data as stored in a <c>.wav</c> file: real and imaginary part of each pixel in turn.</summary>
    public float[] GetInterleaved() => [.. _data];

    /// <summary>Mean of the wave over all pixels, real and imaginary part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (double Re, double Im) Mean()
    {
        double re = 0;
        double im = 0;
        for (int i = 0; i < _data.Length; i += 2)
        {
            re += _data[i];
            im += _data[i + 1];
        }

        return (re / Calibration.PixelCount, im / Calibration.PixelCount);
    }

    /// <inheritdoc />
    public override string ToString() => $"exit wave {Calibration}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Intensities(ReadOnlySpan<float> numbers, Span<float> intensities)
    {
        for (int i = 0; i < intensities.Length; i++)
        {
            (float re, float im) = (numbers[2 * i], numbers[(2 * i) + 1]);
            intensities[i] = (re * re) + (im * im);
        }
    }

    private float[] Map(RowMap map)
    {
        float[] result = GC.AllocateUninitializedArray<float>(Calibration.PixelCount);
        int columns = Calibration.Columns;
        FrameLoop.Run(Calibration.Rows, result.Length < SmallWave ? 1 : 0, CancellationToken.None, row =>
            map(_data.AsSpan(2 * row * columns, 2 * columns), result.AsSpan(row * columns, columns)));
        return result;
    }
}
