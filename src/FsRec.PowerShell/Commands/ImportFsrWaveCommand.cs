using System.Management.Automation;
using FsRec.Formats.Export;
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
    [ParametersArgument]
    public ReconstructionParameters? Parameter { get; set; }

    /// <summary>Shape and scale of the wave, or what has them: parameters, a series, another wave; without it those of the file, or, for one of PyFSRec's, which has none, those of the _run.json beside it that names it.</summary>
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
        foreach (string file in ParameterSetName == ParameterSet ? [Earlier(Parameter!)] : InputFiles())
        {
            if (TryRun(file, _ => WaveImport.Read(file, Calibration ?? Parameter?.Image.Calibration ?? WaveShape.Beside(file))) is { } wave)
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
