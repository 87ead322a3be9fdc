using FsRec.Optics;
using FsRec.Series;

namespace FsRec.Statistics;

/// <summary>
/// Whether the frames can say anything about a wave at all: the band holds frequencies of the frames' grid, and the envelopes of partial
/// coherence let some of them through. The door of every alignment, restoration and analysis; beyond it sums over the band have terms.
/// </summary>
internal static class TransferCheck
{
    // Rows and columns on each side of the middle of the spectrum; a band of fewer is no image.
    private const int LeastReach = 2;
    private const int Steps = 64;

    /// <summary>Makes sure that a series has frequencies that are transferred.</summary>
    /// <exception cref="FsRecException">It has none; the message names the key that is the likeliest cause.</exception>
    public static void Require(FocalSeries series)
    {
        WaveBand band = SeriesOptics.Band(series);
        double limit = series.Parameters.Linear.Limit;
        Calibration frame = series.Calibration;
        if (Math.Min(band.RowReach, band.ColumnReach) < LeastReach)
        {
            throw new FsRecException(FormattableString.Invariant(
                $"Below Limit, {limit:g4} 1/nm, the spectrum of a frame of {frame.Rows}×{frame.Columns} px of {frame.RowSampling:g4}×{frame.ColumnSampling:g4} nm has {band.RowReach}×{band.ColumnReach} frequencies on each side; a reconstruction takes {LeastReach} at least. Sampling is in nm and Limit in 1/nm."));
        }

        foreach ((double focus, int n) in series.Foci.Select(static (z, n) => (z, n)))
        {
            if (!double.IsFinite(new TransferFunction(series.Microscope, focus).Phase(limit * limit)))
            {
                throw new FsRecException(FormattableString.Invariant(
                    $"The aberration phase of image {series.ImageNumbers[n]} at Limit, {limit:g4} 1/nm, is not finite: focus {focus:g4} nm, {series.Microscope.AberrationText()}."));
            }
        }

        double first = Math.Max(band.Grid.RowStep, band.Grid.ColumnStep);
        if (!SeriesOptics.HasEnvelopes(series) || Passes(SeriesOptics.Lens(series), series.Foci, first, limit))
        {
            return;
        }

        Microscope m = series.Microscope;
        string cause = Passes(m with { FocusSpread = 0 }, series.Foci, first, limit) ? FormattableString.Invariant($"Focusspread, {m.FocusSpread:g4} nm, is too large")
            : Passes(m with { ImageSpread = 0 }, series.Foci, first, limit) ? FormattableString.Invariant($"Imagespread, {m.ImageSpread:g4} pm, is too large")
            : Passes(m with { Semiconvergence = 0 }, series.Foci, first, limit) ? FormattableString.Invariant($"Semiconvergence, {m.Semiconvergence:g4} mrad, is too large for these foci and {m.AberrationText()}")
            : Passes(m with { Detector = null }, series.Foci, first, limit) ? FormattableString.Invariant($"MTF ({m.Detector}) passes too little")
            : FormattableString.Invariant($"check Voltage, Sampling and the spreads ({m})");
        throw new FsRecException(FormattableString.Invariant(
            $"The envelopes of partial coherence let less than {TransferFunction.SmallestEnvelope} of the wave through at every frequency from the first of the frames, {first:g3} 1/nm, to Limit, {limit:g4} 1/nm: {cause}."));
    }

    private static bool Passes(Microscope microscope, IReadOnlyList<double> foci, double first, double limit)
    {
        foreach (double focus in foci)
        {
            var transfer = new TransferFunction(microscope, focus);
            for (int i = 0; i <= Steps; i++)
            {
                double g = first + ((limit - first) * i / Steps);
                if (transfer.Envelope(g * g) > TransferFunction.SmallestEnvelope)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
