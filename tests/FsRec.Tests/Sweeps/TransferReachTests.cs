using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Series;
using FsRec.Sweeps;
using FsRec.Tests.Series;

namespace FsRec.Tests.Sweeps;

public sealed class TransferReachTests
{
    private static readonly Calibration Frame = new(32, 32, 0.05, 0.05);

    [Fact]
    public void It_ends_where_the_envelope_of_the_focus_spread_does()
    {
        var microscope = new Microscope { Voltage = 300, C3 = 0, Semiconvergence = 0, FocusSpread = 8, ImageSpread = 0 };
        ReconstructionParameters parameters = SmallSeries.Parameters(Frame, 9, -20, 0, 20, 40) with { Microscope = microscope };
        parameters = parameters with { Linear = parameters.Linear with { Envelopes = true } };

        // exp(−(πλΔg²/2)²) = 0.05 solved for g.
        double expected = Math.Sqrt(2 * Math.Sqrt(Math.Log(1 / TransferFunction.SmallestEnvelope)) / (Math.PI * microscope.Wavelength * 8));
        Assert.InRange(expected, 8, 8.9);
        Assert.Equal(expected, TransferReach.Highest(Of(parameters)), 0.01);
    }

    [Fact]
    public void Without_envelopes_it_is_the_limit() =>
        Assert.Equal(6, TransferReach.Highest(Of(SmallSeries.Parameters(Frame, 6, -20, 0, 20, 40))), 0.1);

    [Fact]
    public void Frames_of_one_focus_transfer_nothing_that_can_be_told_from_its_twin() =>
        Assert.Equal(0, TransferReach.Highest(Of(SmallSeries.Parameters(Frame, 6, -20, -20, -20))));

    private static FocalSeries Of(ReconstructionParameters parameters) =>
        new(parameters, [.. parameters.Foci.Select(static _ => SmallSeries.Noise(Frame.PixelCount, 1, 0.1, 1))]);
}
