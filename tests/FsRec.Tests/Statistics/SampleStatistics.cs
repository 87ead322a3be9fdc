using FsRec.Optics;
using FsRec.Statistics;

namespace FsRec.Tests.Statistics;

/// <summary>Statistics that no frames stand behind.</summary>
internal static class SampleStatistics
{
    public static SeriesStatistics Of(WaveBand band, Microscope microscope, double[] foci, double[] noise, PriorPowers prior) => new()
    {
        Band = band,
        Microscope = microscope,
        Foci = foci,
        Transfers = [.. foci.Select(z => new TransferFunction(microscope, z))],
        Noise = noise,
        Prior = prior,
        LowerLimit = 0,
    };
}
