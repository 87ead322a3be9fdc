using FsRec.Alignment;
using FsRec.Comparison;
using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Reconstructions;
using FsRec.Reports;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Simulation;
using FsRec.Statistics;
using FsRec.Tests.Formats;
using FsRec.Uncertainty;
using FsRec.Watching;

namespace FsRec.Tests.Watching;

/// <summary>A series that is followed while it is recorded.</summary>
public sealed class SeriesWatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The bounds: of a weak object there are no squares of the scattered wave to be left out, and what differs are places by a hundredth of a pixel; of a thin
    // crystal that scatters 2 % of the electrons the squares are what differs.
    [Theory]
    [InlineData(SpecimenKind.LightAtoms, 0.01)]
    [InlineData(SpecimenKind.Crystal, 0.08)]
    public void The_last_wave_of_the_live_ones_is_nearly_that_of_the_whole_series(SpecimenKind specimen, double most)
    {
        SimulatedSeries made = Simulate(specimen);
        ReconstructionParameters parameters = Read(made);
        List<SeriesUpdate> updates = [];

        SeriesWatch.Run(parameters, new SeriesWatchOptions { Run = null }, updates.Add, new RunContext { Threads = 2 });

        Assert.Equal(Enumerable.Range(1, 12), updates.Select(static u => u.Frames));
        Assert.Equal([.. Enumerable.Repeat(false, 11), true], updates.Select(static u => u.IsFinal));
        Assert.All(updates, static u => Assert.True(u.Belongs));
        // More frames know more.
        Assert.True(updates[^1].RelativeError < 0.8 * updates[3].RelativeError);
        Assert.All(updates, static u => Assert.Equal(u.RelativeError, u.ErrorByNoise, 1e-12));
        FocalSeries series = SeriesReader.Read(parameters).WithRestoration(RestorationMethod.Wiener);
        Reconstruction whole = WaveReconstruction.Run(Prealignment.Run(series, 2).Aligned).Reconstruction;
        WaveComparisonOptions options = WaveComparisonOptions.From(parameters) with { FitTilt = true };
        Assert.InRange(WaveComparison.Compare(updates[^1].Reconstruction.Wave, whole.Wave, options).RelativeError, 0, most);
        IReadOnlyList<FrameDisplacement> apart = DisplacementAlgebra.Subtract(updates[^1].Reconstruction.Displacements, whole.Displacements);
        Assert.InRange(DisplacementAlgebra.Rms(DisplacementAlgebra.WithoutTilt(apart, series.Foci)), 0, 0.03);
    }

    [Fact]
    public void A_series_ends_with_the_run_of_all_of_it()
    {
        ReconstructionParameters parameters = Read(Simulate(SpecimenKind.Crystal)).With("Restoration", "Wiener");
        List<SeriesUpdate> updates = [];
        SeriesUpdate last = SeriesWatch.Run(parameters, new SeriesWatchOptions(), updates.Add, new RunContext { Threads = 2 })!;

        Assert.Equal([.. Enumerable.Range(1, 12), 12], updates.Select(static u => u.Frames));
        Assert.Equal([.. Enumerable.Repeat(false, 12), true], updates.Select(static u => u.IsFinal));
        Assert.All(updates.SkipLast(1), static u => Assert.True(u.Run is null && u.LiveError is null));
        Assert.Same(last, updates[^1]);
        Assert.All(last.Run!.Files, static file => Assert.True(File.Exists(file)));
        // The very run that is made without a watch, bit for bit.
        RunResult whole = ReconstructionRun.Run(
            parameters with { Files = parameters.Files with { OutputPath = _folder.File("again") } }, new RunOptions(), new RunContext { Threads = 2 });
        Assert.Equal(whole.Reconstruction!.Wave.GetInterleaved(), last.Reconstruction.Wave.GetInterleaved());
        Assert.Equal(whole.Reconstruction.Displacements, last.Reconstruction.Displacements);
        Assert.Equal(whole.Reconstruction.Uncertainty!.RelativeError, last.RelativeError);
        Assert.Equal(whole.Reconstruction.Uncertainty.Wave.RelativeNoise, last.ErrorByNoise);
        // How far the wave was that grew: the figure of a comparison of the two.
        WaveComparisonOptions options = WaveComparisonOptions.From(parameters) with { FitTilt = true };
        Assert.Equal(WaveComparison.Compare(updates[^2].Reconstruction.Wave, last.Reconstruction.Wave, options).RelativeError, last.LiveError!.Value, 1e-12);
        Assert.InRange(last.LiveError.Value, 0.001, 0.08);
    }

    [Fact]
    public void A_series_that_ends_early_is_run_with_the_frames_that_came()
    {
        ReconstructionParameters parameters = Read(Simulate(SpecimenKind.LightAtoms));
        foreach (string frame in Directory.GetFiles(_folder.Path, "made0*.raw").Order(StringComparer.Ordinal).Skip(8))
        {
            File.Delete(frame);
        }

        SeriesUpdate last = SeriesWatch.Run(
            parameters, new SeriesWatchOptions { Quiet = TimeSpan.FromSeconds(0.1), Interval = TimeSpan.FromMilliseconds(10) }, static _ => { }, new RunContext { Threads = 2 })!;

        Assert.Equal(Enumerable.Range(0, 8), last.Run!.Reconstruction!.Series.ImageNumbers);
        Assert.Equal(parameters.SelectedFoci.Take(8), last.Run.Reconstruction.Series.Foci);
    }

    [Fact]
    public void A_page_shows_the_series_as_it_grows_until_it_has_ended()
    {
        ReconstructionParameters parameters = Read(Simulate(SpecimenKind.LightAtoms));
        string file = OutputFiles.Of(parameters).LiveReport;
        using var report = new SeriesReport(file, new RunContext { Threads = 1 });
        List<string> pages = [];
        SeriesWatch.Run(
            parameters,
            new SeriesWatchOptions(),
            update =>
            {
                report.Add(update);
                report.Complete();
                pages.Add(File.ReadAllText(file));
            },
            new RunContext { Threads = 2 });

        Assert.Equal(13, pages.Count);
        for (int n = 0; n < 12; n++)
        {
            Assert.Contains(FormattableString.Invariant($"<b>{Counted.Of(n + 1, "frame")}</b>"), pages[n], StringComparison.Ordinal);
            // A line of the table for each frame so far, and a browser comes back for the next.
            Assert.Equal(n + 1, System.Text.RegularExpressions.Regex.Count(pages[n], "<tr><td>\\d+</td>"));
            Assert.Contains("http-equiv=\"refresh\"", pages[n], StringComparison.Ordinal);
            Assert.Contains("aria-label=\"", pages[n], StringComparison.Ordinal);
        }

        Assert.DoesNotContain("http-equiv=\"refresh\"", pages[^1], StringComparison.Ordinal);
        Assert.Contains("_filt.wav", pages[^1], StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"(?!data:|#)", pages[^1]);
    }

    [Fact]
    public void A_page_that_cannot_be_written_is_told_once_and_ends_nothing()
    {
        ReconstructionParameters parameters = Read(Simulate(SpecimenKind.LightAtoms));
        List<RunMessage> told = [];
        // A folder of the name is in its place.
        Directory.CreateDirectory(_folder.File("taken.html"));
        using var report = new SeriesReport(_folder.File("taken.html"), new RunContext { Threads = 1, Message = told.Add });
        SeriesUpdate? last = SeriesWatch.Run(
            parameters,
            new SeriesWatchOptions { Run = null },
            update =>
            {
                report.Add(update);
                report.Complete();
            },
            new RunContext { Threads = 1 });

        Assert.Equal(12, last!.Frames);
        Assert.Single(told, static m => m.Id == WarningIds.ReportNotWritten);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    public void A_frame_of_something_else_is_named_and_has_no_weight(int which)
    {
        SimulatedSeries made = Simulate(SpecimenKind.LightAtoms);
        string file = made.Write(_folder.Path, "made", force: true, new RunContext { Threads = 1 });
        Simulate(SpecimenKind.Crystal, seed: 77).Write(_folder.File("other"), "made", force: true, new RunContext { Threads = 1 });
        File.Copy(_folder.File($"other/made{which:000}.raw"), _folder.File($"made{which:000}.raw"), overwrite: true);
        List<RunMessage> told = [];
        SeriesUpdate? last = SeriesWatch.Run(
            ParameterFile.Read(file), new SeriesWatchOptions { Run = null }, static _ => { }, new RunContext { Threads = 1, Message = told.Add });

        Assert.True(last!.OutlierImages is [var named] && named == which, string.Join(' ', last.Reconstruction.Uncertainty!.Frames.Select(static f => f.Weight)) + last.Advice);
        Assert.Equal(0, last.Reconstruction.Uncertainty!.Frames[which].Weight);
        Assert.Contains(told, m => m.Id == WarningIds.OutlierImage && m.Text.Contains($"image {which} ", StringComparison.Ordinal));
        Assert.Contains($"Image {which} does not belong", last.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_further_frame_would_leave_is_what_it_leaves()
    {
        var band = new WaveBand(FrequencyGrid.Of(new Calibration(96, 96, 0.05, 0.05)), 6);
        var lens = new Microscope { Voltage = 200, C3 = -10_000, FocusSpread = 3, Semiconvergence = 0.1 };
        var prior = new PriorPowers(0.2, [.. Enumerable.Repeat(1e-3, 40)], [.. Enumerable.Repeat(1e-2, 40)], 0.5);
        double[] foci = [-60, -55, -50, -45];
        double before = MeanSquare(foci);

        IReadOnlyList<NextFocus> next = NextFocus.Of(Information(foci), prior, lens, 0.05, 0.5, [-90, -52, -20, 10]);

        // The sum over a ring of frequencies stands for all of them, which leaves a per cent.
        Assert.All(next, n => Assert.Equal(Math.Sqrt(MeanSquare([.. foci, n.Focus]) / before), n.RemainingError, 0.01));
        Assert.All(next, static n => Assert.InRange(n.RemainingError, 0.5, 1));
        // One more of those that there are adds least.
        Assert.Equal(-52, next.MaxBy(static n => n.RemainingError)!.Focus);

        SeriesInformation Information(double[] z)
        {
            TransferFunction[] transfers = [.. z.Select(f => new TransferFunction(lens, f))];
            double[] noise = [.. z.Select(static _ => 0.05)];
            var quadrant = new LinearTheory[(band.RowReach + 1) * (band.ColumnReach + 1)];
            for (int ky = 0; ky <= band.RowReach; ky++)
            {
                for (int kx = 0; kx <= band.ColumnReach; kx++)
                {
                    quadrant[(ky * (band.ColumnReach + 1)) + kx] = LinearTheory.At(transfers, noise, band.Grid.SquaredFrequency(ky, kx));
                }
            }

            return new SeriesInformation(band, quadrant, transfers, noise);
        }

        double MeanSquare(double[] z)
        {
            SeriesInformation information = Information(z);
            double sum = 0;
            for (int ky = -band.RowReach; ky <= band.RowReach; ky++)
            {
                for (int kx = -band.ColumnReach; kx <= band.ColumnReach; kx++)
                {
                    double g = Math.Sqrt(band.Grid.SquaredFrequency(ky, kx));
                    if (g >= 0.5 && g <= band.Limit)
                    {
                        LinearTheory variance = information.At(ky, kx).With(prior.At(g)).Inverse();
                        sum += variance.Aa + variance.Pp;
                    }
                }
            }

            return sum;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Frames_are_taken_as_they_come_and_what_was_wanted_is_told(bool endsByNumber)
    {
        SimulatedSeries made = Simulate(SpecimenKind.LightAtoms);
        string from = _folder.File("made");
        string file = made.Write(from, "made", force: true, new RunContext { Threads = 1 });
        string[] frames = [.. Directory.GetFiles(from, "made0*.raw").Order(StringComparer.Ordinal)];
        foreach (string frame in frames.Skip(endsByNumber ? 0 : 1))
        {
            File.Move(frame, frame + ".later");
        }

        using var news = new SemaphoreSlim(0);
        List<SeriesUpdate> updates = [];
        ReconstructionParameters parameters = ParameterFile.Read(file);
        Task<SeriesUpdate?> watch = Task.Run(() => SeriesWatch.Run(
            endsByNumber ? parameters.With("Range", "[[0,3]]") : parameters,
            new SeriesWatchOptions { Run = null, RelativeError = 0.9, Quiet = endsByNumber ? null : TimeSpan.FromSeconds(0.1), Interval = TimeSpan.FromMilliseconds(20) },
            update =>
            {
                updates.Add(update);
                // Where time ends the series the next frame is there before it is looked for: a busy machine may be long over moving one.
                if (!endsByNumber && update.Frames < 4)
                {
                    Come(update.Frames);
                }

                news.Release();
            },
            new RunContext { Threads = 1 }));
        for (int n = 0; endsByNumber && n < 4; n++)
        {
            Come(n);
            Assert.True(await news.WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken));
        }

        // None comes any more.
        SeriesUpdate last = (await watch)!;
        void Come(int n) => File.Move(frames[n] + ".later", frames[n]);
        Assert.True(last is { IsFinal: true, Frames: 4, IsEnough: true }, last.ToString());
        Assert.StartsWith("enough", last.Advice, StringComparison.Ordinal);
        Assert.False(updates[0].IsEnough);
    }

    [Fact]
    public void A_resolution_beyond_Limit_is_told_once_and_is_never_reached()
    {
        ReconstructionParameters parameters = Read(Simulate(SpecimenKind.LightAtoms)).With("Limit", "5");

        (RunMessage[] messages, SeriesUpdate last) = Watch(0.1);

        RunMessage told = Assert.Single(messages, static m => m.Id == WarningIds.ResolutionBeyondLimit);
        Assert.Contains("0.1 nm, which is wanted, takes frequencies up to 10 1/nm, and the wave is restored up to Limit, 5 1/nm (0.2 nm)", told.Text, StringComparison.Ordinal);
        Assert.True(last.Resolution >= 0.2, last.ToString());
        Assert.DoesNotContain("what was wanted is reached", last.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain(Watch(0.2).Messages, static m => m.Id == WarningIds.ResolutionBeyondLimit);

        (RunMessage[] Messages, SeriesUpdate Last) Watch(double wanted)
        {
            List<RunMessage> heard = [];
            SeriesUpdate end = SeriesWatch.Run(
                parameters, new SeriesWatchOptions { Run = null, Resolution = wanted }, static _ => { }, new RunContext { Threads = 1, Message = heard.Add })!;
            return ([.. heard], end);
        }
    }

    private ReconstructionParameters Read(SimulatedSeries made) => ParameterFile.Read(made.Write(_folder.Path, "made", force: true, new RunContext { Threads = 1 }));

    private static SimulatedSeries Simulate(SpecimenKind specimen, int seed = 5, double[]? foci = null) => SeriesSimulator.Simulate(
        new SimulationParameters { Calibration = new(192, 192, 0.045, 0.045), FrameCount = foci?.Length ?? 12, Foci = foci, Specimen = specimen, Seed = seed }, 2);
}
