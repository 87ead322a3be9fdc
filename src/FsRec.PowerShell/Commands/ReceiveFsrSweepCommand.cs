using System.Management.Automation;
using FsRec.Runs;
using FsRec.Sweeps;

namespace FsRec.PowerShell.Commands;

/// <summary>Takes a sweep up that another session began, and puts out its rows.</summary>
[Cmdlet(VerbsCommunications.Receive, "FsrSweep")]
[OutputType(typeof(SweepRow), typeof(SweepStatus))]
public sealed class ReceiveFsrSweepCommand : FsrCmdlet
{
    /// <summary>Folder of the sweep.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Folder", "Destination", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Wait until all runs have ended. Runs of a sweep that is not on a cluster are done in this session.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>Put out where the sweep stands instead of its rows.</summary>
    [Parameter]
    public SwitchParameter Status { get; set; }

    /// <summary>Threads of runs that this session does; 0 for one a processor. The results do not depend on it.</summary>
    [Parameter]
    [ValidateBounds(0, 1024)]
    [NumberArgument(IsWhole = true)]
    public int Threads { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            if (!TextInput.IsObject(this, path, "the folder of a sweep") && FsrPaths.Target(this, path) is { } folder)
            {
                TryRun(folder, monitor => Take(folder, monitor));
            }
        }
    }

    private SweepPlan Take(string folder, Hosting.LibraryMonitor monitor)
    {
        RunContext context = monitor.Context(Threads);
        if (Status)
        {
            // What runs warned of belongs to their rows.
            context = context with { Message = null };
        }

        using var session = SweepSession.Open(folder);
        session.Run(
            Wait,
            outcome =>
            {
                if (!Status)
                {
                    monitor.Post(() => SweepOutput.Write(this, outcome));
                }
            },
            context);
        SweepStatus status = session.GetStatus();
        if (Status)
        {
            monitor.Post(() => WriteObject(status));
        }
        else if (status.Done + status.Failed < status.Runs)
        {
            monitor.Tell(status.On == "Local" && status.RunningTasks + status.WaitingTasks == 0
                ? RunMessage.Warning(WarningIds.SweepUnfinished, $"{Counted.Of(status.Runs - status.Done - status.Failed, "run")} of the sweep are not done, and nothing is at work on them: -Wait does them here.")
                : RunMessage.Detail(status.ToString()));
        }

        return session.Plan;
    }
}
