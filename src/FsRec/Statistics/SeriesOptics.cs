using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Statistics;

/// <summary>The band and the transfer functions that the linear theory of a series is made with.</summary>
internal static class SeriesOptics
{
    /// <summary>The band of the wave on the frames' grid.</summary>
    /// <param name="series">The series.</param>
    /// <param name="limit">Highest frequency in 1/nm; <see langword="null"/> for Limit of the parameters.</param>
    public static WaveBand Band(FocalSeries series, double? limit = null) =>
        new(FrequencyGrid.Of(series.Calibration), limit ?? series.Parameters.Linear.Limit);

    /// <summary>Transfer functions at some foci, without envelopes where the parameters turn them off.</summary>
    public static TransferFunction[] Transfers(FocalSeries series, IReadOnlyList<double> foci)
    {
        Microscope microscope = Lens(series);
        return [.. foci.Select(z => new TransferFunction(microscope, z))];
    }

    /// <summary>The microscope of a series, without spreads where the parameters turn envelopes off; its detector stays.</summary>
    public static Microscope Lens(FocalSeries series) => series.Parameters.Linear.Envelopes
        ? series.Microscope
        : series.Microscope with { FocusSpread = 0, ImageSpread = 0, Semiconvergence = 0 };

    /// <summary>Whether the envelope of <see cref="Transfers"/> is anything but 1: there are those of coherence, or a detector.</summary>
    public static bool HasEnvelopes(FocalSeries series) => series.Parameters.Linear.Envelopes || series.Detector is not null;

    /// <summary>The lower reconstruction limit of a series' own foci in 1/nm.</summary>
    public static double LowerLimit(FocalSeries series) =>
        Math.Min(FrequencyLimits.Lower(series.Foci, series.Microscope.Wavelength), 0.2 * series.Parameters.Linear.Limit);
}
