using System.Collections;
using System.Management.Automation;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Sweeps;

namespace FsRec.PowerShell.Commands;

/// <summary>Reconstructs a series with every combination of some values of its parameters.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "FsrSweep", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(SweepRow), typeof(SweepStatus))]
public sealed class InvokeFsrSweepCommand : FsrParametersCmdlet
{
    private const int MostAtOnce = 4;
    private static readonly string[] ClusterParameters =
        [nameof(Partition), nameof(TimeLimit), nameof(MaxRunning), nameof(CpusPerTask), nameof(Memory), nameof(RunsPerTask), nameof(Resubmissions), nameof(SlurmOption), nameof(Program), nameof(NoWait)];

    /// <summary>The grid: for each swept key a list of values. Of a key whose value is a list, a list of lists.</summary>
    [Parameter(Mandatory = true)]
    [ArgumentCompleter(typeof(KeyCompleter))]
    [ValidateNotNullOrEmpty]
    public IDictionary Set { get; set; } = new Hashtable();

    /// <summary>The folder in which each run has its own; without it OUTPUTFILENAME_sweep in OUTPUTPATH.</summary>
    [Parameter]
    [Alias("Folder")]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Number of linear iterations of each run instead of LinearIterations.</summary>
    [Parameter]
    [Alias("LinIter")]
    [ValidateBounds(1, int.MaxValue)]
    [NumberArgument(IsWhole = true)]
    public int? Iterations { get; set; }

    /// <summary>How each wave is restored once the frames are aligned, instead of the key Restoration.</summary>
    [Parameter]
    public RestorationMethod? Method { get; set; }

    /// <summary>Runs at the same time; they share the threads. The default is one a processor, 4 at most.</summary>
    [Parameter]
    [ValidateBounds(1, 1024)]
    [NumberArgument(IsWhole = true)]
    public int ThrottleLimit { get; set; } = Math.Min(MostAtOnce, Environment.ProcessorCount);

    /// <summary>Do not judge runs by the chi-square of the full image model, whose fit takes about as long as a nonlinear refinement; rows then have no ModelChiSquare.</summary>
    [Parameter]
    public SwitchParameter SkipChiSquare { get; set; }

    /// <summary>Do runs again that are complete.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>What does the runs: Local, which is this session, or Slurm. The folder must then be one that the nodes see under the same path, and the frames too.</summary>
    [Parameter]
    public SweepExecutor On { get; set; }

    /// <summary>The partition; without it the cluster's default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Partition { get; set; }

    /// <summary>The longest that a task may take, as sbatch takes it: minutes, hours:minutes:seconds, days-hours. Without it the partition's limit.</summary>
    [Parameter]
    [SlurmTime]
    public TimeSpan? TimeLimit { get; set; }

    /// <summary>The largest number of tasks that run at the same time. Without it as many as the cluster gives.</summary>
    [Parameter]
    [ValidateBounds(1, 100000)]
    [NumberArgument(IsWhole = true)]
    public int? MaxRunning { get; set; }

    /// <summary>Number of processors of a task, and of threads of its runs.</summary>
    [Parameter]
    [ValidateBounds(1, 1024)]
    [NumberArgument(IsWhole = true)]
    public int CpusPerTask { get; set; } = 1;

    /// <summary>Memory of a task, a number of bytes as 4GB. A task that runs out of it is submitted anew with twice as much. Without it the cluster's default.</summary>
    [Parameter]
    [ValidateBounds(1048576, long.MaxValue / 1048576)]
    [NumberArgument(IsWhole = true)]
    public long? Memory { get; set; }

    /// <summary>Number of runs of a task. Without it this session does one run first and makes tasks that take one minute to ten.</summary>
    [Parameter]
    [ValidateBounds(1, 1000000)]
    [NumberArgument(IsWhole = true)]
    public int? RunsPerTask { get; set; }

    /// <summary>Number of times that a run is submitted anew whose task died while at it.</summary>
    [Parameter]
    [ValidateBounds(0, 100)]
    [NumberArgument(IsWhole = true)]
    public int Resubmissions { get; set; } = 3;

    /// <summary>Further options of sbatch, as '--account=x'. Without them those that the other parameters make.</summary>
    [Parameter]
    [ValidatePattern("^--[a-z]")]
    public string[] SlurmOption { get; set; } = [];

    /// <summary>The console program fsrec for the nodes, best compiled ahead of time. Without it the module itself is laid into the folder, and the nodes run it in PowerShell.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Program { get; set; }

