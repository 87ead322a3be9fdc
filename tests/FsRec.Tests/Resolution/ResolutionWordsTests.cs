using System.Text.RegularExpressions;
using FsRec.Parameters;
using FsRec.Reports;
using FsRec.Resolution;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Simulation;
using FsRec.Tests.Formats;
using FsRec.Tests.Runs;

namespace FsRec.Tests.Resolution;

/// <summary>What is said of a resolution, of rings that are made up.</summary>
public sealed class ResolutionWordsTests : IDisposable
{
    private static readonly SimulationParameters Small = new()
    {
        Calibration = new Calibration(64, 64, 0.1, 0.1),
        FrameCount = 4,
        Limit = 4,
        Dose = 0,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // 100 independent frequencies scatter by 0.1 about 0; three times that below 1/7 is −0.157.
    [Theory]
    [InlineData(-0.2, true)]
    [InlineData(-0.1, false)]
    [InlineData(0.1, false)]
    public void A_ring_is_a_dip_where_it_lies_below_by_more_than_chance(double correlation, bool dip)
    {
        ResolutionMeasurement found = Measured(Series(), i => i == 20 ? correlation : 0.9);

        Assert.Equal(dip ? [2.0] : Array.Empty<double>(), found.Dips.Select(static r => Math.Round(r.Frequency, 9)));
        Assert.Null(found.FrequencyAtOneSeventh);
        Assert.Equal(dip, found.ToString().Contains("up to 4 1/nm, where the band ends, but not in the ring at 2.00 1/nm (-0.20)", StringComparison.Ordinal));
    }

    [Fact]
    public void Beyond_the_resolution_and_below_the_rings_that_agree_nothing_is_a_dip()
    {
        // Agreement from ring 6 to 30; the lowest rings, of which a focal series tells little, and those beyond do not agree.
        ResolutionMeasurement found = Measured(Series(), i => i is < 6 or > 30 ? -0.5 : i is 10 or 14 or 18 or 22 ? -0.3 : 0.95);

        Assert.InRange(found.FrequencyAtOneSeventh!.Value, 3, 3.1);
        Assert.Equal([1.0, 1.4, 1.8, 2.2], found.Dips.Select(static r => Math.Round(r.Frequency, 9)));
        Assert.Contains("but not in the rings at 1.00 1/nm (-0.30), 1.40 1/nm (-0.30), 1.80 1/nm (-0.30) and 1 more", found.ToString(), StringComparison.Ordinal);
    }

    // Of 100 frequencies of noise three tenths are chance. Of one ring of three that agree, by 0.2, the mean of three exceeds 1/7 in the middle alone; by 0.35 in all.
    [Theory]
    [InlineData(0.2, false)]
    [InlineData(0.35, true)]
    public void Halves_that_agree_by_chance_have_no_resolution(double correlation, bool agree)
    {
        ResolutionMeasurement found = Measured(Series(), i => i is >= 20 and <= 22 ? correlation : i % 2 == 0 ? 0.1 : -0.1);
        var figures = ResolutionFigures.Of(found)!;

        Assert.Equal(agree, found.HalvesAgree);
        Assert.Equal(agree, double.IsFinite(found.Resolution));
        Assert.Equal(agree, figures.Resolution is not null);
        Assert.Equal(agree, figures.FrequencyAtOneSeventh is not null);
        Assert.Equal(agree, ResolutionWarnings.Of(found).All(static w => w.Id != WarningIds.HalvesDisagree));
        Assert.Equal(!agree, figures.Line.StartsWith("no resolution: the two halves of the series agree nowhere from 0.1 to 4 1/nm by 1/7 and by more than chance", StringComparison.Ordinal));
        Assert.DoesNotContain("NaN", figures.Line, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", figures.Line, StringComparison.Ordinal);
        Assert.Empty(found.Dips);
    }

    [Fact]
    public void Rings_of_noise_have_no_resolution_and_the_report_says_so()
    {
        ResolutionMeasurement found = Measured(Series(), static i => i % 2 == 0 ? 0.1 : -0.1);
        using var run = new RunFolder(drift: true);
        string page = Report(ReconstructionRun.Run(run.Parameters, new RunOptions(), new RunContext()), found);

        Assert.Equal("nowhere", found.AgreesTo);
        Assert.Equal(double.NaN, found.HalfBitResolution);
        Assert.Contains("agree nowhere from", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN nm", page, StringComparison.Ordinal);
    }

    // Three rings count as one: the mean crosses 1/7 one and a half rings beyond the last that agrees, at 3.15 and 3.25; a quarter more is 3.94 and 4.07.
    [Theory]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void A_limit_that_nobody_gave_is_warned_of_where_halves_do_not_reach_it(int lastRing, bool warned)
    {
        string file = _folder.File("series.mrc");
        SeriesExport.Write(file, SeriesSimulator.Simulate(Small).Series);
        FocalSeries assumed = SeriesFiles.Open([file], _folder.Path, [new("Focusspread", "4"), new("Semiconvergence", "0.1")]);
        Assert.True(assumed.Source!.IsLimitAssumed);
        ResolutionMeasurement found = Measured(assumed, i => i > lastRing ? 0 : 0.9, 4);

        RunMessage[] warnings = [.. ResolutionWarnings.Of(found)];

        Assert.Equal(warned ? [WarningIds.LimitBeyondResolution] : Array.Empty<string>(), warnings.Select(static w => w.Id));
        if (warned)
        {
            Assert.Contains("agree up to 3.15 1/nm", warnings[0].Text, StringComparison.Ordinal);
            // A tenth more, to the next tenth.
            Assert.Contains("Give Limit=3.5.", warnings[0].Text, StringComparison.Ordinal);
        }
    }

    // The second as where pixels were given in another unit: of 45 nm, whose Nyquist frequency is 0.011 1/nm; to tenths the advice would lie beyond it, and be refused.
    [Theory]
    [InlineData(0.1, 4)]
    [InlineData(45, 0.011)]
    public void The_limit_that_is_advised_is_accepted(double sampling, double limit)
    {
        string file = _folder.File("series.mrc");
        SeriesExport.Write(file, SeriesSimulator.Simulate(Small).Series);
        FocalSeries assumed = SeriesFiles.Open(
            [file], _folder.Path, [new("Focusspread", "4"), new("Semiconvergence", "0.1"), new("Sampling", FormattableString.Invariant($"{sampling}"))]);
        Assert.True(assumed.Source!.IsLimitAssumed);
        ResolutionMeasurement found = Measured(assumed, static i => i > 20 ? 0 : 0.9, 4);
        double scale = limit / 4;
        found = found with { Rings = [.. found.Rings.Select(r => r with { Frequency = scale * r.Frequency })], Band = new FrequencyBand(scale * 0.1, limit) };

        string text = Assert.Single(ResolutionWarnings.Of(found)).Text;

        string advised = Regex.Match(text, "Give Limit=([0-9.]+)\\.$").Groups[1].Value;
        Assert.Equal(double.Parse(advised, System.Globalization.CultureInfo.InvariantCulture), assumed.Parameters.With("Limit", advised).Linear.Limit);
        Assert.InRange(assumed.Parameters.With("Limit", advised).Linear.Limit, 0.5 * limit, 0.7 * limit);
    }

    [Fact]
    public void A_limit_that_was_given_is_the_users()
    {
        string file = _folder.File("series.mrc");
        SeriesExport.Write(file, SeriesSimulator.Simulate(Small).Series);
        FocalSeries given = SeriesFiles.Open([file], _folder.Path, [new("Limit", "4")]);

        Assert.Empty(ResolutionWarnings.Of(Measured(given, static i => i > 20 ? 0 : 0.9)));
    }

    [Fact]
    public void The_verdict_does_not_call_named_rings_nothing()
    {
        ResolutionMeasurement found = Measured(Series(), static i => i == 20 ? -0.2 : 0.9);
        using var run = new RunFolder(drift: true);
        RunResult result = ReconstructionRun.Run(run.Parameters, new RunOptions(), new RunContext());
        string dips = Report(result, found);
        string clean = Report(result, Measured(Series(), static _ => 0.9));

        Assert.Contains("nothing to warn of but the rings named", dips, StringComparison.Ordinal);
        Assert.Contains("There was nothing to warn of.", clean, StringComparison.Ordinal);
        // What no half notices is said where the figure is.
        Assert.All([dips, clean], static page => Assert.Contains("no sign that foci, pixel size, voltage or aberrations are right", page, StringComparison.Ordinal));
    }

    private string Report(RunResult result, ResolutionMeasurement found)
    {
        string page = _folder.File("report.html");
        RunReport.Write(page, result, found, new ReportOptions { Warnings = [] }, TestContext.Current.CancellationToken);
        return File.ReadAllText(page);
    }

    private static FocalSeries Series() => SeriesSimulator.Simulate(Small).Series;

    private static ResolutionMeasurement Measured(FocalSeries series, Func<int, double> correlation, double limit = 4) => new()
    {
        Series = series,
        Rings = [.. Enumerable.Range(1, (int)(10 * limit)).Select(i => new ResolutionRing(0.1 * i, correlation(i), 0.3, 100, 1, 1))],
        Band = new FrequencyBand(0.1, limit),
        Method = RestorationMethod.Wiener,
        Frames = [2, 2],
        CentralFraction = 0.6,
        IndependentShare = 0.63,
        SharedNoise = 0,
        HasSharedNoise = false,
    };
}
