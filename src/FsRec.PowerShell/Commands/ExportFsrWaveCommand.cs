using System.Management.Automation;
using FsRec.Formats;
using FsRec.Results;
using FsRec.Runs;

namespace FsRec.PowerShell.Commands;

/// <summary>Writes exit waves; of a reconstruction everything that a run leaves of one: the filtered wave, displacements, refined foci and uncertainty too.</summary>
[Cmdlet(VerbsData.Export, "FsrWave", SupportsShouldProcess = true, DefaultParameterSetName = ReconstructionSet)]
[OutputType(typeof(FileInfo), typeof(Reconstruction), typeof(ExitWave))]
public sealed class ExportFsrWaveCommand : FsrOutputFileCmdlet
{
    private const string ReconstructionSet = "Reconstruction";
    private const string WaveSet = "Wave";

    /// <summary>The reconstruction.</summary>
    [Parameter(ParameterSetName = ReconstructionSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ReconstructionArgument]
    public Reconstruction? Reconstruction { get; set; }

    /// <summary>A wave by itself.</summary>
    [Parameter(ParameterSetName = WaveSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public ExitWave? Wave { get; set; }

    /// <summary>The wave file; the others get its name with their endings, and a folder keeps OUTPUTFILENAME; without it OUTPUTFILENAME.wav in OUTPUTPATH.</summary>
    [Parameter(ParameterSetName = ReconstructionSet, Position = 0)]
    [Parameter(ParameterSetName = WaveSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (ParameterSetName == WaveSet)
        {
            if (FsrPaths.Target(this, Path!) is { } path)
            {
                Save(Wave, [new OutputFile(path, "exit wave", file => WaveFile.Write(file, Wave!))]);
            }
        }
        else if (ResultFiles.Find(this, Reconstruction!.Series.Parameters, Path, ".wav") is { } files)
        {
            Reconstruction reconstruction = Reconstruction;
            Save(
                reconstruction,
                [.. ReconstructionOutputs.Of(reconstruction, files, StopToken)],
                (wanted, monitor) => ReconstructionOutputs.Save(wanted, files, reconstruction.Series, MyInvocation.MyCommand.Name, Force, monitor.Context(0)));
        }
    }
}
