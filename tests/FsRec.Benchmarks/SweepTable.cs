using System.Globalization;
using FsRec.Alignment;
using FsRec.Parameters;
using FsRec.Reconstructions;
using FsRec.Refinement;
using FsRec.Series;
using FsRec.Simulation;
using FsRec.Sweeps;

namespace FsRec.Benchmarks;

/// <summary>
/// How often the figure that a sweep is sorted by has its least at the truth, and how often plain chi-square would: <c>sweeps KEY=V1,V2,… TRUTH SEEDS CASE…</c>. A case is words
/// joined by hyphens, or a parameter file, of which there is one series.
/// </summary>
internal static class SweepTable
{
    private const double MiddleFocus = -155;

    /// <summary>Prints a line a series, and the counts.</summary>
    public static void Run(string[] args)
    {
        (string key, string list) = args[0].Split('=') is [var k, var l] ? (k, l) : throw new ArgumentException("Expected KEY=V1,V2,…");
        string[] values = list.Split(',');
        string truth = args[1];
        int[] seeds = [.. args[2].Split(',').Select(int.Parse)];
        (int series, int plain, int found, int decided, int wrong) = (0, 0, 0, 0, 0);
        foreach ((string name, int seed) in args[3..].SelectMany(name => seeds.Select(seed => (name, seed)).Take(File.Exists(name) ? 1 : seeds.Length)))
        {
            AlignedSeries aligned = Make(name, seed);
            (double Plain, double Figure)[] rows = [.. values.Select(value => Figures(Changed(aligned, key, value), key))];
            string least = values[Array.IndexOf(rows, rows.MinBy(static row => row.Figure))];
            string plainly = values[Array.IndexOf(rows, rows.MinBy(static row => row.Plain))];
            double best = rows.Min(static row => row.Figure);
            double tolerance = SweepDecision.Tolerance(best, ModelChiSquare.Numbers(aligned.Series));
            bool decides = rows.Count(row => row.Figure - best <= tolerance) == 1;
            series++;
            (plain, found) = (plain + (plainly == truth ? 1 : 0), found + (least == truth ? 1 : 0));
            (decided, wrong) = (decided + (decides ? 1 : 0), wrong + (decides && least != truth ? 1 : 0));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name} {seed} {key}: {string.Join(", ", values.Select((v, i) => string.Create(CultureInfo.InvariantCulture, $"{v} {rows[i].Figure:0.00000} ({rows[i].Plain:0.00000})")))}; tolerance {tolerance:0.00000}; least at {least}{(decides ? "" : ", undecided")}"));
        }

        Console.WriteLine($"{key}: {series} series, truth {truth} least in {found} (plain chi-square {plain}); decided {decided}, of these wrong {wrong}");
    }

    private static (double Plain, double Figure) Figures(AlignedSeries aligned, string key)
    {
        var options = NonlinearOptions.Of(aligned.Series.Parameters.Restoration, 1) with { KeepLinearWhereBetter = false };
        if (key == "Foci")
        {
            options = options with { RefineFoci = false };
        }

        return ModelChiSquare.Fit(aligned, options, null, default);
    }

    /// <summary>The series under another value; of Foci the step.</summary>
    private static AlignedSeries Changed(AlignedSeries aligned, string key, string value)
    {
        FocalSeries series = aligned.Series;
        if (key == "Foci")
        {
            double middle = series.Foci.Average();
            double step = double.Parse(value, CultureInfo.InvariantCulture);
            series = series.WithFoci([.. series.Foci.Select((_, n) => middle + (step * (n - ((series.Count - 1) / 2.0))))]);
        }
        else
        {
            series = series.WithParameters(series.Parameters.With(key, value));
        }

        return new AlignedSeries(series, aligned.Displacements);
    }

    private static AlignedSeries Make(string name, int seed)
    {
        if (File.Exists(name))
        {
            ReconstructionParameters parameters = ParameterFile.Load(name).GetParameters();
            FocalSeries series = SeriesReader.Read(parameters);
            return ModelAlignment.Run(series, 1).Aligned;
        }

        var p = new SimulationParameters { Calibration = new Calibration(128, 128, 0.05, 0.05), FrameCount = 12, Dose = 1000, Seed = seed, Limit = 6 };
        foreach (string word in name.Split('-'))
        {
            p = word switch
            {
                "crystal" => p,
                "light" => p with { Specimen = SpecimenKind.LightAtoms },
                "gold" => p with { Specimen = SpecimenKind.GoldParticle },
                "graphite" => p with { Specimen = SpecimenKind.Graphite },
                "mtf" => p with { Detector = new DetectorParameters { Mtf = CurveSource.Of([1, 0.8, 0.6, 0.42, 0.3]) } },
                "mtfnps" => p with { Detector = new DetectorParameters { Mtf = CurveSource.Of([1, 0.8, 0.6, 0.42, 0.3]), Nps = CurveSource.Of([1, 0.64, 0.36, 0.1764, 0.09]) } },
                "strong" => p with { Detector = new DetectorParameters { Mtf = CurveSource.Of([1, 0.6, 0.35, 0.2, 0.1]) } },
                "weak" => p with { Detector = new DetectorParameters { Mtf = CurveSource.Of([1, 0.9, 0.7, 0.5]) } },
                "low" => p with { Dose = 150 },
                "high" => p with { Dose = 8000 },
                "few" => p with { FrameCount = 6 },
                "fine" => p with { Calibration = new Calibration(192, 192, 0.03, 0.03), FrameCount = 8 },
                "large" => p with { Calibration = new Calibration(256, 256, 0.045, 0.045) },
                "l9" => p with { Limit = 9 },
                "tilts" => p with { SpatialCoherence = SpatialCoherence.Tilts },
                "80kV" => p with { Microscope = p.Microscope with { Voltage = 80, C3 = -12000, FocusSpread = 4 }, FirstFocus = -60, LastFocus = 50, Limit = 5 },
                "200kV" => p with { Microscope = p.Microscope with { Voltage = 200, FocusSpread = 4, Semiconvergence = 0.3 }, FirstFocus = -300, LastFocus = -60, Limit = 5 },
                _ => throw new ArgumentException($"Unknown word {word}."),
            };
        }

        SimulatedSeries simulated = SeriesSimulator.Simulate(p);
        return new AlignedSeries(simulated.Series, simulated.TrueDisplacements);
    }
}
