using System.Management.Automation;
using FsRec.Alignment;
using FsRec.Formats;
using FsRec.Results;
using FsRec.Runs;

namespace FsRec.PowerShell.Commands;

/// <summary>Writes exit waves; of a reconstruction also the filtered wave and the displacements.</summary>
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
            Save(Reconstruction, [.. Results(Reconstruction, files)]);
        }
    }

    private IEnumerable<OutputFile> Results(Reconstruction reconstruction, OutputFiles files)
    {
        yield return new(files.Wave, "exit wave", file => WaveFile.Write(file, reconstruction.Wave));
        yield return new(files.FilteredWave, "filtered exit wave", file => WaveFile.Write(file, reconstruction.FilteredWave));
        yield return new(files.Displacements, "displacements", file => DisplacementFile.Write(file, reconstruction.Displacements));
        if (reconstruction.Series.Parameters.Linear.SaveAligned)
        {
            foreach ((int index, float[] pixels) in AlignedFrames.Enumerate(reconstruction.Aligned, StopToken))
            {
                yield return new(
                    files.AlignedFrame(reconstruction.Series.ImageNumbers[index]), "aligned frame", file => RawFrameFile.Write(file, pixels));
            }
        }
    }
}
