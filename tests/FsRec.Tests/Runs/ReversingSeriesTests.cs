using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Simulation;
using FsRec.Tests.Formats;
using FsRec.Tests.Simulation;

namespace FsRec.Tests.Runs;

/// <summary>A corrected microscope's series whose contrast reverses inside it, from its parameter file alone.</summary>
public sealed class ReversingSeriesTests(ITestOutputHelper output) : IDisposable
{
    private static readonly SimulationParameters Reversing = new()
    {
        Specimen = SpecimenKind.Crystal,
        Calibration = new Calibration(192, 192, 0.045, 0.045),
        Microscope = new Microscope { Voltage = 300, C3 = -15000, Semiconvergence = 0.1, FocusSpread = 3, ImageSpread = 20 },
        FirstFocus = -10,
        LastFocus = 14,
        FrameCount = 13,
        Drift = new DriftModel { LargestStep = 3 },
        Limit = 7,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Linear")]
    [InlineData("Wiener")]
    public void No_frame_is_lost(string restoration)
    {
        (SimulatedSeries simulated, RunResult result, List<string> warnings) = Run(("Restoration", restoration));

        Reconstruction reconstruction = result.Reconstruction!;
        IReadOnlyList<FrameDisplacement> errors = DisplacementAlgebra.WithoutTilt(
            DisplacementAlgebra.Subtract(reconstruction.Displacements, simulated.TrueDisplacements), simulated.Series.Foci);
        output.WriteLine(FormattableString.Invariant(
            $"largest error {DisplacementAlgebra.Largest(errors):0.000} px, RMS {DisplacementAlgebra.Rms(errors):0.000} px, wave {simulated.WaveError(reconstruction):0.000}"));
        Assert.Equal("model", result.Prealignment!.Method);
        Assert.Equal(restoration, reconstruction.Method.ToString());
        Assert.InRange(DisplacementAlgebra.Largest(errors), 0, 0.3);
        // Measured 0.295 and 0.253; with the displacements of the sequential method more than 0.6.
        Assert.InRange(simulated.WaveError(reconstruction), 0, 0.35);
        Assert.DoesNotContain(warnings, static w => w.StartsWith(WarningIds.ContrastReversal, StringComparison.Ordinal));
    }

    [Fact]
    public void The_sequential_method_warns_of_it_with_foci_and_frequency()
    {
        (_, RunResult result, List<string> warnings) = Run(("Methprealign", "sequential"), ("LinearIterations", "1"), ("AREA", "[64,64]"));

        Assert.Equal("sequential", result.Prealignment!.Method);
        string warning = Assert.Single(warnings, static w => w.StartsWith("ContrastReversal:", StringComparison.Ordinal));
        Assert.Contains("between 0.0 and 2.0 nm", warning, StringComparison.Ordinal);
        Assert.Contains("1/nm", warning, StringComparison.Ordinal);
        Assert.Contains("Methprealign=model", warning, StringComparison.Ordinal);
    }

    private (SimulatedSeries Simulated, RunResult Result, List<string> Warnings) Run(params (string Key, string Value)[] keys)
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Reversing);
        string prm = simulated.Write(_folder.File("series"), "reversing");
        // The file leaves the method of alignment to its default.
        Assert.DoesNotContain(File.ReadAllLines(prm), static line => line.StartsWith("Methprealign", StringComparison.Ordinal));
        ReconstructionParameters parameters = ParameterFile.Read(prm).With(keys.ToDictionary(static k => k.Key, static k => k.Value));
        List<string> warnings = [];
        RunResult result = ReconstructionRun.Run(parameters, new RunOptions(), new RunContext
        {
            Message = message =>
            {
                if (message.IsWarning)
                {
                    warnings.Add(message.ToString());
                }
            },
        });
        return (simulated, result, warnings);
    }
}
