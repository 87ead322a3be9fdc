using System.Runtime.CompilerServices;
using FsRec.Fourier;
using FsRec.Rendering.Phase;

namespace FsRec.Rendering;

/// <summary>The values of a wave that pictures show.</summary>
public static class WaveMaps
{
    // The one map of phases that do not jump.
    private const ColorMap PhaseColours = ColorMap.Viridis;

    // Of a turn, at either end: a phase that goes on beyond π has values in both.
    private const double EndOfTurn = 0.03;
    private const double FewJump = 1e-3;
    private const int MostLookedAt = 1 << 16;

    /// <summary>The amplitude.</summary>
    /// <param name="wave">The wave.</param>
    public static ScalarMap Amplitude(ExitWave wave) => Map(wave, wave.GetAmplitude(), "amplitude", "");

    /// <summary>
    /// The phase as the wave has it, from −π to π. Where it jumps from one to the other it is drawn in the circle of hues, in which a jump cannot be seen;
    /// where it does not, as one without jumps.
    /// </summary>
    /// <param name="wave">The wave.</param>
    public static ScalarMap Phase(ExitWave wave)
    {
        float[] phase = wave.GetPhase();
        ScalarMap map = Map(wave, phase, "phase", "rad");
        return Jumps(phase) ? map with { ColorMap = ColorMap.Cyclic, FixedRange = (-Math.PI, Math.PI) } : map with { ColorMap = PhaseColours };
    }

    /// <summary>The phase without jumps, without its ramp, and 0 in the vacuum.</summary>
    /// <param name="wave">The wave.</param>
    /// <param name="vacuum">An area of vacuum; <see langword="null"/> to take for it what most of the pixels lie in.</param>
    /// <exception cref="FsRecException">The area does not lie inside the wave.</exception>
    public static ScalarMap UnwrappedPhase(ExitWave wave, ReferenceArea? vacuum = null)
    {
        (int rows, int columns) = (wave.Calibration.Rows, wave.Calibration.Columns);
        float[] unwrapped = PhaseUnwrapper.Unwrap(wave.GetPhase(), wave.GetAmplitude(), rows, columns);
        return Map(wave, PhasePlane.Fit(unwrapped, rows, columns, vacuum).RemoveFrom(unwrapped, columns), "phase", "rad") with { ColorMap = PhaseColours };
    }

    /// <summary>The intensity.</summary>
    /// <param name="wave">The wave.</param>
    public static ScalarMap Intensity(ExitWave wave) => Map(wave, wave.GetIntensity(), "intensity", "");

    /// <summary>The real part.</summary>
    /// <param name="wave">The wave.</param>
    public static ScalarMap Real(ExitWave wave) => Map(wave, Part(wave, 0), "real part", "");

    /// <summary>The imaginary part.</summary>
    /// <param name="wave">The wave.</param>
    public static ScalarMap Imaginary(ExitWave wave) => Map(wave, Part(wave, 1), "imaginary part", "");

    /// <summary>
    /// The power spectrum of the wave without its mean, in decades, under a Hann window (the frame's edges would be a cross otherwise), up to a
    /// frequency.
    /// </summary>
    /// <param name="wave">The wave.</param>
    /// <param name="highest">Highest frequency in 1/nm.</param>
    public static ScalarMap Spectrum(ExitWave wave, double highest = double.PositiveInfinity)
    {
        (double meanRe, double meanIm) = wave.Mean();
        ReadOnlySpan<float> data = wave.Interleaved;
        Calibration frame = wave.Calibration;
        using var plane = new ComplexPlane(frame.Rows, frame.Columns);
        float[] across = HannWindow.Of(frame.Columns);
        float[] down = HannWindow.Of(frame.Rows);
        for (int r = 0; r < frame.Rows; r++)
        {
            Weigh(data.Slice(2 * r * frame.Columns, 2 * frame.Columns), (meanRe, meanIm), down[r], across, plane, r);
        }

        return Spectrum(plane, frame, highest);
    }

    /// <summary>The power spectrum of an image without its mean, likewise.</summary>
    /// <param name="pixels">Row-major pixels.</param>
    /// <param name="frame">Shape and scale.</param>
    /// <param name="highest">Highest frequency in 1/nm.</param>
    public static ScalarMap Spectrum(ReadOnlySpan<float> pixels, Calibration frame, double highest = double.PositiveInfinity)
    {
        double mean = Mean(pixels);
        using var plane = new ComplexPlane(frame.Rows, frame.Columns);
        float[] across = HannWindow.Of(frame.Columns);
        float[] down = HannWindow.Of(frame.Rows);
        for (int r = 0; r < frame.Rows; r++)
        {
            Weigh(pixels.Slice(r * frame.Columns, frame.Columns), mean, down[r], across, plane, r);
        }

        return Spectrum(plane, frame, highest);
    }

    /// <summary>Values over the frame of a wave or a series.</summary>
    internal static ScalarMap Map(Calibration frame, float[] values, string quantity, string unit) => new(values, frame.Rows, frame.Columns, quantity, unit)
    {
        RowSampling = frame.RowSampling,
        ColumnSampling = frame.ColumnSampling,
    };

