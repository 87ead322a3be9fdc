using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Text.RegularExpressions;
using FsRec.Parameters;

namespace FsRec.PowerShell;

/// <summary>
/// Completes keys inside the table of <c>-Set @{ Li</c>, and the words that a key chooses from. PowerShell asks no completer of an argument there; the module's TabExpansion2 asks this where
/// PowerShell itself finds nothing.
/// </summary>
public static partial class SetKeyCompletion
{
    private static readonly HashSet<string> Cmdlets = new(
        typeof(SetKeyCompletion).Assembly.GetExportedTypes()
            .Where(static type => type.GetProperty("Set")?.PropertyType == typeof(IDictionary))
            .SelectMany(static type => type.GetCustomAttributes(typeof(CmdletAttribute), false).Cast<CmdletAttribute>())
            .Select(static cmdlet => $"{cmdlet.VerbName}-{cmdlet.NounName}"),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The keys that go on with what is typed, or the words for the value of one.</summary>
    /// <param name="text">The line, or lines.</param>
    /// <param name="cursor">Characters before the cursor.</param>
    /// <returns>What may follow; <see langword="null"/> where the cursor is not at a key or a value of such a table.</returns>
    public static CommandCompletion? Complete(string text, int cursor)
    {
        string typed = text[..Math.Clamp(cursor, 0, text.Length)];
        if (ValueOfSet().Match(typed) is { Success: true } value)
        {
            return Cmdlets.Contains(value.Groups["cmdlet"].Value) && ParameterKeys.Find(value.Groups["key"].Value) is { } chosen ? Words(chosen, value.Groups["word"]) : null;
        }

        Match place = KeyOfSet().Match(typed);
        if (!place.Success || !Cmdlets.Contains(place.Groups["cmdlet"].Value))
        {
            return null;
        }

        Group word = place.Groups["word"];
        HashSet<string> taken = new(place.Groups["taken"].Captures.Select(static key => key.Value), StringComparer.OrdinalIgnoreCase);
        var found = new Collection<CompletionResult>([
            .. ParameterKeys.All
                .Where(key => key.Name.StartsWith(word.Value, StringComparison.OrdinalIgnoreCase) && !taken.Contains(key.Name))
                .OrderBy(static key => key.Name, StringComparer.OrdinalIgnoreCase)
                .Select(static key => new CompletionResult($"{key.Name} = ", key.Name, CompletionResultType.Property, KeyParameters.Describe(key)))]);
        return new CommandCompletion(found, -1, word.Index, word.Length);
    }

    private static CommandCompletion Words(ParameterKey key, Group word) => new(
        new Collection<CompletionResult>([
            .. key.Choices
                .Where(choice => choice.StartsWith(word.Value.TrimStart('\'', '"'), StringComparison.OrdinalIgnoreCase))
                .Select(choice => new CompletionResult($"'{choice}'", choice, CompletionResultType.ParameterValue, KeyParameters.Describe(key)))]),
        -1,
        word.Index,
        word.Length);

    // A cmdlet with -Set and a table that is open: pairs that are complete, and the beginning of a key.
    [GeneratedRegex(
        @"(?<cmdlet>\b[a-z]+-[a-z]+)\b[^|;{}]*\s-Set\s+@\{\s*(?:(?<taken>\w+)\s*=[^;\n{}]*[;\n]\s*)*(?<word>\w*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex KeyOfSet();

    // Likewise with a key, and its value or the last of its values begun.
    [GeneratedRegex(
        @"(?<cmdlet>\b[a-z]+-[a-z]+)\b[^|;{}]*\s-Set\s+@\{\s*(?:\w+\s*=[^;\n{}]*[;\n]\s*)*(?<key>\w+)\s*=\s*(?:[^;\n{}]*,\s*)?(?<word>['""]?[\w-]*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ValueOfSet();
}
