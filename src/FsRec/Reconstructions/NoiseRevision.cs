using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Results;
using FsRec.Series;
using FsRec.Uncertainty;

namespace FsRec.Reconstructions;

/// <summary>A series whose noise turned out to have another spectrum than it was taken to have, with the spectrum that it has.</summary>
internal static class NoiseRevision
{
    /// <summary>Where values that were found in the residuals come from, as records and reports tell it.</summary>
    public const string Origin = "the frames' residuals";

    // A curve is straight between two of its values.
    private const int Nodes = 49;

    /// <summary>What is to be changed about the noise of a series after a reconstruction; <see langword="null"/> where nothing is.</summary>
    /// <param name="reconstruction">The reconstruction.</param>
    public static RevisedNoise? Of(Reconstruction reconstruction)
    {
        if (reconstruction.Uncertainty is not { ResidualNoise: { } found } uncertainty)
        {
            return null;
        }

        DetectorCurve? before = reconstruction.Series.Detector?.Noise;
        DetectorParameters given = reconstruction.Series.Parameters.Detector;
        return new RevisedNoise(
            uncertainty.NoiseColour,
            uncertainty.ReducedChiSquare,
            given.Nps?.ToString(),
            ResidualSpectrum.Values(Nodes, i => At((double)i / (Nodes - 1))),
            given is { Mtf: null, Nps: null });

        double At(double x) => found.At(x) * (before?.At(x) ?? 1);
    }

    /// <summary>A series with that noise.</summary>
    /// <param name="series">The series.</param>
    /// <param name="noise">The noise.</param>
    public static FocalSeries With(FocalSeries series, RevisedNoise noise)
    {
        DetectorParameters detector = series.Parameters.Detector;
        string[] keys = noise.BlursImage ? ["MTF", "NPS"] : ["NPS"];
        return series.WithDetector(
            detector with
            {
                Mtf = noise.BlursImage ? CurveSource.Of(ResidualSpectrum.Values(noise.Spectrum.Count, i => Math.Sqrt(noise.Spectrum[i]))) : detector.Mtf,
                Nps = CurveSource.Of(noise.Spectrum),
            },
            parameters => parameters.From(Origin, keys));
    }
}
