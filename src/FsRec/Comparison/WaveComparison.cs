namespace FsRec.Comparison;

/// <summary>
/// How well a wave agrees with a known one, after what a focal series cannot tell has been taken out: a common translation, the global
/// phase, a common defocus and, if asked, a tilt. Both waves are scaled to a mean intensity of 1 before, since every frame is divided
/// by its own mean. Immutable.
/// </summary>
public sealed record WaveComparison
{
    /// <summary>Frequencies in 1/nm that were compared.</summary>
    public FrequencyBand Band { get; private init; }

    /// <summary>
    /// Root mean square of the complex difference over that of the true scattered wave, both within the band and the central part.
    /// </summary>
    public double RelativeError { get; private init; }

    /// <summary>Root mean square of the true scattered wave within the band and the central part, vacuum about 1.</summary>
    public double TrueScatteredRms { get; private init; }

    /// <summary>Real part of the complex correlation coefficient within the band and the central part, −1 to 1.</summary>
    public double Correlation { get; private init; }

    /// <summary>The factor on the truth that fits the wave best; what differs from 1 is part of the error.</summary>
    public double Scale { get; private init; }

    /// <summary>How far in px the wave lies from the truth: X along columns, Y along rows.</summary>
    public PlaneVector FittedShift { get; private init; }

    /// <summary>The wave is the truth times exp(i·phase); in rad, −π to π.</summary>
    public double FittedPhase { get; private init; }

    /// <summary>The wave is the truth propagated by so many nm, exp(−iπλzg²).</summary>
    public double FittedDefocus { get; private init; }

    /// <summary>Tilt of the illumination in mrad whose coma the wave has: X along columns, Y along rows.</summary>
    public PlaneVector FittedTilt { get; private init; }

    /// <summary>
    /// Phase in rad between the means of the waves that is left after the fit. Far from 0, amplitude may pass for phase; in a thick
    /// specimen, whose mean wave has a phase of its own, it need not.
    /// </summary>
    public double PhaseOfMeans { get; private init; }

    /// <summary>The Fourier ring correlation up to the upper edge of the band.</summary>
    public IReadOnlyList<RingCorrelation> Rings { get; private init => field = value.ToArray(); } = [];

    /// <summary>Frequency in 1/nm at which the ring correlation first falls below 0.5; <see langword="null"/> when it does not.</summary>
    public double? FrequencyAtHalf => Crossing(0.5);

    /// <summary>Frequency in 1/nm at which the ring correlation first falls below 0.143; <see langword="null"/> when it does not.</summary>
    public double? FrequencyAtOneSeventh => Crossing(0.143);

    /// <summary>Compares two waves.</summary>
    /// <param name="wave">The wave.</param>
    /// <param name="truth">The wave it should be.</param>
    /// <param name="options">Band, part of the frame, what is fitted; <see langword="null"/> for the defaults.</param>
    /// <exception cref="FsRecException">The waves differ in shape, or the band is empty.</exception>
    public static WaveComparison Compare(ExitWave wave, ExitWave truth, WaveComparisonOptions? options = null)
    {
        options ??= new WaveComparisonOptions();
        Calibration frame = truth.Calibration;
        if (wave.Calibration.Rows != frame.Rows || wave.Calibration.Columns != frame.Columns)
        {
            throw new FsRecException(
                $"The wave has {wave.Calibration.Rows}×{wave.Calibration.Columns} pixels, the one it is compared with {frame.Rows}×{frame.Columns}.");
        }

        FrequencyBand band = options.Band ?? new FrequencyBand(0, frame.Nyquist);
        using var planes = new ComparisonPlanes(wave, truth, band, options.CentralFraction);
        var fit = new WaveFit(planes, options);
        FittedWave fitted = fit.Run();
        BandSums sums = planes.CentralSums();
        return new WaveComparison
        {
            Band = band,
            RelativeError = Math.Sqrt(sums.Difference / sums.Truth),
            TrueScatteredRms = Math.Sqrt(sums.Truth / planes.CentralPixels),
            Correlation = sums.Cross.Real / Math.Sqrt(sums.Truth * sums.Wave),
            Scale = sums.Cross.Real / sums.Truth,
            FittedShift = new PlaneVector(fitted.ShiftX, fitted.ShiftY),
            FittedPhase = Math.IEEERemainder(fitted.Phase, 2 * Math.PI),
            FittedDefocus = fitted.Defocus,
            FittedTilt = new PlaneVector(1e3 * fitted.TiltX, 1e3 * fitted.TiltY),
            PhaseOfMeans = Math.IEEERemainder(planes.PhaseOfMeans - fitted.Phase, 2 * Math.PI),
            Rings = planes.Rings(),
        };
    }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"error {100 * RelativeError:0.0} %, correlation {Correlation:0.0000} within {Band}; moved by ({FittedShift.X:0.00}, {FittedShift.Y:0.00}) px, {FittedDefocus:0.0} nm");

    private double? Crossing(double threshold)
    {
        RingCorrelation? before = null;
        foreach (RingCorrelation ring in Rings.Where(r => r.Frequency >= Band.Low))
        {
            if (ring.Correlation < threshold)
            {
                return before is { } last
                    ? last.Frequency + ((ring.Frequency - last.Frequency) * (last.Correlation - threshold) / (last.Correlation - ring.Correlation))
                    : ring.Frequency;
            }

            before = ring;
        }

        return null;
    }
}
