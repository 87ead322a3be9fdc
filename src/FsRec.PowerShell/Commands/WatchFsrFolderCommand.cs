using System.Collections;
using System.Management.Automation;
using FsRec.Formats.Microscopes;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Watching;

namespace FsRec.PowerShell.Commands;

/// <summary>Reconstructs every series that appears in a folder, once it is complete.</summary>
[Cmdlet(VerbsCommon.Watch, "FsrFolder", DefaultParameterSetName = WatchSet)]
[OutputType(typeof(WatchedSeries), typeof(string))]
public sealed class WatchFsrFolderCommand : FsrCmdlet
{
    private const string WatchSet = "Watch";
    private const string ServiceSet = "Service";
    private const double MostSeconds = 1e6;

    /// <summary>The folder, with all folders below it; without it the current one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Folder", "PSPath", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = ".";

    /// <summary>Names of parameter files, each a series. Frames that none of them names are series by themselves: those of a folder whose names differ by a number only, a stack, or what an .mdoc lists.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string Filter { get; set; } = "*.fsr";

    /// <summary>A file beside the frames that says that a series is complete; a pattern, in which {name} stands for the name of the series; without it no such file is waited for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? Sentinel { get; set; }

    /// <summary>Number of frames of a complete series; without it what its parameter file says, if there is one.</summary>
    [Parameter]
    [ValidateBounds(1, int.MaxValue)]
    [NumberArgument(IsWhole = true)]
    public int? FrameCount { get; set; }

    /// <summary>Seconds for which nothing of a series changes that is complete; without it 5 where neither Sentinel, nor FrameCount, nor a parameter file says when.</summary>
    [Parameter]
    [ValidateBounds(0.01, MostSeconds, "s")]
    [NumberArgument]
    public double? Quiet { get; set; }

    /// <summary>Seconds from one look to the next.</summary>
    [Parameter]
    [ValidateBounds(0.01, MostSeconds, "s")]
    [NumberArgument]
    public double Interval { get; set; } = 1;

    /// <summary>Seconds after which a series that is not whole is warned of.</summary>
    [Parameter]
    [ValidateBounds(0, MostSeconds, "s")]
    [NumberArgument]
    public double Patience { get; set; } = 60;

    /// <summary>Ends after so many seconds without a series that was run; without it never.</summary>
    [Parameter]
    [ValidateBounds(0.01, MostSeconds, "s")]
    [NumberArgument]
    public double? Timeout { get; set; }

    /// <summary>Number of series at the same time; they share the threads.</summary>
    [Parameter]
    [ValidateBounds(1, 1024)]
    [NumberArgument(IsWhole = true)]
    public int ThrottleLimit { get; set; } = 1;

    /// <summary>End when all series that are there are dealt with, without waiting for those that are not whole.</summary>
    [Parameter]
    public SwitchParameter Once { get; set; }

    /// <summary>Run series again whose last run failed.</summary>
    [Parameter]
    public SwitchParameter RetryFailed { get; set; }

    /// <summary>The journal, a line of JSON a series; without it watch-folder.jsonl in the folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Journal { get; set; }

    /// <summary>A file for metrics as Prometheus's node exporter reads them: series done and failed, seconds, resolution, drift, chi-square, time of the last; without it none are written.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Metrics { get; set; }

    /// <summary>Folder in which each series without a parameter file has a folder for its results, as it lies below the watched one: day1/img/ for day1/img.mrc; without it results beside the frames.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Parameters of series that have no parameter file, as Import-FsrParameter gives them; without it what their files say.</summary>
    [Parameter]
    [Alias("Parameters")]
    [RealObject]
    public ReconstructionParameters? Parameter { get; set; }

    /// <summary>Values by key that replace those of every series.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(KeyCompleter))]
    public IDictionary? Set { get; set; }

    /// <summary>Name of the microscope of series without a parameter file; without it that of the parameters, or values that a warning names. Get-FsrMicroscope lists them.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MicroscopeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Microscope { get; set; }

    /// <summary>Number of linear iterations instead of LinearIterations.</summary>
    [Parameter]
    [Alias("LinIter")]
    [ValidateBounds(1, int.MaxValue)]
    [NumberArgument(IsWhole = true)]
    public int? Iterations { get; set; }

    /// <summary>How the waves are restored instead of the key Restoration.</summary>
    [Parameter]
    public RestorationMethod? Method { get; set; }

