using System.Management.Automation;
using FsRec.Formats.Export;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;

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
    [PipelineArgument(typeof(ExportFsrWaveCommand))]
    public Reconstruction? Reconstruction { get; set; }

    /// <summary>A wave by itself.</summary>
    [Parameter(ParameterSetName = WaveSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [RealObject]
    [PipelineArgument(typeof(ExportFsrWaveCommand))]
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
        if (!FileSuffix.IsKnown(this, Path, [".wav", .. ImageExport.Suffixes]))
        {
            return;
        }

        if (ParameterSetName == WaveSet)
        {
            if (FsrPaths.Target(this, Path!) is { } path)
            {
                Save(Wave, [new OutputFile(path, "exit wave", file => Write(file, Wave!, new Provenance(null, [], "exit wave")))]);
            }
        }
        else if (ResultFiles.Find(this, Reconstruction!.Series.Parameters, Path, Ending) is { } files)
        {
            Reconstruction reconstruction = Reconstruction;
            Save(
                reconstruction,
                [.. ReconstructionOutputs.Of(reconstruction, files, StopToken).Select(output => InFormat(output, reconstruction, files))],
                (wanted, monitor) => ReconstructionOutputs.Save(wanted, files, reconstruction.Series, MyInvocation.MyCommand.Name, Force, monitor.Context(0)));
        }
    }

    /// <summary>The same file, the waves in the format that was asked for.</summary>
    private OutputFile InFormat(OutputFile output, Reconstruction reconstruction, OutputFiles files)
    {
        (string ending, ExitWave? wave) = output.Path == files.Wave ? (Ending, reconstruction.Wave)
            : output.Path == files.FilteredWave ? ("_filt" + Ending, reconstruction.FilteredWave) : ("", null);
        if (wave is null)
        {
            return output;
        }

        return new OutputFile(
            files.WithEnding(ending), output.Content, file => Write(file, wave, SeriesExport.ProvenanceOf(reconstruction.Series, output.Content)))
        {
            Suffix = Ending,
        };
    }

    private void Write(string file, ExitWave wave, Provenance provenance) => ImageExport.WriteWave(file, wave, provenance, Representation);
}
