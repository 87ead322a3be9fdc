using System.Collections;
using System.Management.Automation;
using FsRec.Parameters;
using FsRec.Watching;

namespace FsRec.PowerShell.Commands;

/// <summary>Reconstructs a series while it is recorded.</summary>
[Cmdlet(VerbsCommon.Watch, "FsrSeries", DefaultParameterSetName = PathSet)]
[OutputType(typeof(SeriesUpdate))]
public sealed class WatchFsrSeriesCommand : FsrInputFileCmdlet
{
    private const string ParameterSet = "Parameter";
    private const double MostSeconds = 1e6;

    /// <summary>Parameters of the whole series, as Import-FsrParameter gives them.</summary>
    [Parameter(ParameterSetName = ParameterSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Parameters")]
    [RealObject]
    public ReconstructionParameters? Parameter { get; set; }

    /// <summary>Values by key that replace those of the parameters.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(KeyCompleter))]
    public IDictionary? Set { get; set; }

    /// <summary>The resolution in nm that is wanted: detail of which the frames tell at least half the power; without it none is asked for.</summary>
    [Parameter]
    [ValidateBounds(0.001, 100, "nm")]
    public double? Resolution { get; set; }

    /// <summary>The error of the wave that is wanted, as a share of its amplitude, such as 0.05; without it none is asked for.</summary>
    [Parameter]
    [ValidateBounds(1e-6, 10)]
    public double? RelativeError { get; set; }

    /// <summary>By how much, as a share, the best further frame has to lower the wave's error for the series not to be enough.</summary>
    [Parameter]
    [ValidateBounds(0, 1)]
    public double LeastGain { get; set; } = new SeriesWatchOptions().LeastGain;

    /// <summary>Seconds from one look for the next frame to the next look.</summary>
    [Parameter]
    [ValidateBounds(0.001, MostSeconds, "s")]
    public double Interval { get; set; } = 0.05;

    /// <summary>Seconds without a new frame after which the series has ended; without it only the number of images ends it.</summary>
    [Parameter]
    [ValidateBounds(0.01, MostSeconds, "s")]
    public double? Quiet { get; set; }

    /// <summary>Threads to use; 0 for one a processor. The result does not depend on it.</summary>
    [Parameter]
    [ValidateBounds(0, 1024)]
    public int Threads { get; set; }

    /// <inheritdoc />
    protected override KeyStages Stages => KeyStages.Import | KeyStages.Reconstruction;

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ParameterSet && Parameter is not null)
        {
            Follow(ParameterImport.Override(this, Parameter, Changes(Set), Parameter), Parameter);
        }

        foreach (string file in InputFiles())
        {
            Follow(ParameterImport.Read(this, file, Changes(Set)), file);
        }
    }

    private void Follow(ReconstructionParameters? parameters, object target)
    {
        if (parameters is null)
        {
            return;
        }

        var options = new SeriesWatchOptions
        {
            Resolution = Resolution,
            RelativeError = RelativeError,
            LeastGain = LeastGain,
            Interval = TimeSpan.FromSeconds(Interval),
            Quiet = Quiet is { } quiet ? TimeSpan.FromSeconds(quiet) : null,
        };
        _ = TryRun(target, monitor =>
        {
            SeriesWatch.Run(parameters, options, update => monitor.Post(() => WriteResult(update)), monitor.Context(Threads));
            return options;
        });
    }
}