    /// <summary>Submit and go on, with the status of the sweep as output; Receive-FsrSweep takes up the rows.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <inheritdoc />
    protected override KeyStages Stages => KeyStages.Import | KeyStages.Output | KeyStages.Prealignment | KeyStages.Reconstruction;

    /// <inheritdoc />
    private protected override void Start(ReconstructionParameters parameters, object target)
    {
        string? place = Destination is null ? FolderOf(parameters) : FsrPaths.Target(this, Destination);
        if (place is not { } folder)
        {
            return;
        }

        IReadOnlyList<SweepPoint> points = On == SweepExecutor.Local
            ? [.. Grid().Where(point => ShouldProcess(Sweep.FolderOf(parameters, point, folder), $"Reconstruct with {point}"))]
            : Grid();
        if (points.Count == 0 || !MaySubmit(parameters, points, folder))
        {
            return;
        }

        TryRun(parameters, monitor =>
        {
            RunContext context = monitor.Context(Threads);
            SlurmSettings? slurm = On == SweepExecutor.Slurm ? Settings() : null;
            using var session = SweepSession.Start(folder, SweepPlan.Create(parameters, points, Options(), slurm, slurm is null ? null : Lay(folder)), context);
            if (session.IsTakenUp)
            {
                monitor.Tell(RunMessage.Detail($"The sweep is at work already and is taken up: {session.GetStatus()}."));
            }

            if (NoWait)
            {
                session.Run(wait: false, static _ => { }, context);
                SweepStatus status = session.GetStatus();
                monitor.Post(() => WriteObject(status));
            }
            else
            {
                session.Run(wait: true, outcome => monitor.Post(() => SweepOutput.Write(this, outcome)), context);
            }

            return points;
        });
    }

    private static string FolderOf(ReconstructionParameters parameters) => System.IO.Path.GetFullPath(OutputFiles.Of(parameters).WithEnding("_sweep"));

    private bool MaySubmit(ReconstructionParameters parameters, IReadOnlyList<SweepPoint> points, string folder)
    {
        if (On == SweepExecutor.Local)
        {
            string[] given = [.. ClusterParameters.Where(MyInvocation.BoundParameters.ContainsKey)];
            return given.Length == 0
                ? true
                : throw new PSArgumentException($"-{string.Join(", -", given)} {(given.Length == 1 ? "says" : "say")} how a cluster does the runs, which takes -On Slurm as well.");
        }

        if (ShouldProcess(folder, $"Submit {Counted.Of(points.Count, "run")} to Slurm"))
        {
            return true;
        }

        // Whoever asks what would be done wants to see what would be submitted.
        if (IsWhatIf)
        {
            var program = new SweepProgram { Folder = "program", Version = typeof(SweepPlan).Assembly.GetName().Version!.ToString(3), Sha256 = "(SHA-256 of the program)", Command = "fsrec() { exec \"$program\"/fsrec sweep-task \"$@\"; }" };
            WriteObject(SweepSession.BatchScript(folder, SweepPlan.Create(parameters, points, Options(), Settings(), program)));
        }

        return false;
    }

    private bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given) ? given is SwitchParameter { IsPresent: true } : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    private SweepOptions Options() => new()
    {
        Run = new RunOptions { Iterations = Iterations, Method = Method },
        ThrottleLimit = ThrottleLimit,
        Redo = Force,
        SkipChiSquare = SkipChiSquare,
    };

    private SlurmSettings Settings() => new()
    {
        Partition = Partition,
        TimeLimit = TimeLimit,
        MaxRunning = MaxRunning,
        CpusPerTask = CpusPerTask,
        Memory = Memory,
        RunsPerTask = RunsPerTask,
        Resubmissions = Resubmissions,
        Options = SlurmOption,
    };

    private SweepProgram Lay(string folder) => Program is { } program
        ? SweepProgram.LayConsole(folder, FsrPaths.Folder(this, program))
        : SweepProgram.LayModule(folder, MyInvocation.MyCommand.Module.ModuleBase, SweepOutput.Shell());

    private IReadOnlyList<SweepPoint> Grid()
    {
        try
        {
            IReadOnlyList<SweepPoint> points = SweepGrid.Of(Set, Located);
            string? twice = points[0].Values.Select(static pair => pair.Key).FirstOrDefault(MyInvocation.BoundParameters.ContainsKey);
            return twice is null ? points : throw new FsRecException($"{twice} is swept and given by name as well; expected it once.");
        }
        catch (FsRecException e)
        {
            ThrowTerminatingError(new ErrorRecord(e, "OverrideInvalid", ErrorCategory.InvalidArgument, Set));
            throw;
        }
    }
}