    /// <summary>Threads to use in all; 0 for one a processor. The results do not depend on it.</summary>
    [Parameter]
    [ValidateBounds(0, 1024)]
    [NumberArgument(IsWhole = true)]
    public int Threads { get; set; }

    /// <summary>Print the text by which Systemd or Windows starts this watch by itself, and end.</summary>
    [Parameter(ParameterSetName = ServiceSet, Mandatory = true)]
    [ValidateSet("Systemd", "Windows")]
    public string? AsService { get; set; }

    /// <inheritdoc />
    protected override KeyStages Stages => KeyStages.All;

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (TextInput.IsObject(this, Path, "a folder"))
        {
            return;
        }

        try
        {
            string folder = FsrPaths.Folder(this, Path);
            if (AsService is { } system)
            {
                IReadOnlyList<string> command = Command(folder);
                WriteObject(system == "Systemd" ? ServiceText.Systemd(command, folder) : ServiceText.Windows(command, folder));
                return;
            }

            WatchOptions options = Options(folder);
            _ = TryRun(Path, monitor => FolderWatch.Run(options, series => monitor.Post(() => Write(series)), monitor.Context(Threads)));
        }
        catch (FsRecException e)
        {
            WriteError(ErrorRecords.From(e, Path));
        }
    }

    private void Write(WatchedSeries series)
    {
        WriteResult(series);
        if (series.Error is { } error)
        {
            WriteError(ErrorRecords.Create("SeriesFailed", ErrorCategory.InvalidResult, series, $"{series.Name}: {error.Text}"));
        }
    }

    private WatchOptions Options(string folder) => new()
    {
        Folder = folder,
        Filter = Filter,
        Sentinel = Sentinel,
        FrameCount = FrameCount,
        Quiet = Quiet is { } quiet ? TimeSpan.FromSeconds(quiet) : null,
        Interval = TimeSpan.FromSeconds(Interval),
        Patience = TimeSpan.FromSeconds(Patience),
        Timeout = Timeout is { } timeout ? TimeSpan.FromSeconds(timeout) : null,
        ThrottleLimit = ThrottleLimit,
        Once = Once,
        RetryFailed = RetryFailed,
        Journal = Journal is null ? null : FsrPaths.Folder(this, Journal),
        Metrics = Metrics is null ? null : FsrPaths.Folder(this, Metrics),
        Destination = Destination is null ? null : FsrPaths.Folder(this, Destination),
        Parameters = Parameter,
        Values = Changes(Set),
        Microscope = Microscope is null ? null : MicroscopePresets.Find(Microscope),
        Run = new RunOptions { MeasureResolution = true, Iterations = Iterations, Method = Method },
    };

    // This very call, in a PowerShell of its own.
    private List<string> Command(string folder)
    {
        string module = MyInvocation.MyCommand.Module?.ModuleBase ?? "FsRec";
        var call = new System.Text.StringBuilder($"Import-Module {Quoted(Directory.GetParent(module) is { } parent && System.IO.Path.GetFileName(module) != "FsRec" && File.Exists(System.IO.Path.Combine(parent.FullName, "FsRec.psd1")) ? parent.FullName : module)}; Watch-FsrFolder {Quoted(folder)}");
        foreach ((string name, object value) in MyInvocation.BoundParameters.Where(static p => p.Key is not (nameof(Path) or nameof(AsService) or nameof(Set)) && ParameterKeys.Find(p.Key) is null))
        {
            call.Append(" -").Append(name).Append(Text(name, value));
        }

        // Keys by name and by table alike, with their folders and files named in full: the service starts elsewhere.
        if (Changes(Set) is { Count: > 0 } values)
        {
            call.Append(" -Set @{ ").AppendJoin("; ", values.Select(static v => $"{Quoted(v.Key)} = {Quoted(v.Value)}")).Append(" }");
        }

        return [Environment.ProcessPath ?? "pwsh", "-NoProfile", "-NonInteractive", "-Command", call.ToString()];
    }

    private string Text(string name, object value) => value switch
    {
        SwitchParameter flag => flag.IsPresent ? "" : ":$false",
        ReconstructionParameters => throw new FsRecException("-Parameter is an object and cannot stand in the text of a service; put the parameter file beside the frames, or give values by -Set."),
        string text when name is nameof(Journal) or nameof(Metrics) or nameof(Destination) => " " + Quoted(FsrPaths.Folder(this, text)),
        _ => " " + Quoted(Overrides.Text(value)),
    };

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
