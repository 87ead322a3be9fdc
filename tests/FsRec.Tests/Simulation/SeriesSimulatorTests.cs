using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Simulation;

namespace FsRec.Tests.Simulation;

public class SeriesSimulatorTests
{
    private static readonly SimulationParameters Small = new()
    {
        Calibration = new Calibration(128, 160, 0.05, 0.05),
        FrameCount = 3,
    };

    [Fact]
    public void Noise_has_the_variance_of_its_mean_and_the_mean_of_the_dose()
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Small with { CustomSpecimen = new SimulatedSpecimen { Atoms = [] }, Dose = 800 });

        // 800 electrons/Å² on pixels of 0.5 Å are 200 electrons.
        Assert.Equal(200, Small.CountsPerPixel * 0.8, 1e-9);
        for (int n = 0; n < 3; n++)
        {
            float[] counts = simulated.GetCounts(n);
            double mean = counts.Average(static v => (double)v);
            double variance = counts.Average(v => (v - mean) * (v - mean));
            Assert.InRange(mean, 200 - (5 * Math.Sqrt(200.0 / counts.Length)), 200 + (5 * Math.Sqrt(200.0 / counts.Length)));
            Assert.InRange(variance, 200 * (1 - (5 * Math.Sqrt(2.0 / counts.Length))), 200 * (1 + (5 * Math.Sqrt(2.0 / counts.Length))));
        }
    }

    [Fact]
    public void The_same_parameters_give_the_same_series_on_any_number_of_threads()
    {
        SimulatedSeries one = SeriesSimulator.Simulate(Small, threads: 1);
        SimulatedSeries two = SeriesSimulator.Simulate(Small, threads: 2);
        SimulatedSeries other = SeriesSimulator.Simulate(Small with { Seed = 2 });

        for (int n = 0; n < 3; n++)
        {
            Assert.Equal(one.GetCounts(n), two.GetCounts(n));
            Assert.NotEqual(one.GetCounts(n), other.GetCounts(n));
        }

        Assert.Equal(one.TrueDisplacements, two.TrueDisplacements);
        Assert.True(one.TrueWave.Interleaved.SequenceEqual(two.TrueWave.Interleaved));
        Assert.NotEqual(one.TrueDisplacements, other.TrueDisplacements);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_displacement_moves_the_content_by_so_many_columns_and_rows(bool periodic)
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Small with
        {
            Dose = 0,
            Foci = [-100, -100, -100],
            Drift = new DriftModel { Periodic = periodic, Displacements = [new(0, 0, 0), new(1, 9, -4), new(2, 0.5, 0)] },
        });
        float[] still = simulated.GetCounts(0);
        float[] moved = simulated.GetCounts(1);

        double Difference(int fromRow, int toRow, int fromColumn, int toColumn)
        {
            double sum = 0;
            for (int r = fromRow; r < toRow; r++)
            {
                for (int c = fromColumn; c < toColumn; c++)
                {
                    double d = moved[(r * 160) + c] - still[(((r + 4 + 128) % 128) * 160) + ((c - 9 + 160) % 160)];
                    sum += d * d;
                }
            }

            return Math.Sqrt(sum / ((toRow - fromRow) * (toColumn - fromColumn)));
        }

        Assert.InRange(Difference(0, 124, 9, 160), 0, 1e-5);
        if (periodic)
        {
            Assert.InRange(Difference(0, 128, 0, 160), 0, 1e-5);
        }
        else
        {
            // The specimen that came in on the left is not the vacuum that went out on the right.
            Assert.True(Difference(0, 124, 0, 9) > 0.02);
        }
    }

    [Fact]
    public void The_walk_keeps_to_its_largest_step_and_has_no_mean()
    {
        IReadOnlyList<FrameDisplacement> walk = new DriftModel { LargestStep = 3 }.Draw(200, new RandomStream(1, 0));
        IReadOnlyList<FrameDisplacement> steady = new DriftModel { LinearX = 1.5, LinearY = -0.5 }.Draw(9, new RandomStream(1, 0));

        double[] steps = [.. walk.Zip(walk.Skip(1), static (a, b) => Math.Sqrt(Math.Pow(b.Dx - a.Dx, 2) + Math.Pow(b.Dy - a.Dy, 2)))];
        Assert.InRange(steps.Max(), 2.7, 3);
        Assert.Equal(0, walk.Average(static d => d.Dx), 1e-9);
        Assert.Equal(0, walk.Average(static d => d.Dy), 1e-9);
        Assert.Equal(1.5, steady[5].Dx - steady[4].Dx, 1e-9);
        Assert.Equal(-0.5, steady[5].Dy - steady[4].Dy, 1e-9);
    }

    [Fact]
    public void True_foci_differ_from_those_the_reconstruction_is_told_as_asked()
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Small with
        {
            FrameCount = 40,
            Calibration = new Calibration(32, 32, 0.05, 0.05),
            FirstFocus = -300,
            LastFocus = -100,
            FocusErrors = new FocusErrors { StepError = 0.04, RandomRms = 1.6 },
        });

        Assert.Equal(-300, simulated.Series.Foci[0]);
        Assert.Equal(-100, simulated.Series.Foci[^1]);
        double[] random = [.. simulated.TrueFoci.Zip(simulated.Series.Foci, static (t, z) => t.Defocus + 200 - (1.04 * (z + 200)))];
        // 40 draws tell a standard deviation to 11 %; three times that.
        Assert.InRange(Math.Sqrt(random.Average(static d => d * d)), 1.6 * 0.66, 1.6 * 1.34);
    }

    [Fact]
    public void A_written_series_reads_back_as_it_was()
    {
        string folder = Path.Combine(Path.GetTempPath(), "fsrec-" + Guid.NewGuid().ToString("N"));
        try
        {
            SimulatedSeries simulated = SeriesSimulator.Simulate(Small);
            string path = simulated.Write(folder, "demo");

            ParameterFileResult loaded = ParameterFile.Load(path);
            Assert.DoesNotContain(loaded.Findings, static f => f.Severity == ParameterSeverity.Error);
            ReconstructionParameters parameters = loaded.GetParameters();
            Assert.Equal(Path.Combine(folder, "results"), parameters.ResolvedOutputPath);
            FocalSeries read = SeriesReader.Read(parameters);
            Assert.Equal(simulated.Series.Foci, read.Foci);
            Assert.Equal(simulated.Series.Microscope, read.Microscope);
            Assert.Equal(simulated.Series.Parameters.Linear.Limit, read.Parameters.Linear.Limit);
            for (int n = 0; n < 3; n++)
            {
                Assert.Equal(simulated.Series.GetFrame(n), read.GetFrame(n));
            }

            ExitWave truth = WaveFile.Read(Path.Combine(folder, "demo_truth.wav"), parameters.Image.Calibration);
            Assert.True(truth.Interleaved.SequenceEqual(simulated.TrueWave.Interleaved));
            IReadOnlyList<FrameDisplacement> displacements = DisplacementFile.Read(Path.Combine(folder, "demo_truth_dxy.csv"));
            Assert.InRange(DisplacementAlgebra.Largest(DisplacementAlgebra.Subtract(displacements, simulated.TrueDisplacements)), 0, 1e-5);
            Assert.Equal(3, FocusFile.Read(Path.Combine(folder, "demo_truth_foci.csv")).Count);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Parameters_that_allow_no_series_are_told_what_is_wrong()
    {
        Assert.Contains("Nyquist", Assert.Throws<FsRecException>(() => SeriesSimulator.Simulate(Small with { Limit = 11 })).Message, StringComparison.Ordinal);
        Assert.Contains("dose", Assert.Throws<FsRecException>(() => SeriesSimulator.Simulate(Small with { Dose = -1 })).Message, StringComparison.Ordinal);
        Assert.Contains("0 foci", Assert.Throws<FsRecException>(() => SeriesSimulator.Simulate(Small with { FrameCount = 0 })).Message, StringComparison.Ordinal);
        Assert.Contains("1 displacements", Assert.Throws<FsRecException>(() => SeriesSimulator.Simulate(Small with
        {
            Drift = new DriftModel { Displacements = [new(0, 0, 0)] },
        })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_simulation_stops() => Assert.Throws<OperationCanceledException>(() =>
        SeriesSimulator.Simulate(Small, cancellationToken: new CancellationToken(canceled: true)));

    [Fact]
    public void Doses_background_jump_and_common_focus_error_are_as_asked()
    {
        SimulationParameters parameters = new()
        {
            Specimen = SpecimenKind.Vacuum,
            Calibration = new Calibration(64, 64, 0.05, 0.05),
            FrameCount = 200,
            DoseSpread = 0.2,
            Background = 0.5,
            Dose = 100,
            Drift = new DriftModel { Jump = 40 },
            FocusErrors = new FocusErrors { Offset = 5 },
            NominalMicroscope = new FsRec.Optics.Microscope { C3 = 1 },
        };

        SimulatedSeries simulated = SeriesSimulator.Simulate(parameters);

        // Of 200 draws the standard deviation is known to 5 %, of 4096 pixels of 37 counts a mean to 0.3 %.
        double mean = simulated.TrueDoses.Average();
        Assert.Equal(100, mean, 6.0);
        Assert.Equal(20, Math.Sqrt(simulated.TrueDoses.Average(d => (d - mean) * (d - mean))), 4.0);
        Assert.Equal(1.5 * 0.25 * simulated.TrueDoses[3], simulated.GetCounts(3).Average(static v => (double)v), 0.6);
        Assert.Equal(40, simulated.TrueDisplacements[100].Dx - simulated.TrueDisplacements[99].Dx, 1e-9);
        Assert.Equal(simulated.Series.Foci[7] + 5, simulated.TrueFoci[7].Defocus, 1e-9);
        Assert.Equal(1, simulated.Series.Microscope.C3);
    }
}
