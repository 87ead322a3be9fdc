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
        foreach (string file in parsed.GetValue(_files) ?? [])
        {
            string? problem = !ImageExport.IsKnown(file) ? $"expected a name that ends in {string.Join(", ", ImageExport.Suffixes)}.{ImageExport.Hint(Path.GetExtension(file))}"
                : Array.Find(WithoutWave, mode => IsGiven(parsed, mode)) is { } mode ? $"there is no wave to save with {mode}."
                : Directory.Exists(file) ? "a folder has that name."
                : Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder) ? $"there is no folder '{folder}'."
                : File.Exists(file) && new FileInfo(file).IsReadOnly && !IsGiven(parsed, "--force") ? "the file is read-only; --force replaces it."
                : null;
            if (problem is not null)
            {
                return $"--save {file}: {problem}";
            }
        }

        return null;
    }

    private static bool IsGiven(ParseResult parsed, string option) => parsed.GetResult(option) is OptionResult { Implicit: false };

    /// <summary>Makes sure that no file of the series is written over.</summary>
    public void Require(ParseResult parsed, FocalSeries series) => SourceGuard.Require(series, parsed.GetValue(_files) ?? []);

    /// <summary>Writes the wave of a run, where there is one.</summary>
    /// <returns>The run with the files among its own.</returns>
    public RunResult Save(ParseResult parsed, RunResult result)
    {
        if (result.Reconstruction is not { } reconstruction || parsed.GetValue(_files) is not { Length: > 0 } files)
        {
            return result;
        }

        SourceGuard.Require(reconstruction.Series, files);
        foreach (string file in files)
        {
            ImageExport.WriteWave(file, reconstruction.Wave, SeriesExport.ProvenanceOf(reconstruction.Series, "exit wave"));
        }

        return result with { Files = [.. result.Files, .. files.Select(Path.GetFullPath)] };
    }
}
