using FsRec.Alignment;
using FsRec.Fourier;
using FsRec.ImageModel;
using FsRec.Optics;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Uncertainty;

/// <summary>What the data and the theory of its noise say of how far a restored wave is to be trusted.</summary>
internal static class UncertaintyAnalysis
{
    // Narrower than this share of Limit it is not worth naming.
    private const double NarrowestBand = 0.02;

    /// <summary>Analyses a wave of the Wiener restoration or of the nonlinear refinement.</summary>
    /// <param name="aligned">The series with displacements and foci of the wave.</param>
    /// <param name="wave">The wave.</param>
    /// <param name="wiener">The statistics of the series on the band of the wave, and the frames' weights.</param>
    /// <param name="chiSquares">Reduced chi-square of each frame; <see langword="null"/> to simulate the frames.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <param name="backgrounds">Background of each frame, where one was fitted.</param>
    /// <param name="told">How many numbers of the wave the fit took from the frames; <see langword="null"/> for what the linear theory says.</param>
    public static ReconstructionUncertainty Run(
        AlignedSeries aligned, ExitWave wave, WienerSolution wiener, IReadOnlyList<double>? chiSquares, int threads, CancellationToken cancellationToken, IReadOnlyList<float>? backgrounds = null, double? told = null)
    {
        FocalSeries series = aligned.Series;
        SeriesStatistics statistics = wiener.Statistics;
        WaveBand band = statistics.Band;
        using ComplexPlane spectrum = WaveSpectrum.FromWave(wave, band);
        WaveSpectrum.DivideByMean(spectrum, band);
        double lower = statistics.LowerLimit;
        SeriesInformation information = statistics.Information(threads, cancellationToken);
        PriorPowers prior = wiener.Prior.FromPosterior(information, spectrum, lower, 1, wiener.Prior.IsCoherent, cancellationToken);
        FrameResiduals residuals = Residuals(aligned, wave, wiener, prior, information, chiSquares, told, backgrounds is not null, threads, cancellationToken);
        (double[] simulated, double[] excess) = (residuals.ChiSquares, residuals.Excess);
        IReadOnlyList<double> chi = chiSquares ?? simulated;
        bool Belongs(int n) => !wiener.Outliers[n];
        (double[] column, double[] row, double[] focus, double slope) = ParameterErrors.Of(
            statistics with { Prior = prior }, spectrum, excess, wiener.Outliers, cancellationToken);
        IReadOnlyList<PlaceJudgement> places = wiener.Places ?? FrameMembership.Judge(aligned, threads, cancellationToken);
        // The full model knows what the linear theory misses, by which the places judge one another.
        bool byPlaces = chiSquares is null;
        RingUncertainty[] rings = RingErrors.Of(information, wave, prior, wiener, excess, lower, byPlaces, cancellationToken);
        FrameUncertainty[] frames = [.. aligned.Displacements.Select((d, n) => new FrameUncertainty
        {
            ImageNumber = d.ImageNumber,
            ReducedChiSquare = chi[n],
            Weight = Belongs(n) ? places[n].Weight : 0,
            Dx = d.Dx,
            Dy = d.Dy,
            DxError = Belongs(n) ? Error(column[n], byPlaces ? places[n].DxError : 0, places[n].Spread((d.Dx, d.Dy)).Dx, aligned.Apart?[n].Dx ?? 0) : double.NaN,
            DyError = Belongs(n) ? Error(row[n], byPlaces ? places[n].DyError : 0, places[n].Spread((d.Dx, d.Dy)).Dy, aligned.Apart?[n].Dy ?? 0) : double.NaN,
            Focus = series.Foci[n],
            FocusError = Belongs(n) ? focus[n] : double.NaN,
            FittingFocus = Belongs(n) ? double.NaN : places[n].Fitting?.Focus ?? double.NaN,
            Background = backgrounds?[n] ?? 0,
        })];
        return new ReconstructionUncertainty(frames, rings, Blind(rings, band.Limit), slope) { NoiseColour = residuals.Colour, ResidualNoise = residuals.Noise };
    }

    /// <summary>
    /// The error of a place by the theory or by its own frequencies, whichever is larger, by its rivals, and by how far it lies elsewhere by halves of the
    /// frequencies where the data do not determine it.
    /// </summary>
    private static double Error(double theory, double own, double spread, double apart)
    {
        double error = Math.Max(theory, own);
        return Math.Sqrt((error * error) + spread + (apart * apart));
    }

    /// <summary>The bands of rings without information.</summary>
    internal static FrequencyBand[] Blind(IReadOnlyList<RingUncertainty> rings, double limit)
    {
        var bands = new List<FrequencyBand>();
        for (int i = 0; i < rings.Count; i++)
        {
            int first = i;
            while (i < rings.Count && rings[i].Information < ReconstructionUncertainty.LeastInformation)
            {
                i++;
            }

            if (i > first)
            {
                double low = first == 0 ? 0 : 0.5 * (rings[first - 1].Frequency + rings[first].Frequency);
                double high = i == rings.Count ? limit : 0.5 * (rings[i - 1].Frequency + rings[i].Frequency);
                if (high - low >= NarrowestBand * limit)
                {
                    bands.Add(new FrequencyBand(low, high));
                }
            }
        }

        return [.. bands];
    }

