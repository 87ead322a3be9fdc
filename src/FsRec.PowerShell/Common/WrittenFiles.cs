using System.Globalization;
using System.Management.Automation;
using FsRec.Focus;
using FsRec.Parameters;
using FsRec.Resolution;
using FsRec.Series;

namespace FsRec.PowerShell;

/// <summary>Files that one call of a cmdlet has written, and of which of its inputs: two series of one name would be one result, the first lost without a word.</summary>
/// <param name="cmdlet">The cmdlet, which is told.</param>
internal sealed class WrittenFiles(PSCmdlet cmdlet)
{
    private readonly Dictionary<string, Input> _files = new(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
    private Input? _input;

    /// <summary>Whether files may be written of an input; an error names the one that was written of another.</summary>
    /// <param name="given">The input.</param>
    /// <param name="paths">Full paths of the files.</param>
    public bool MayWrite(object? given, IEnumerable<string> paths)
    {
        Input input = Current(given);
        if (paths.FirstOrDefault(path => _files.TryGetValue(path, out Input? first) && first != input) is not { } taken)
        {
            return true;
        }

        string name = cmdlet.MyInvocation.MyCommand.Name;
        cmdlet.WriteError(ErrorRecords.Create(
            "OutputTwice",
            ErrorCategory.ResourceExists,
            taken,
            $"'{taken}' was written by this call of {name} already, of {_files[taken]}; of {input} nothing was written. Give each a name or a folder of its own: a Path for each, as in ForEach-Object {{ $_ | {name} PATH }}, or an OUTPUTFILENAME or OUTPUTPATH where it is imported."));
        return false;
    }

    /// <summary>Notes that files were written.</summary>
    /// <param name="given">Their input.</param>
    /// <param name="paths">Full paths of the files.</param>
    public void Add(object? given, IEnumerable<string> paths)
    {
        Input input = Current(given);
        foreach (string path in paths)
        {
            _files[path] = input;
        }
    }

    // What the pipeline carries tells one input from another: of one a cmdlet may write several things.
    private Input Current(object? given)
    {
        object? source = Unwrapped.Of(TableRow.Object(cmdlet)) ?? Unwrapped.Of(given);
        return _input is { } last && ReferenceEquals(last.Source, source) ? last : _input = new Input((_input?.Number ?? 0) + 1, source, Describe(Unwrapped.Of(given) ?? source));
    }

    private static string? Describe(object? value)
    {
        FocalSeries? series = value switch
        {
            AutofocusResult autofocus => autofocus.Reconstruction.Series,
            FocusStepAnalysis analysis => analysis.Reconstruction.Series,
            ResolutionMeasurement resolution => resolution.Series,
            _ => SeriesArgumentAttribute.SeriesOf(value),
        };
        return (series?.Parameters ?? value as ReconstructionParameters) is { Files.InputFileName: { Length: > 0 } name } parameters
            ? $"'{Path.Combine(parameters.ResolvedInputPath, name)}'"
            : value?.ToString();
    }

    private sealed record Input(int Number, object? Source, string? Text)
    {
        public override string ToString() => $"input {Number.ToString(CultureInfo.InvariantCulture)}{(Text is null ? "" : $" ({Text})")}";
    }
}
