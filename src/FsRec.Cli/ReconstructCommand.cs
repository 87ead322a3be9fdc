using System.CommandLine;
using FsRec.Focus;
using FsRec.Parameters;
using FsRec.Runs;

namespace FsRec.Cli;

/// <summary><c>fsrec --prm FILE</c>: what PyFSRec does, with its options.</summary>
internal sealed class ReconstructCommand
{
    private readonly Option<string> _prm = new("--prm") { Description = "Parameter file of the run.", HelpName = "file" };
    private readonly Option<int?> _iterations = new("--liniter", "--linitier") { Description = "Number of linear iterations, instead of LinearIterations.", HelpName = "n" };
    private readonly Option<bool> _usePrevious = new("--useprevious") { Description = "Continue from the output of a previous run." };
    private readonly Option<bool> _prealignOnly = new("--prealignonly") { Description = "End after the pre-alignment." };
    private readonly Option<bool> _stepAnalysis = new("--stepanalysis") { Description = "Analyse the focus steps of a previous output; with --useprevious after further iterations." };
    private readonly Option<bool> _autofocus = new("--autofocus") { Description = "Find the focus of least contrast of a previous output and correct it." };
    private readonly Option<AutofocusCriterion> _criterion = new("--criterion") { Description = "Contrast that the autofocus makes least: RealPart (the documentation's) or Intensity (the published program's).", HelpName = "which" };
    private readonly Option<int?> _boxcar = new("--boxcar") { Description = "Write sums of m neighbouring frames after the alignment, and end.", HelpName = "m" };
    private readonly Option<bool> _nonlinear = new("--nonlinear") { Description = "Refine wave, displacements and foci by the full image model after the linear iterations." };
    private readonly Option<bool> _resume = new("--resume") { Description = "Take up a run that was stopped; it starts from the beginning where none was." };
    private readonly Option<bool> _showArea = new("--showarea") { Description = "Write the first frame with the reference area marked, as PNG." };
    private readonly Option<bool> _showAlignment = new("--showalignment") { Description = "Write pictures and a table of the correlation peaks." };
    private readonly Option<bool> _debug = new("--debug") { Description = "Write every intermediate, with an index." };
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<bool> _quiet = CommonOptions.Quiet();

    /// <summary>Adds the options and the action to the root command.</summary>
    public static void AddTo(RootCommand root, CancellationToken cancellationToken)
    {
        var command = new ReconstructCommand();
        foreach (Option option in (Option[])[
            command._prm, command._iterations, command._usePrevious, command._prealignOnly, command._stepAnalysis, command._autofocus,
            command._criterion, command._boxcar, command._nonlinear, command._resume, command._showArea, command._showAlignment, command._debug, command._threads,
            command._json, command._quiet])
        {
            root.Options.Add(option);
        }

        root.SetAction(parsed => command.Run(parsed, cancellationToken));
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_prm) is not { Length: > 0 } path)
        {
            return Misused("no parameter file was given: fsrec --prm FILE. To see it work without one: fsrec demo.");
        }

        if (parsed.GetValue(_iterations) is < 0)
        {
            return Misused("--liniter takes a number of iterations, 0 or more.");
        }

        if (parsed.GetValue(_boxcar) is < 1)
        {
            return Misused("--boxcar takes a number of frames a sum, 1 or more.");
        }

        using var report = new ConsoleReport(parsed.GetValue(_quiet));
        ParameterFileResult read = ParameterFile.Load(path);
        report.Tell(read.Warnings);
        var options = new RunOptions
        {
            Iterations = parsed.GetValue(_iterations),
            UsePrevious = parsed.GetValue(_usePrevious),
            PrealignOnly = parsed.GetValue(_prealignOnly),
            StepAnalysis = parsed.GetValue(_stepAnalysis),
            Autofocus = parsed.GetValue(_autofocus),
            AutofocusCriterion = parsed.GetValue(_criterion),
            Boxcar = parsed.GetValue(_boxcar),
            Method = parsed.GetValue(_nonlinear) ? RestorationMethod.Nonlinear : null,
            Resume = parsed.GetValue(_resume),
            ShowArea = parsed.GetValue(_showArea),
            ShowAlignment = parsed.GetValue(_showAlignment),
            Debug = parsed.GetValue(_debug),
        };
        RunResult result = ReconstructionRun.Run(read.GetParameters(), options, report.Context(parsed.GetValue(_threads), cancellationToken));
        report.Dispose();
        Summary.Write(RunSummary.Of(result), parsed.GetValue(_json));
        return ExitCode.Done;
    }

    private static int Misused(string problem)
    {
        Console.Error.WriteLine("fsrec: " + problem);
        return ExitCode.Usage;
    }
}
