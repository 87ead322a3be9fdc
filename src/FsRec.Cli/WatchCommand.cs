using System.CommandLine;
using FsRec.Formats.Microscopes;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Watching;

namespace FsRec.Cli;

/// <summary><c>fsrec watch FOLDER</c>: reconstructs every series that appears in a folder.</summary>
internal sealed class WatchCommand
{
    /// <summary>The command.</summary>
    public const string Name = "watch";

    private readonly Argument<string> _folder = new("folder") { Description = "Folder to watch, with all below it.", DefaultValueFactory = static _ => "." };
    private readonly Option<string> _filter = new("--filter") { Description = "Names of parameter files, each a series; other frames are series by themselves.", HelpName = "pattern", DefaultValueFactory = static _ => "*.fsr" };
    private readonly Option<string?> _sentinel = new("--sentinel") { Description = "File beside the frames that says a series is complete; {name} stands for the name of the series. [none is waited for]", HelpName = "pattern" };
    private readonly Option<int?> _frames = new("--frame-count") { Description = "Frames of a complete series. [NImages of its parameter file]", HelpName = "n" };
    private readonly Option<double?> _quiet = new("--quiet-time") { Description = "A series is complete when nothing of it has changed for so long. [5 where neither --sentinel, nor --frame-count, nor a parameter file says when]", HelpName = "s" };
    private readonly Option<double> _interval = new("--interval") { Description = "Time between two looks.", HelpName = "s", DefaultValueFactory = static _ => 1 };
    private readonly Option<double> _patience = new("--patience") { Description = "Time after which a series that is not whole is warned of.", HelpName = "s", DefaultValueFactory = static _ => 60 };
    private readonly Option<int> _throttle = new("--throttle") { Description = "Series at the same time.", HelpName = "n", DefaultValueFactory = static _ => 1 };
    private readonly Option<bool> _once = new("--once") { Description = "End when all that is there is dealt with; exit code 1 where a series failed, 3 where one is not whole." };
    private readonly Option<bool> _retry = new("--retry-failed") { Description = "Run series again whose last run failed." };
    private readonly Option<string?> _journal = new("--journal") { Description = "The journal. [watch-folder.jsonl in the folder]", HelpName = "file" };
    private readonly Option<string?> _metrics = new("--metrics") { Description = "Write metrics as Prometheus reads them from a text file.", HelpName = "file" };
    private readonly Option<string?> _destination = new("--destination") { Description = "Folder of the results of series without a parameter file, each in a folder as it lies below the watched one. [results beside the frames]", HelpName = "folder" };
    private readonly Option<string?> _prm = new("--prm") { Description = "Parameters of series without a parameter file. [what their files, the microscope and the program say]", HelpName = "file" };
    private readonly Option<string?> _microscope = new("--microscope") { Description = "Microscope of series without a parameter file. [one that is usual for the voltage]", HelpName = "name" };
    private readonly Option<bool> _nonlinear = new("--nonlinear") { Description = "Refine by the full image model after the linear iterations." };
    private readonly Option<string?> _service = new("--as-service") { Description = "Print the text by which Systemd or Windows starts this watch, and end.", HelpName = "system" };
    private readonly SetOption _set = new();
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly Option<bool> _json = new("--json") { Description = "Print each series as a line of JSON; an error that ends the watch is one line too." };
    private readonly Option<bool> _silent = CommonOptions.Quiet();

    /// <summary>Creates the command.</summary>
    public static Command Create(Host host)
    {
        var command = new Command(Name, "Reconstruct every series that appears in a folder, once it is complete.");
        var watch = new WatchCommand();
        command.Arguments.Add(watch._folder);
        foreach (Option option in (Option[])[
            watch._filter, watch._sentinel, watch._frames, watch._quiet, watch._interval, watch._patience, watch._throttle, watch._once, watch._retry, watch._journal, watch._metrics,
            watch._destination, watch._prm, watch._microscope, watch._nonlinear, watch._service, watch._threads, watch._json, watch._silent])
        {
            command.Options.Add(option);
        }

        watch._set.AddTo(command);
        command.SetAction(parsed => watch.Run(parsed, host));
        return command;
    }

