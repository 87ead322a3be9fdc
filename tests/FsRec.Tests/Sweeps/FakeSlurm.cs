using System.Globalization;
using FsRec.Sweeps;

namespace FsRec.Tests.Sweeps;

/// <summary>Answers as the commands of Slurm, of a cluster without accounts on which nothing runs but what a test says.</summary>
internal sealed class FakeSlurm
{
    private int _next = 1;

    /// <summary>Name, job, task and state of all that was submitted.</summary>
    public List<(string Name, int Job, int Task, string State)> Tasks { get; } = [];

    /// <summary>The scripts that were submitted.</summary>
    public List<string> Scripts { get; } = [];

    /// <summary>Called with the script before the job is taken.</summary>
    public Action<string>? Submitting { get; set; }

    public CommandResult Run(string name, string[] arguments, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        switch (name)
        {
            case "sbatch":
                string script = File.ReadAllText(arguments[^1]);
                Submitting?.Invoke(script);
                Scripts.Add(script);
                return new CommandResult(0, Take(script).ToString(CultureInfo.InvariantCulture) + "\n", "");
            case "squeue":
                string[] names = arguments.First(static a => a.StartsWith("--name=", StringComparison.Ordinal))[7..].Split(',');
                return new CommandResult(0, string.Concat(Tasks.Where(t => names.Contains(t.Name)).Select(static t => $"{t.Name}|{t.Job}|{t.Task}|{t.State}\n")), "");
            case "sacct":
                return new CommandResult(1, "", "Slurm accounting storage is disabled\n");
            default:
                return new CommandResult(0, "MaxArraySize            = 1001\n", "");
        }
    }

    public int Take(string script)
    {
        string Option(string option) => script.Split('\n').First(line => line.StartsWith("#SBATCH --" + option, StringComparison.Ordinal)).Split('=')[1];
        int last = int.Parse(Option("array").Split('-', '%')[1], CultureInfo.InvariantCulture);
        for (int n = 0; n <= last; n++)
        {
            Tasks.Add((Option("job-name"), _next, n, "PENDING"));
        }

        return _next++;
    }

    public void Set(int job, int task, string state)
    {
        int at = Tasks.FindIndex(t => t.Job == job && t.Task == task);
        Tasks[at] = Tasks[at] with { State = state };
    }
}
