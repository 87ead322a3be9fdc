using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using FsRec.Parameters;

namespace FsRec.PowerShell;

/// <summary>Completes the value of a named key with the words to choose from.</summary>
public sealed class ChoiceCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if (ParameterKeys.Find(parameterName) is not { } key)
        {
            return [];
        }

        string word = (wordToComplete ?? "").Trim('\'', '"');
        return key.Choices
            .Where(choice => choice.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(choice => new CompletionResult(choice, choice, CompletionResultType.ParameterValue, KeyParameters.Describe(key)));
    }
}
