using System.Collections;
using System.Management.Automation;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.PowerShell.Commands;

/// <summary>Reads the frames that parameters name.</summary>
[Cmdlet(VerbsData.Import, "FocalSeries", DefaultParameterSetName = PathSet)]
[OutputType(typeof(FocalSeries))]
public sealed class ImportFocalSeriesCommand : FsrInputFileCmdlet
{
    private const string ParameterSet = "Parameter";

    /// <summary>Parameters, as Import-FsrParameter gives them.</summary>
    [Parameter(ParameterSetName = ParameterSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Parameters")]
    public ReconstructionParameters? Parameter { get; set; }

    /// <summary>Values by key that replace those of the parameters.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(KeyCompleter))]
    public IDictionary? Set { get; set; }

    /// <summary>Defocus of each image in nm, as Import-FsrFocus gives them, instead of the parameters' foci.</summary>
    [Parameter]
    public FrameFocus[]? Focus { get; set; }

    /// <inheritdoc />
    protected override KeyStages Stages => KeyStages.All;

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ParameterSet && Parameter is not null)
        {
            Read(ParameterImport.Override(this, Parameter, Changes(Set), Parameter), Parameter);
        }

        foreach (string file in InputFiles())
        {
            Read(ParameterImport.Read(this, file, Changes(Set)), file);
        }
    }

    private void Read(ReconstructionParameters? parameters, object target)
    {
        if (parameters is null)
        {
            return;
        }

        FocalSeries? series = TryRun(target, monitor => Focused(SeriesReader.Read(parameters, monitor, monitor.CancellationToken)));
        if (series is not null)
        {
            WriteResult(series);
        }
    }

    private FocalSeries Focused(FocalSeries series)
    {
        if (Focus is null)
        {
            return series;
        }

        return Focus.Select(static focus => focus.ImageNumber).SequenceEqual(series.ImageNumbers)
            ? series.WithFoci([.. Focus.Select(static focus => focus.Defocus)])
            : throw new FsRecException(
                $"The {Focus.Length} foci belong to other images than the {series.Count} of the series. Was Range changed since?");
    }
}
