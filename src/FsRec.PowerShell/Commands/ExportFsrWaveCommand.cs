using System.Management.Automation;
using FsRec.Alignment;
using FsRec.Formats;
using FsRec.Formats.Export;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;

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

    /// <summary>The wave file; the others get its name with their endings, and a folder keeps OUTPUTFILENAME; without it OUTPUTFILENAME.wav in OUTPUTPATH. Its ending says the format: .wav is PyFSRec's, .tif, .mrc, .npy, .hspy and .emd are other programs'.</summary>
    [Parameter(ParameterSetName = ReconstructionSet, Position = 0)]
    [Parameter(ParameterSetName = WaveSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>How complex numbers are written: as they are, or as amplitude and phase in two images; a pair of images in TIFF, which has no complex numbers.</summary>
    [Parameter]
    public WaveRepresentation Representation { get; set; }

    private string Ending => Path is not null && ImageExport.IsKnown(Path) ? System.IO.Path.GetExtension(Path) : ".wav";

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (ParameterSetName == WaveSet)
        {
            if (FsrPaths.Target(this, Path!) is { } path)
            {
                Save(Wave, [new OutputFile(path, "exit wave", file => Write(file, Wave!, new Provenance(null, [], "exit wave")))]);
            }
        }
        else if (ResultFiles.Find(this, Reconstruction!.Series.Parameters, Path, Ending) is { } files)
        {
            Save(Reconstruction, [.. Results(Reconstruction, files)]);
        }
    }

    private IEnumerable<OutputFile> Results(Reconstruction reconstruction, OutputFiles files)
    {
        FocalSeries series = reconstruction.Series;
        yield return new(
            files.WithEnding(Ending), "exit wave", file => Write(file, reconstruction.Wave, SeriesExport.ProvenanceOf(series, "exit wave")));
        yield return new(
            files.WithEnding("_filt" + Ending), "filtered exit wave", file => Write(file, reconstruction.FilteredWave, SeriesExport.ProvenanceOf(series, "filtered exit wave")));
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

    private void Write(string file, ExitWave wave, Provenance provenance) => ImageExport.WriteWave(file, wave, provenance, Representation);
}
