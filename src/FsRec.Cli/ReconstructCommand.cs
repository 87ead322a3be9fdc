using System.CommandLine;
using FsRec.Focus;
using FsRec.Parameters;
using FsRec.Runs;

namespace FsRec.Cli;

/// <summary><c>fsrec --prm FILE</c>: what PyFSRec does, with its options.</summary>
internal sealed class ReconstructCommand
{
    private readonly Option<string> _prm = new("--prm") { Description = "Parameter file of the run.", HelpName = "file" };
    private readonly Option<int?> _iterations = new("--liniter", "--linitier") { Description = "Number of linear iterations; with fewer than LinearIterations there is no warning NotConverged. [LinearIterations of the parameter file]", HelpName = "n" };
    private readonly Option<bool> _usePrevious = new("--useprevious") { Description = "Continue from the output of a previous run." };
    private readonly Option<bool> _prealignOnly = new("--prealignonly") { Description = "End after the pre-alignment." };
    private readonly Option<bool> _stepAnalysis = new("--stepanalysis") { Description = "Analyse the focus steps of a previous output; with --useprevious after further iterations." };
    private readonly Option<bool> _autofocus = new("--autofocus") { Description = "Find the focus of least contrast of a previous output and correct it." };
    private readonly Option<AutofocusCriterion> _criterion = new("--criterion") { Description = "Contrast that the autofocus makes least: RealPart (the documentation's) or Intensity (the published program's).", HelpName = "which", DefaultValueFactory = static _ => AutofocusCriterion.RealPart };
    private readonly Option<int?> _boxcar = new("--boxcar") { Description = "Write sums of m neighbouring frames after the alignment, and end.", HelpName = "m" };
    private readonly Option<int?> _crossValidate = new("--crossvalidate") { Description = "Leave every k-th frame out, reconstruct from the others, predict what was left out, and end.", HelpName = "k" };
    private readonly Option<bool> _nonlinear = new("--nonlinear") { Description = "Refine wave, displacements and foci by the full image model after the linear iterations." };
    private readonly Option<bool> _resume = new("--resume") { Description = "Take up a run that was stopped, with the options that it had; it starts from the beginning where none was." };
    private readonly Option<bool> _showArea = new("--showarea") { Description = "Write the first frame with the reference area marked, as PNG." };
    private readonly Option<bool> _showAlignment = new("--showalignment") { Description = "Write pictures and a table of the correlation peaks." };
    private readonly Option<bool> _force = new("--force") { Description = "Replace read-only results, and run even where the memory does not seem to suffice." };
    private readonly Option<bool> _report = new("--report") { Description = "Write what was found as one HTML page, OUTPUTFILENAME_report.html." };
    private readonly Option<bool> _debug = new("--debug") { Description = "Write every intermediate, with an index." };
    private readonly SetOption _set = new();
    private readonly SaveOption _save = new();
    private readonly LogOption _log = new();
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<bool> _quiet = CommonOptions.Quiet();

    /// <summary>Adds the options and the action to the root command.</summary>
    public static void AddTo(RootCommand root, Host host)
    {
        var command = new ReconstructCommand();
        foreach (Option option in (Option[])[
            command._prm, command._iterations, command._usePrevious, command._prealignOnly, command._stepAnalysis, command._autofocus,
            command._criterion, command._boxcar, command._crossValidate, command._nonlinear, command._resume, command._showArea, command._showAlignment, command._report, command._debug, command._force, command._threads,
            command._json, command._quiet])
        {
            root.Options.Add(option);
        }

        command._set.AddTo(root);
        command._save.AddTo(root);
        command._log.AddTo(root);

        root.SetAction(parsed => command.Run(parsed, host));
    }

    private int Run(ParseResult parsed, Host host)
    {
        if (parsed.GetValue(_prm) is not { Length: > 0 } path)
        {
            throw new UsageException("no parameter file was given: fsrec --prm FILE. To see it work without one: fsrec demo.");
        }

        if (Problem(parsed) is { } problem)
        {
            throw new UsageException(problem);
        }

        bool json = parsed.GetValue(_json);
        _log.Open(parsed, json, host);
        using var report = new ConsoleReport(parsed.GetValue(_quiet), host);
        RunContext context = report.Context(parsed.GetValue(_threads));
        ParameterFileResult read = ParameterFile.Load(path);
        ParameterFileResult changed = _set.Apply(parsed, read.GetParameters());
        ReconstructionParameters parameters = changed.GetParameters();
        bool reports = parsed.GetValue(_report);
        var options = new RunOptions
        {
            Iterations = parsed.GetValue(_iterations),
            UsePrevious = parsed.GetValue(_usePrevious),
            PrealignOnly = parsed.GetValue(_prealignOnly),
            StepAnalysis = parsed.GetValue(_stepAnalysis),
            Autofocus = parsed.GetValue(_autofocus),
            AutofocusCriterion = parsed.GetValue(_criterion),
            Boxcar = parsed.GetValue(_boxcar),
            CrossValidate = parsed.GetValue(_crossValidate),
            Method = parsed.GetValue(_nonlinear) ? RestorationMethod.Nonlinear : null,
            Resume = parsed.GetValue(_resume),
            Saved = _save.Documents(parsed),
            MeasureResolution = true,
            Documents = reports ? [ReportDocument.Of(OutputFiles.Of(parameters).Report, host.Journal, CommandText.Of(parsed))] : [],
            ShowArea = parsed.GetValue(_showArea),
            ShowAlignment = parsed.GetValue(_showAlignment),
            Debug = parsed.GetValue(_debug),
            Force = parsed.GetValue(_force),
        };
        // What is doubtful about values is no news of a run that cannot be.
        RunContext patient = context with { Accepted = () => report.Tell(read.Warnings.Concat(changed.Warnings)) };
        RunResult result = ReconstructionRun.Run(parameters, options, patient);
        if (reports && result.Reconstruction is null)
        {
            context.Message?.Invoke(RunMessage.Warning(WarningIds.NothingToReport, "the run ended before a reconstruction; there is nothing to report."));
        }

        report.Dispose();
        if (!_log.IsOutput(parsed))
        {
            Summary.Write(result.GetRecord(), result.Files, json);
        }

        return result.IsDoubtful ? ExitCode.Doubtful : ExitCode.Done;
    }

    private string? Problem(ParseResult parsed) =>
        parsed.GetValue(_iterations) is < 0 and var few ? $"{_iterations.Name} takes a number of iterations, 1 or more, or 0 to take a wave that is there as it is; found '{few}'."
        : parsed.GetValue(_boxcar) is < 1 and var size ? $"{_boxcar.Name} takes a number of frames a sum, 1 or more; found '{size}'."
        : parsed.GetValue(_crossValidate) is < 2 and var every ? $"{_crossValidate.Name} takes a number, 2 or more: every so many-th frame is left out; found '{every}'."
        : _save.Problem(parsed);
}
