using System.CommandLine;
using FsRec.Formats.Export;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.Cli;

/// <summary><c>--save FILE</c>: the wave in another program's format, beside PyFSRec's files.</summary>
internal sealed class SaveOption
{
    private readonly Option<string[]> _files = new("--save") { Description = "Write the wave for another program as well: name.tif, .mrc, .npy, .hspy or .emd.", HelpName = "file" };

    /// <summary>Adds it to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(_files);

    /// <summary>What is wrong with it; <see langword="null"/> when nothing is.</summary>
    public string? Problem(ParseResult parsed) => Array.Find(parsed.GetValue(_files) ?? [], static file => !ImageExport.IsKnown(file)) is { } bad
        ? $"--save {bad}: expected a name that ends in {string.Join(", ", ImageExport.Suffixes)}.{ImageExport.Hint(Path.GetExtension(bad))}"
        : null;

    /// <summary>Writes the wave of a run, where there is one.</summary>
    /// <returns>The run with the files among its own.</returns>
    public RunResult Save(ParseResult parsed, RunResult result)
    {
        if (result.Reconstruction is not { } reconstruction || parsed.GetValue(_files) is not { Length: > 0 } files)
        {
            return result;
        }

        foreach (string file in files)
        {
            ImageExport.WriteWave(file, reconstruction.Wave, SeriesExport.ProvenanceOf(reconstruction.Series, "exit wave"));
        }

        return result with { Files = [.. result.Files, .. files.Select(Path.GetFullPath)] };
    }
}