    /// <summary>
    /// Reduced chi-square of each frame, and in each ring the power of what the frames differ from their simulation by, over that of their
    /// noise, at least 1: what the model does not explain is no smaller an error for being no noise. Both of the inner part of the frames: what the
    /// edge of a frame shows comes in part from where no frame, and so no wave, is.
    /// </summary>
    private static FrameResiduals Residuals(
        AlignedSeries aligned, ExitWave wave, WienerSolution wiener, PriorPowers prior, SeriesInformation information, IReadOnlyList<double>? chiSquares, double? told, bool background, int threads, CancellationToken cancellationToken)
    {
        FocalSeries series = aligned.Series;
        double limit = series.Parameters.Linear.Limit;
        int margin = ModelGrid.Margin(series, wiener.Prior, limit, DisplacementAlgebra.Largest(aligned.Displacements));
        var inner = new InnerFrame(series.Calibration, margin);
        var grid = new ModelGrid(series.Calibration, margin, limit);
        using var model = new NonlinearModel(series, grid, wiener.Noise, threads) { FitsBackground = background };
        using ComplexPlane spectrum = WaveSpectrum.FromWave(grid.Extend(wave), grid.Band);
        new AzimuthalAberrations(series.Microscope).Apply(spectrum, grid.Band);
        FrameState[] states = [.. aligned.Displacements.Select(static d => new FrameState(d.Dx, d.Dy, 0))];
        WaveBand band = SeriesOptics.Band(series);
        var transform = new RealTransform(series.Calibration.Rows, series.Calibration.Columns);
        var powers = new double[series.Count][];
        var colours = new NoisePowers[series.Count];
        var chi = new double[series.Count];
        model.Simulate(
            spectrum,
            states,
            (n, image) =>
            {
                ReadOnlySpan<float> data = series.Frame(n);
                chi[n] = inner.ChiSquare(image, data, wiener.OwnNoise[n]);
                powers[n] = wiener.Outliers[n] ? [] : RingPowers(inner.Difference(image, data), transform, series, band, prior, out colours[n]);
            },
            cancellationToken);
        double[][] used = [.. powers.Where(static p => p.Length > 0)];
        double usedNoise = wiener.OwnNoise.Where((_, n) => !wiener.Outliers[n]).Average();
        double[] excess = [.. Enumerable.Range(0, prior.Rings).Select(i => Math.Max(1, used.Average(p => p[i]) / usedNoise))];
        (double colour, double error) = NoiseColour.Ratio(colours, inner.Correlation);
        IReadOnlyList<double> explained = chiSquares ?? chi;
        int[] belong = [.. Enumerable.Range(0, series.Count).Where(n => !wiener.Outliers[n])];
        double spent = (told ?? ResidualSpectrum.Told(wiener, information)) / ((double)belong.Length * series.Calibration.PixelCount);
        bool isTooLittle = NoiseColour.IsTooLittle(belong.Average(n => explained[n]), spent);
        DetectorCurve? noise = isTooLittle || NoiseColour.IsSeen(colour, error, series.Detector is not null) ? Spectrum() : null;
        noise = noise is not null && NoiseColour.IsPossible(noise) && (isTooLittle || NoiseColour.Explains(noise, colour)) ? noise : null;
        return new FrameResiduals(chi, excess, colour, noise);

        // Asked of few series, so that the frames are simulated once more for it.
        DetectorCurve? Spectrum()
        {
            var found = new ResidualSpectrum(series, wiener, information);
            model.Simulate(
                spectrum,
                states,
                (n, image) =>
                {
                    if (!wiener.Outliers[n])
                    {
                        using ComplexPlane difference = Transformed(inner.Difference(image, series.Frame(n)), transform);
                        found.Add(n, difference);
                    }
                },
                cancellationToken);
            return found.Curve();
        }
    }

    private static ComplexPlane Transformed(float[] image, RealTransform transform)
    {
        ComplexPlane spectrum = transform.CreateHalfPlane();
        using RealTransformScratch scratch = transform.CreateScratch();
        transform.Forward(image, spectrum, scratch);
        return spectrum;
    }

    /// <summary>What frames and images differ by.</summary>
    /// <param name="ChiSquares">Reduced chi-square of each frame.</param>
    /// <param name="Excess">In each ring, the power over that of the noise, at least 1.</param>
    /// <param name="Colour">Power beyond what is transferred over that at the highest frequencies.</param>
    /// <param name="Noise">The spectrum of the noise over that which it was taken to have; <see langword="null"/> where nothing speaks against that.</param>
    private sealed record FrameResiduals(double[] ChiSquares, double[] Excess, double Colour, DetectorCurve? Noise);

    private static double[] RingPowers(float[] image, RealTransform transform, FocalSeries series, WaveBand band, PriorPowers prior, out NoisePowers colour)
    {
        using ComplexPlane spectrum = Transformed(image, transform);
        colour = NoiseColour.Powers(spectrum, series);
        var power = new double[prior.Rings];
        var count = new int[prior.Rings];
        for (int ky = -band.RowReach; ky <= band.RowReach; ky++)
        {
            for (int kx = 1; kx <= band.ColumnReach && band.Contains(ky, kx); kx++)
            {
                (float re, float im) = spectrum[FrequencyGrid.Index(ky, band.Grid.Rows), kx];
                int ring = prior.Ring(Math.Sqrt(band.Grid.SquaredFrequency(ky, kx)));
                power[ring] += (re * re) + (im * im);
                count[ring]++;
            }
        }

        return [.. power.Select((p, i) => count[i] == 0 ? 0 : p / count[i] / image.Length)];
    }
}
