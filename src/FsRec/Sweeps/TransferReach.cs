using System.Numerics;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Sweeps;

/// <summary>How far in spatial frequency a series transfers its wave.</summary>
public static class TransferReach
{
    // Finer than any frame's frequency grid.
    private const int Steps = 8192;

    /// <summary>
    /// The highest frequency in 1/nm, at most Limit, that the linear restoration takes from the frames: with t = exp(−iχ) of the N
    /// frames whose envelope is above <see cref="TransferFunction.SmallestEnvelope"/>, D = N − |Σt²|²/N exceeds Filtercutoff. 0 when
    /// there is none.
    /// </summary>
    /// <param name="series">The series with its foci and parameters.</param>
    public static double Highest(FocalSeries series)
    {
        LinearParameters linear = series.Parameters.Linear;
        TransferFunction[] transfers = SeriesOptics.Transfers(series, series.Foci);
        for (int step = Steps; step > 0; step--)
        {
            double g = linear.Limit * step / Steps;
            if (Determinant(transfers, g * g, SeriesOptics.HasEnvelopes(series)) > linear.FilterCutoff)
            {
                return g;
            }
        }

        return 0;
    }

    private static double Determinant(TransferFunction[] transfers, double g2, bool envelopes)
    {
        int used = 0;
        Complex sum = 0;
        foreach (TransferFunction transfer in transfers)
        {
            if (!envelopes || transfer.Envelope(g2) > TransferFunction.SmallestEnvelope)
            {
                sum += Complex.FromPolarCoordinates(1, -2 * transfer.Phase(g2));
                used++;
            }
        }

        return used == 0 ? 0 : used - (((sum.Real * sum.Real) + (sum.Imaginary * sum.Imaginary)) / used);
    }
}
