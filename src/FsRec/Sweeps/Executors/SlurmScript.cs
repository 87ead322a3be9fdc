using System.Globalization;
using System.Text;

namespace FsRec.Sweeps;

/// <summary>The batch script of a job array.</summary>
internal static class SlurmScript
{
    /// <summary>Name of the job of an attempt, by which a submission is found whose session died before it noted its number.</summary>
    public static string JobName(string sweep, int attempt) => FormattableString.Invariant($"{sweep}-{attempt}");

    /// <summary>Writes a script.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="place">Where it lies.</param>
    /// <param name="attempt">Number of the attempt.</param>
    /// <param name="tasks">Number of its tasks.</param>
    /// <param name="memory">Memory of each task in bytes; <see langword="null"/> for the default.</param>
    public static string Of(SweepPlan plan, SweepPlace place, int attempt, int tasks, long? memory)
    {
        SlurmSettings slurm = plan.Slurm;
        SweepProgram program = plan.Program!;
        string log = Path.Combine(place.Logs, FormattableString.Invariant($"{attempt}-")).Replace("%", "%%", StringComparison.Ordinal) + "%a.txt";
        var script = new StringBuilder("#!/bin/bash\n");
        void Option(string text) => script.Append("#SBATCH ").Append(text).Append('\n');
        Option("--job-name=" + JobName(plan.Id, attempt));
        Option(FormattableString.Invariant($"--array=0-{tasks - 1}") + (slurm.MaxRunning is { } most ? FormattableString.Invariant($"%{most}") : ""));
        if (slurm.Partition is { } partition)
        {
            Option("--partition=" + partition);
        }

        if (slurm.TimeLimit is { } limit)
        {
            Option("--time=" + Time(limit));
        }

        if (memory is { } bytes)
        {
            Option(FormattableString.Invariant($"--mem={Math.Max(1, (bytes + 0xFFFFF) >> 20)}M"));
        }

        Option(FormattableString.Invariant($"--cpus-per-task={slurm.CpusPerTask}"));
        // What is done again, and how often, is for the sweep to say, which tells a run that kills its task from a node that fails.
        Option("--no-requeue");
        Option($"--output=\"{log.Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        foreach (string option in slurm.Options)
        {
            Option(option);
        }

        string journal = SweepProgram.Quote(place.Journals) + FormattableString.Invariant($"/{attempt}-\"$SLURM_ARRAY_TASK_ID\"-\"$SLURM_JOB_ID\".jsonl");
        script.Append(CultureInfo.InvariantCulture, $$"""
            set -u
            program={{SweepProgram.Quote(Path.Combine(place.Folder, program.Folder).Replace('\\', '/'))}}
            refuse() {
                mkdir -p {{SweepProgram.Quote(place.Journals)}}
                printf '{"event":"refused","time":"%s","message":"%s"}\n' "$(date -u +%FT%TZ)" "$1" >>{{journal}}
                echo "$1" >&2
                exit {{SweepTask.Refused}}
            }
            # FsRec {{program.Version}}: the files must be those that were laid here.
            cd "$program" 2>/dev/null || refuse 'the folder of the program is not there'
            echo '{{program.Sha256}}  {{SweepProgram.Manifest}}' | sha256sum --check --status || refuse 'the list of the files of the program is not the one that the sweep was submitted with'
            sha256sum --check --quiet --strict {{SweepProgram.Manifest}} >&2 || refuse 'a file of the program is not as it was laid into the folder of the sweep'
            export DOTNET_CLI_TELEMETRY_OPTOUT=1 POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off
            {{program.Command}}
            fsrec {{SweepProgram.Quote(place.Folder)}} {{plan.Id}} {{attempt}} "$SLURM_ARRAY_TASK_ID"

            """);
        return script.ToString();
    }

    // Days-hours:minutes:seconds, as sbatch takes it.
    private static string Time(TimeSpan limit) => FormattableString.Invariant($"{(limit.Days > 0 ? $"{limit.Days}-" : "")}{limit.Hours:00}:{limit.Minutes:00}:{limit.Seconds:00}");
}
