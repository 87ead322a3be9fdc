using System.Management.Automation;
using FsRec.Comparison;
using FsRec.Parameters;
using FsRec.Results;

namespace FsRec.PowerShell.Commands;

/// <summary>Compares waves with a known one, apart from what a focal series cannot tell.</summary>
[Cmdlet(VerbsData.Compare, "FsrWave", DefaultParameterSetName = ReconstructionSet)]
[OutputType(typeof(WaveComparison))]
public sealed class CompareFsrWaveCommand : FsrCmdlet
{
    private const string ReconstructionSet = "Reconstruction";
    private const string WaveSet = "Wave";

    /// <summary>A reconstruction, whose parameters give band and microscope.</summary>
    [Parameter(ParameterSetName = ReconstructionSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ReconstructionArgument]
    [PipelineArgument(typeof(CompareFsrWaveCommand))]
    public Reconstruction? Reconstruction { get; set; }

    /// <summary>A wave by itself, or a simulated series, whose true wave it is.</summary>
    [Parameter(ParameterSetName = WaveSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [WaveArgument]
    [PipelineArgument(typeof(CompareFsrWaveCommand))]
    public ExitWave? Wave { get; set; }

    /// <summary>The wave to compare with, or a simulated series, whose true wave it is.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("ReferenceWave", "Truth")]
    [WaveArgument]
    [PipelineArgument(typeof(CompareFsrWaveCommand))]
    public ExitWave? Reference { get; set; }

    /// <summary>Parameters that give band and microscope for a wave by itself; without them there is no fit of the defocus.</summary>
    [Parameter(ParameterSetName = WaveSet)]
    [ParametersArgument]
    public ReconstructionParameters? Parameter { get; set; }

    /// <summary>Frequencies in 1/nm that count, the lower and the upper; without it those that the parameters reconstruct.</summary>
    [Parameter]
    [ValidateCount(2, 2)]
    [ValidateBounds(0, double.PositiveInfinity, "1/nm")]
    [NumberArgument(IsList = true)]
    public double[]? Band { get; set; }

    /// <summary>Share of rows and of columns about the middle that counts.</summary>
    [Parameter]
    [ValidateBounds(0.01, 1)]
    [NumberArgument]
    public double CentralFraction { get; set; } = new WaveComparisonOptions().CentralFraction;

    /// <summary>Fit a tilt of the illumination as well.</summary>
    [Parameter]
    public SwitchParameter FitTilt { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        ExitWave wave = ParameterSetName == WaveSet ? Wave! : Reconstruction!.Wave;
        ReconstructionParameters? parameters = ParameterSetName == WaveSet ? Parameter : Reconstruction!.Series.Parameters;
        WaveComparison? comparison = TryRun(wave, _ =>
        {
            WaveComparisonOptions options = parameters is null ? new WaveComparisonOptions() : WaveComparisonOptions.From(parameters);
            return WaveComparison.Compare(wave, Reference!, options with
            {
                Band = Band is null ? options.Band : new FrequencyBand(Band[0], Band[1]),
                CentralFraction = CentralFraction,
                FitTilt = FitTilt,
            });
        });
        if (comparison is not null)
        {
            WriteResult(comparison);
        }
    }
}
