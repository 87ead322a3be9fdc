using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using FsRec.Formats.Microscopes;

namespace FsRec.PowerShell;

/// <summary>Completes the name of a microscope.</summary>
public sealed class MicroscopeCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = (wordToComplete ?? "").Trim('\'', '"');
        try
        {
            return [.. MicroscopePresets.All().Where(preset => preset.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                .Select(static preset => new CompletionResult(preset.Name, preset.Name, CompletionResultType.ParameterValue, preset.Description.Length > 0 ? preset.Description : preset.Name))];
        }
        catch (FsRecException)
        {
            return [];
        }
    }
}
