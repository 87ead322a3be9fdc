using System.Management.Automation;
using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Runs;

namespace FsRec.PowerShell.Commands;

/// <summary>Reads exit waves.</summary>
[Cmdlet(VerbsData.Import, "FsrWave", DefaultParameterSetName = PathSet)]
[OutputType(typeof(ExitWave))]
public sealed class ImportFsrWaveCommand : FsrInputFileCmdlet
{
    private const string ParameterSet = "Parameter";

    /// <summary>Parameters of an earlier run, whose wave is read.</summary>
    [Parameter(ParameterSetName = ParameterSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Parameters")]
    public ReconstructionParameters? Parameter { get; set; }

    /// <summary>Shape and scale of the wave, or what has them: parameters, a series, another wave. A file cannot be read without it.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [CalibrationArgument]
    public Calibration? Calibration { get; set; }

    /// <summary>Read the filtered wave of the earlier run.</summary>
    [Parameter(ParameterSetName = ParameterSet)]
    public SwitchParameter Filtered { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if ((Calibration ?? Parameter?.Image.Calibration) is not { } calibration)
        {
            ThrowTerminatingError(ErrorRecords.Create(
                "CalibrationMissing", ErrorCategory.InvalidArgument, null, "A wave file has no header: give its shape and scale with Calibration."));
            return;
        }

        foreach (string file in ParameterSetName == ParameterSet ? [Earlier(Parameter!)] : InputFiles())
        {
            if (TryRun(file, _ => WaveFile.Read(file, calibration)) is { } wave)
            {
                WriteResult(wave);
            }
        }
    }

    private string Earlier(ReconstructionParameters parameters)
    {
        var files = OutputFiles.Of(parameters);
        return Filtered ? files.FilteredWave : files.Wave;
    }
}
