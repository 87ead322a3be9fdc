using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace FsRec.PowerShell;

/// <summary>Completes a path with folders and the files that a cmdlet reads; with all files where there is none of them.</summary>
public sealed class FileCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string[] endings = Endings(commandName);
        List<CompletionResult> all = [.. CompletionCompleters.CompleteFilename(wordToComplete ?? "")];
        List<CompletionResult> wanted = [.. all.Where(result =>
            result.ResultType == CompletionResultType.ProviderContainer
            || endings.Any(ending => result.ListItemText.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))];
        return wanted.Count > 0 ? wanted : all;
    }

    private static string[] Endings(string commandName) => commandName.ToUpperInvariant() switch
    {
        "IMPORT-FSRWAVE" => [".wav"],
        "IMPORT-FSRDISPLACEMENT" or "IMPORT-FSRFOCUS" => [".csv"],
        _ => [".fsr", ".prm", ".ini"],
    };
}
