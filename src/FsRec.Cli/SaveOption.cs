using System.CommandLine;
using System.CommandLine.Parsing;
using FsRec.Formats.Export;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.Cli;

/// <summary><c>--save FILE</c>: the wave in another program's format, beside PyFSRec's files.</summary>
internal sealed class SaveOption
{
    private static readonly string[] WithoutWave = ["--prealignonly", "--boxcar", "--crossvalidate"];

    private readonly Option<string[]> _files = new("--save") { Description = "Write the wave for another program as well: name.tif, .mrc, .npy, .hspy or .emd.", HelpName = "file" };

    /// <summary>Adds it to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(_files);

    /// <summary>What is wrong with it; <see langword="null"/> when nothing is.</summary>
    public string? Problem(ParseResult parsed)
    {
        foreach (string file in Files(parsed))
        {
            string? problem = !ImageExport.IsKnown(file) ? $"expected a name that ends in {string.Join(", ", ImageExport.Suffixes)}.{ImageExport.Hint(Path.GetExtension(file))}"
                : Array.Find(WithoutWave, mode => IsGiven(parsed, mode)) is { } mode ? $"there is no wave to save with {mode}."
                : Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder) ? $"there is no folder '{folder}'."
                : null;
            if (problem is not null)
            {
                return $"--save {file}: {problem}";
            }
        }

        return null;
    }

    /// <summary>The files that are to be written.</summary>
    private string[] Files(ParseResult parsed) => parsed.GetValue(_files) ?? [];

    /// <summary>The files as a run writes them.</summary>
    public IReadOnlyList<RunDocument> Documents(ParseResult parsed) => [.. Files(parsed).Select(static file => new RunDocument(
        Path.GetFullPath(file),
        "wave for another program",
        static (path, result) => ImageExport.WriteWave(path, result.Reconstruction!.Wave, SeriesExport.ProvenanceOf(result.Reconstruction.Series, "exit wave"))))];

    private static bool IsGiven(ParseResult parsed, string option) => parsed.GetResult(option) is OptionResult { Implicit: false };
}
