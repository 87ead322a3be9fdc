using System.Management.Automation;
using FsRec.Focus;
using FsRec.Rendering;
using FsRec.Resolution;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.PowerShell.Commands;

/// <summary>Writes plots of what has a history: drift, convergence, foci, autofocus, chi-square, uncertainty, transfer, resolution.</summary>
[Cmdlet(VerbsData.Export, "FsrPlot", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo), typeof(object))]
public sealed class ExportFsrPlotCommand : FsrOutputFileCmdlet
{
    private static readonly Type[] Plotted =
    [
        typeof(Reconstruction), typeof(AlignedSeries), typeof(FocalSeries), typeof(FocusStepAnalysis), typeof(AutofocusResult), typeof(ResolutionMeasurement), typeof(RunResult),
    ];

    /// <summary>A reconstruction, an aligned or a plain series, or what Measure-FsrFocusStep, Invoke-FsrAutofocus, Measure-FsrResolution or Invoke-FsrRun put out.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    [RealObject]
    public PSObject? InputObject { get; set; }

    /// <summary>Beginning of the files' names, or a folder; without it OUTPUTFILENAME in OUTPUTPATH. The ending .svg or .png says the format too.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>What is plotted; without it all that the input has.</summary>
    [Parameter(Position = 1)]
    public PlotKind[]? Kind { get; set; }

    /// <summary>PNG, SVG or both; without it SVG, or what the path ends with.</summary>
    [Parameter]
    [ValidateSet("Png", "Svg")]
    public string[]? Format { get; set; }

    /// <summary>Size of a PNG in px a unit of the plot, which is 640 units wide.</summary>
    [Parameter]
    [ValidateBounds(0.25, 10)]
    [NumberArgument]
    public double Scale { get; set; } = 2;

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (!FileSuffix.IsKnown(this, Path, [".svg", ".png"]))
        {
            return;
        }

        object input = InputObject!.BaseObject;
        if (Plots(input) is not { } plots)
        {
            WriteError(ErrorRecords.Create(
                "NothingToPlot",
                ErrorCategory.InvalidArgument,
                input,
                $"Export-FsrPlot takes {ObjectWords.Wanted(Plotted)}; this is {ObjectWords.Of(input)}."));
            return;
        }

        string given = System.IO.Path.GetExtension(Path ?? "");
        string ending = given.ToUpperInvariant() is ".SVG" or ".PNG" ? given : ".svg";
        string[] endings = Format is { } formats ? [.. formats.Select(static f => f == "Png" ? ".png" : ".svg").Distinct()] : [ending.Equals(".png", StringComparison.OrdinalIgnoreCase) ? ".png" : ".svg"];
        if (ResultFiles.Find(this, plots.Series.Parameters, Path, ending) is not { } target)
        {
            return;
        }

        List<OutputFile> files = [];
        foreach (PlotKind kind in Kind?.Distinct() ?? plots.Kinds)
        {
            if (!plots.Kinds.Contains(kind))
            {
                WriteError(ErrorRecords.Create(
                    "NothingToPlot", ErrorCategory.InvalidArgument, input, $"Of {ObjectWords.Of(input)} there is no plot of kind {kind}, but of {string.Join(", ", plots.Kinds)}."));
                continue;
            }

#pragma warning disable CA1308 // Names of files are written in small letters.
            string name = plots.Name ?? kind.ToString().ToLowerInvariant();
#pragma warning restore CA1308
            files.AddRange(endings.Select(end => new OutputFile(target.WithEnding("_" + name + end), name, path => plots.Draw(kind).Save(path, Scale))));
        }

        if (files.Count > 0)
        {
            Save(InputObject, files);
        }
    }

    private static Source? Plots(object input) => input switch
    {
        AutofocusResult autofocus => new Source(autofocus.Reconstruction.Series, [PlotKind.Autofocus], _ => Rendering.Plots.Of(autofocus)),
        FocusStepAnalysis analysis => new Source(analysis.Reconstruction.Series, [PlotKind.Focus], _ => Rendering.Plots.Of(analysis)) { Name = "steps" },
        ResolutionMeasurement resolution => new Source(resolution.Series, [PlotKind.Resolution], _ => Rendering.Plots.Of(resolution)),
        RunResult { Reconstruction: { } reconstruction } => Source.Of(reconstruction),
        RunResult run => Source.Of(run.Aligned),
        Reconstruction reconstruction => Source.Of(reconstruction),
        AlignedSeries aligned => Source.Of(aligned),
        FocalSeries series => new Source(series, [PlotKind.Transfer], _ => Rendering.Plots.Transfer(series)),
        _ => null,
    };

    private sealed record Source(FocalSeries Series, IReadOnlyList<PlotKind> Kinds, Func<PlotKind, Figure> Draw)
    {
        // Beside the foci of the reconstruction, which are another plot of the same kind.
        public string? Name { get; init; }

        public static Source Of(Reconstruction reconstruction) =>
            new(reconstruction.Series, Rendering.Plots.KindsOf(reconstruction), kind => Rendering.Plots.Of(reconstruction, kind));

        public static Source Of(AlignedSeries aligned) => new(
            aligned.Series,
            [PlotKind.Drift, PlotKind.Transfer],
            kind => kind == PlotKind.Drift ? Rendering.Plots.Drift(aligned) : Rendering.Plots.Transfer(aligned.Series));
    }
}
