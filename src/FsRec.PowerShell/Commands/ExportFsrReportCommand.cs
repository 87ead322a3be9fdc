using System.Management.Automation;
using FsRec.Focus;
using FsRec.Reports;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Sweeps;

namespace FsRec.PowerShell.Commands;

/// <summary>Writes what a run, a reconstruction or a sweep found as one page that needs no other file.</summary>
[Cmdlet(VerbsData.Export, "FsrReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo), typeof(object))]
public sealed class ExportFsrReportCommand : FsrOutputFileCmdlet
{
    private const string Ending = ".html";
    private static readonly Type[] Reported = [typeof(RunResult), typeof(Reconstruction), typeof(AutofocusResult), typeof(FocusStepAnalysis), typeof(SweepRow)];
    private readonly List<SweepRow> _rows = [];

    /// <summary>What Invoke-FsrRun, Invoke-FsrReconstruction or Invoke-FsrAutofocus put out, or the rows of Invoke-FsrSweep, which make one report.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    [RealObject]
    public PSObject? InputObject { get; set; }

    /// <summary>The file, or a folder; without it OUTPUTFILENAME_report.html in OUTPUTPATH.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The parameter file of the run, from which the report tells where each value came from; without it the report lists values alone.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ParameterFile { get; set; }

    /// <summary>Leave out the comparison of two halves, which tells the resolution.</summary>
    [Parameter]
    public SwitchParameter NoResolution { get; set; }

    /// <summary>Threads to use; 0 for one a processor. The result does not depend on it.</summary>
    [Parameter]
    [ValidateRange(0, 1024)]
    [NumberArgument(IsWhole = true)]
    public int Threads { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (!FileSuffix.IsKnown(this, Path, [".html", ".htm"]))
        {
            return;
        }

        switch (InputObject!.BaseObject)
        {
            case SweepRow row:
                _rows.Add(row);
                break;
            case RunResult { Reconstruction: not null } run:
                Save(run);
                break;
            case AutofocusResult autofocus:
                Save(Result(autofocus.Reconstruction) with { Autofocus = autofocus });
                break;
            case FocusStepAnalysis analysis:
                Save(Result(analysis.Reconstruction) with { StepAnalysis = analysis });
                break;
            case Reconstruction reconstruction:
                Save(Result(reconstruction));
                break;
            case var other:
                WriteError(ErrorRecords.Create(
                    "NothingToReport",
                    ErrorCategory.InvalidArgument,
                    other,
                    other is RunResult
                        ? "This is a run that ended before a reconstruction; there is nothing to report of it."
                        : $"Export-FsrReport takes {ObjectWords.Wanted(Reported)}; this is {ObjectWords.Of(other)}."));
                break;
        }
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        if (_rows.Count > 0 && Target(_rows[0].Parameters, Path ?? System.IO.Path.GetDirectoryName(_rows[0].OutputFolder), "_sweep") is { } file)
        {
            Save(_rows[0], [new OutputFile(file, "report of the sweep", path => SweepReport.Write(path, _rows, Threads, StopToken))]);
        }
    }

    private static RunResult Result(Reconstruction reconstruction) => new() { Aligned = reconstruction.Aligned, Reconstruction = reconstruction, Files = [] };

    private void Save(RunResult run)
    {
        if (Target(run.Reconstruction!.Series.Parameters, Path, "_report") is not { } file)
        {
            return;
        }

        var options = new ReportOptions
        {
            ParameterFile = ParameterFile is null ? null : FsrPaths.Target(this, ParameterFile),
            MeasureResolution = !NoResolution,
            Threads = Threads,
        };
        // Beside the results of the run it is one of them.
        var files = new OutputFiles(System.IO.Path.GetDirectoryName(file)!, run.Reconstruction.Series.Parameters.Files.OutputFileName);
        string? joined = file == files.Report ? run.RunId : null;
        Save(InputObject, [new OutputFile(file, "report", path => RunReport.Write(path, run, options, null, StopToken))], (wanted, monitor) =>
        {
            foreach (OutputFile output in wanted)
            {
                ReconstructionOutputs.SaveDocument(output, joined, files, Force, monitor.Context(Threads));
            }
        });
    }

    // A folder takes the usual name, a file's name is taken as it is.
    private string? Target(Parameters.ReconstructionParameters parameters, string? path, string name)
    {
        if (path is not null && FsrPaths.Target(this, path) is var full && (full is null || !Directory.Exists(full)))
        {
            return full is null || System.IO.Path.HasExtension(full) ? full : full + Ending;
        }

        return ResultFiles.Find(this, parameters, path, Ending)?.WithEnding(name + Ending);
    }
}