    private static ScalarMap Map(ExitWave wave, float[] values, string quantity, string unit) => Map(wave.Calibration, values, quantity, unit);

    private static ScalarMap Spectrum(ComplexPlane plane, Calibration frame, double highest)
    {
        var transform = new FourierTransform(frame.Rows, frame.Columns);
        using (FourierScratch scratch = transform.CreateScratch())
        {
            transform.Forward(plane, scratch);
        }

        FrequencyGrid grid = FrequencyGrid.Of(frame);
        int rowReach = Math.Max(1, grid.RowReach(Math.Min(highest, 0.5 / frame.RowSampling)));
        int columnReach = Math.Max(1, grid.ColumnReach(Math.Min(highest, 0.5 / frame.ColumnSampling)));
        int rows = Math.Min(frame.Rows, (2 * rowReach) + 1);
        int columns = Math.Min(frame.Columns, (2 * columnReach) + 1);
        var values = new float[rows * columns];
        double pixels = (double)frame.Rows * frame.Columns;
        FrameLoop.Run(rows, 0, CancellationToken.None, r =>
            Decades(plane, FrequencyGrid.Index(r - (rows / 2), frame.Rows), frame.Columns, pixels, values.AsSpan(r * columns, columns)));

        return new ScalarMap(values, rows, columns, "power spectrum", "decades")
        {
            FixedRange = SpectrumRange(values),
            RowSampling = grid.RowStep,
            ColumnSampling = grid.ColumnStep,
            IsReciprocal = true,
            ColorMap = ColorMap.Inferno,
        };
    }

    private static bool Jumps(float[] phase)
    {
        // An odd step, so that columns of an even number are all looked at.
        int step = (phase.Length / MostLookedAt) | 1;
        (int low, int high, int count) = (0, 0, 0);
        float end = (float)(Math.PI - (EndOfTurn * 2 * Math.PI));
        for (int i = 0; i < phase.Length; i += step, count++)
        {
            low += phase[i] < -end ? 1 : 0;
            high += phase[i] > end ? 1 : 0;
        }

        return Math.Min(low, high) > FewJump * count;
    }

    /// <summary>The decades that say something: a wave is empty beyond its band, to the computer's rounding.</summary>
    private static (double Low, double High) SpectrumRange(float[] values)
    {
        const float MostDecades = 7;
        const double ShareBelow = 0.02;
        const double ShareAbove = 0.0005;
        float[] filled = Above(values, Highest(values) - MostDecades);
        return (Percentiles.Range(filled, ShareBelow).Low, Percentiles.Range(filled, ShareAbove).High);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Highest(float[] values)
    {
        float highest = float.NegativeInfinity;
        foreach (float v in values)
        {
            highest = v > highest ? v : highest;
        }

        return highest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float[] Above(float[] values, float floor)
    {
        int count = 0;
        foreach (float v in values)
        {
            count += v > floor ? 1 : 0;
        }

        var above = new float[count];
        count = 0;
        foreach (float v in values)
        {
            if (v > floor)
            {
                above[count++] = v;
            }
        }

        return above;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Mean(ReadOnlySpan<float> pixels)
    {
        double mean = 0;
        foreach (float p in pixels)
        {
            mean += p;
        }

        return mean / pixels.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Weigh(ReadOnlySpan<float> wave, (double Re, double Im) mean, float down, float[] across, ComplexPlane plane, int row)
    {
        float* line = plane.Row(row);
        for (int c = 0; c < across.Length; c++)
        {
            float* p = line + ComplexPlane.Offset(c);
            float w = down * across[c];
            p[0] = w * (float)(wave[2 * c] - mean.Re);
            p[ComplexPlane.Lanes] = w * (float)(wave[(2 * c) + 1] - mean.Im);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Weigh(ReadOnlySpan<float> pixels, double mean, float down, float[] across, ComplexPlane plane, int row)
    {
        float* line = plane.Row(row);
        for (int c = 0; c < across.Length; c++)
        {
            float* p = line + ComplexPlane.Offset(c);
            p[0] = down * across[c] * (float)(pixels[c] - mean);
            p[ComplexPlane.Lanes] = 0;
        }
    }

    /// <summary>The power a pixel of one row of a spectrum in decades, the frequency zero in the middle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Decades(ComplexPlane plane, int row, int columns, double pixels, Span<float> values)
    {
        float* line = plane.Row(row);
        for (int c = 0; c < values.Length; c++)
        {
            float* p = line + ComplexPlane.Offset(FrequencyGrid.Index(c - (values.Length / 2), columns));
            (float re, float im) = (p[0], p[ComplexPlane.Lanes]);
            values[c] = MathF.Log10(MathF.Max(1e-30f, (float)((((double)re * re) + ((double)im * im)) / pixels)));
        }
    }

    private static float[] Part(ExitWave wave, int part)
    {
        var values = new float[wave.Calibration.PixelCount];
        Part(wave.Interleaved, part, values);
        return values;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Part(ReadOnlySpan<float> interleaved, int part, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = interleaved[(2 * i) + part];
        }
    }
}