    private int Run(ParseResult parsed, Host host)
    {
        string folder = Path.GetFullPath(parsed.GetRequiredValue(_folder));
        if (parsed.GetValue(_service) is { } system)
        {
            IReadOnlyList<string> command = [Environment.ProcessPath ?? "fsrec", .. Arguments(parsed, folder)];
            Console.Out.Write(system.ToUpperInvariant() switch
            {
                "SYSTEMD" => ServiceText.Systemd(command, folder),
                "WINDOWS" => ServiceText.Windows(command, folder),
                _ => throw new UsageException($"--as-service takes Systemd or Windows; found '{system}'."),
            });
            return ExitCode.Done;
        }

        using var report = new ConsoleReport(parsed.GetValue(_silent), host);
        RunContext context = report.Context(parsed.GetValue(_threads)) with { Progress = null };
        bool json = parsed.GetValue(_json);
        WatchSummary summary = FolderWatch.Run(
            Options(parsed, folder),
            series => Console.Out.WriteLine(json ? series.ToJson() : series.ToString()),
            context);
        context.Message?.Invoke(RunMessage.Detail(summary.ToString()));
        return summary.Failed > 0 ? ExitCode.Failed : summary.Incomplete > 0 ? ExitCode.Doubtful : ExitCode.Done;
    }

    private WatchOptions Options(ParseResult parsed, string folder) => new()
    {
        Folder = folder,
        Filter = parsed.GetRequiredValue(_filter),
        Sentinel = parsed.GetValue(_sentinel),
        FrameCount = parsed.GetValue(_frames) is < 1 and var few ? throw new UsageException($"{_frames.Name} takes a number of frames, 1 or more; found '{few}'.") : parsed.GetValue(_frames),
        Quiet = parsed.GetValue(_quiet) is { } quiet ? Time(_quiet, quiet) : null,
        Interval = Time(_interval, parsed.GetValue(_interval)),
        Patience = Time(_patience, parsed.GetValue(_patience)),
        ThrottleLimit = parsed.GetValue(_throttle) is >= 1 and var many ? many : throw new UsageException($"{_throttle.Name} takes a number of series, 1 or more."),
        Once = parsed.GetValue(_once),
        RetryFailed = parsed.GetValue(_retry),
        Journal = parsed.GetValue(_journal),
        Metrics = parsed.GetValue(_metrics),
        Destination = parsed.GetValue(_destination) is { } place ? Path.GetFullPath(place) : null,
        Parameters = parsed.GetValue(_prm) is { } file ? ParameterFile.Read(file) : null,
        Microscope = parsed.GetValue(_microscope) is { } name ? MicroscopePresets.Find(name) : null,
        Values = _set.Read(parsed),
        Run = new RunOptions { MeasureResolution = true, Method = parsed.GetValue(_nonlinear) ? RestorationMethod.Nonlinear : null },
    };

    private static TimeSpan Time(Option option, double seconds) => seconds is >= 0.01 and <= 1e6
        ? TimeSpan.FromSeconds(seconds)
        : throw new UsageException(FormattableString.Invariant($"{option.Name} takes seconds, 0.01 to 1000000; found '{seconds}'."));

    // The same command line with the folder in full and without the option that asks for its text.
    private IEnumerable<string> Arguments(ParseResult parsed, string folder)
    {
        string[] words = [.. parsed.Tokens.Select(static t => t.Value)];
        string given = parsed.GetRequiredValue(_folder);
        bool named = false;
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i] == _service.Name)
            {
                i++;
            }
            else if (words[i] == given && !named && i > 0)
            {
                named = true;
                yield return folder;
            }
            else
            {
                yield return words[i];
            }
        }

        if (!named)
        {
            yield return folder;
        }
    }
}
