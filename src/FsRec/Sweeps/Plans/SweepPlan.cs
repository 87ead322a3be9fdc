using System.Text.Json;
using System.Text.Json.Serialization;
using FsRec.Parameters;
using FsRec.Runs;

namespace FsRec.Sweeps;

/// <summary>Everything that the runs of a sweep follow from: whoever has the plan and the frames can do any of its runs. docs/sweeps.md describes the file.</summary>
public sealed record SweepPlan
{
    /// <summary>The format of the file, and its version.</summary>
    public const string CurrentSchema = "fsrec-sweep-plan/1";

    /// <summary>The format of the file, and its version.</summary>
    public required string Schema { get; init; }

    /// <summary>The sweep's name: of its jobs, and of the folder with its journals.</summary>
    public required string Id { get; init; }

    /// <summary>The version of the library that made the plan and does its runs.</summary>
    public required string Version { get; init; }

    /// <summary>When the plan was made.</summary>
    public required DateTime Created { get; init; }

    /// <summary>What does the runs: Local or Slurm.</summary>
    public required string On { get; init; }

    /// <summary>Folder to which relative paths among the parameters refer.</summary>
    public required string BaseDirectory { get; init; }

    /// <summary>The parameters that all runs share, as a parameter file writes them.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>Where the parameters came from.</summary>
    [JsonInclude]
    internal CarriedProvenance? Provenance { get; init; }

    /// <summary>The values of each run.</summary>
    public required IReadOnlyList<IReadOnlyDictionary<string, string>> Runs { get; init; }

    /// <summary>Number of linear iterations instead of that of the parameters.</summary>
    public int? Iterations { get; init; }

    /// <summary>The way of restoration instead of that of the parameters.</summary>
    public RestorationMethod? Method { get; init; }

    /// <summary>Whether runs are not judged by the chi-square of the full image model.</summary>
    public bool SkipChiSquare { get; init; }

    /// <summary>Whether runs that were complete before the sweep are done again.</summary>
    public bool Redo { get; init; }

    /// <summary>Runs at the same time where the session does them itself.</summary>
    public int ThrottleLimit { get; init; } = 1;

    /// <summary>How tasks are submitted, where Slurm does the runs.</summary>
    public SlurmSettings Slurm { get; init; } = new();

    /// <summary>The program that tasks run; <see langword="null"/> where the session does the runs itself.</summary>
    public SweepProgram? Program { get; init; }

    /// <summary>The version of this library.</summary>
    internal static string LibraryVersion => typeof(SweepPlan).Assembly.GetName().Version!.ToString(3);

    /// <summary>Makes a plan.</summary>
    /// <param name="parameters">The parameters that the points change.</param>
    /// <param name="points">The runs.</param>
    /// <param name="options">How runs are done.</param>
    /// <param name="slurm">How tasks are submitted; <see langword="null"/> where the session does the runs itself.</param>
    /// <param name="program">The program of the tasks.</param>
    public static SweepPlan Create(ReconstructionParameters parameters, IReadOnlyList<SweepPoint> points, SweepOptions options, SlurmSettings? slurm = null, SweepProgram? program = null) => new()
    {
        Schema = CurrentSchema,
        Id = "fsrec-" + Guid.NewGuid().ToString("N")[..10],
        Version = LibraryVersion,
        Created = DateTime.UtcNow,
        On = slurm is null ? "Local" : "Slurm",
        BaseDirectory = Path.GetFullPath(parameters.BaseDirectory ?? "."),
        Parameters = KeyTexts.Of(parameters),
        Provenance = CarriedProvenance.Of(parameters),
        Runs = [.. points.Select(static point => point.Values.ToDictionary(static v => v.Key, static v => v.Value))],
        Iterations = options.Run.Iterations,
        Method = options.Run.Method,
        SkipChiSquare = options.SkipChiSquare,
        Redo = options.Redo,
        // A task takes its runs one after the other: more at a time are more tasks.
        ThrottleLimit = slurm is null ? options.ThrottleLimit : 1,
        Slurm = slurm ?? new(),
        Program = program,
    };

    /// <summary>The parameters that all runs share.</summary>
    internal ReconstructionParameters GetParameters() => CarriedProvenance.Give(KeyTexts.Read(Parameters, BaseDirectory), Provenance)
        ?? throw new FsRecException($"The plan of the sweep, of version {Version}, has keys or values that this version of FsRec ({LibraryVersion}) does not know.");

    /// <summary>The points of the runs.</summary>
    internal SweepPoint[] GetPoints() => [.. Runs.Select(static values => SweepPoint.Of(values))];

    /// <summary>How runs are done.</summary>
    /// <param name="folder">Folder of the sweep.</param>
    internal SweepOptions GetOptions(string folder) => new()
    {
        Folder = folder,
        Run = new RunOptions { Iterations = Iterations, Method = Method },
        SkipChiSquare = SkipChiSquare,
        Redo = Redo,
        ThrottleLimit = ThrottleLimit,
    };

    /// <summary>Whether another plan makes the same runs in the same way.</summary>
    internal bool IsSameWork(SweepPlan other)
    {
        static string Text(SweepPlan plan) => JsonSerializer.Serialize(
            plan with { Id = "", Created = default, On = "", ThrottleLimit = 1, Slurm = new(), Program = null, Provenance = null }, SweepJson.Default.SweepPlan);
        return Text(this) == Text(other);
    }
}
