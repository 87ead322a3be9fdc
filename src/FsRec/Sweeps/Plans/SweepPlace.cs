using System.Text.Json;

namespace FsRec.Sweeps;

/// <summary>Where the files of a sweep lie in its folder.</summary>
/// <param name="Folder">Full path of the sweep's folder.</param>
/// <param name="Id">Name of the sweep.</param>
internal sealed record SweepPlace(string Folder, string Id)
{
    private const string PlanName = "sweep.json";

    /// <summary>What belongs to this sweep alone.</summary>
    public string Own => Path.Combine(Folder, ".sweep", Id);

    /// <summary>The journal of the sessions that submit.</summary>
    public string Submissions => Path.Combine(Own, "submissions.jsonl");

    /// <summary>Folder of the journals of the tasks.</summary>
    public string Journals => Path.Combine(Own, "journal");

    /// <summary>Folder of what tasks print.</summary>
    public string Logs => Path.Combine(Own, "log");

    /// <summary>What a task printed.</summary>
    /// <param name="attempt">Number of its attempt.</param>
    /// <param name="task">Its number in the attempt.</param>
    public string Log(int attempt, int task) => Path.Combine(Logs, FormattableString.Invariant($"{attempt}-{task}.txt"));

    /// <summary>Held by the session that submits.</summary>
    public string Lock => Path.Combine(Folder, ".sweep", "submit.lock");

    /// <summary>Held by the session that does runs itself.</summary>
    public string LocalLock => Path.Combine(Folder, ".sweep", "local.lock");

    /// <summary>The table of all runs.</summary>
    public string Table => Path.Combine(Folder, "sweep.csv");

    /// <summary>The batch script of an attempt.</summary>
    public string Script(int attempt) => Path.Combine(Own, FormattableString.Invariant($"batch-{attempt}.sh"));

    /// <summary>The journal of a task.</summary>
    public string Journal(int attempt, int task, string job) => Path.Combine(Journals, FormattableString.Invariant($"{attempt}-{task}-{job}.jsonl"));

    /// <summary>Reads the plan of a sweep; <see langword="null"/> where there is none.</summary>
    /// <exception cref="FsRecException">It is no plan, or one of another version.</exception>
    public static SweepPlan? ReadPlan(string folder)
    {
        string file = Path.Combine(folder, PlanName);
        try
        {
            SweepPlan? plan = File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), SweepJson.Default.SweepPlan) : null;
            return plan is null || plan.Schema == SweepPlan.CurrentSchema
                ? plan
                : throw new FsRecException($"'{file}' is of the format '{plan.Schema}'; expected '{SweepPlan.CurrentSchema}'. Another version of FsRec wrote it: {plan.Version}, and this is {SweepPlan.LibraryVersion}.");
        }
        catch (JsonException e)
        {
            throw new FsRecException($"'{file}' is no plan of a sweep: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FsRecException($"'{file}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Writes the plan, in place of an earlier one.</summary>
    public static void WritePlan(string folder, SweepPlan plan) =>
        AtomicFile.Write(Path.Combine(folder, PlanName), stream => JsonSerializer.Serialize(stream, plan, SweepJson.Default.SweepPlan));
}
