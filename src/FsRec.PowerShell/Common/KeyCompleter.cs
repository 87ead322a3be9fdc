using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using FsRec.Parameters;

namespace FsRec.PowerShell;

/// <summary>Completes <c>-Set</c> with the keys of the parameter file, each with its meaning, unit and default as the tool tip.</summary>
public sealed class KeyCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = (wordToComplete ?? "").TrimStart('@', '{', ' ');
        return ParameterKeys.All
            .Where(key => key.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .OrderBy(static key => key.Name, StringComparer.OrdinalIgnoreCase)
            .Select(static key => new CompletionResult($"@{{ {key.Name} = ", key.Name, CompletionResultType.ParameterValue, KeyParameters.Describe(key)));
    }
}
