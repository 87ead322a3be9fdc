using System.CommandLine;
using System.CommandLine.Parsing;
using FsRec.Parameters;

namespace FsRec.Cli;

/// <summary>What is wrong with a command line, in the words of a user.</summary>
internal static class UsageErrors
{
    /// <summary>The errors of a command line, each in a sentence.</summary>
    public static string[] Of(ParseResult parsed)
    {
        // The parser's own word on what it did not take names no way out.
        IEnumerable<string> unknown = parsed.UnmatchedTokens.Select(word => UnknownWords.Text(word, parsed.CommandResult.Command));
        IEnumerable<string> others = parsed.Errors.Where(error => !parsed.UnmatchedTokens.Any(word => error.Message.Contains($"'{word}'", StringComparison.Ordinal))).Select(Text);
        return [.. unknown.Concat(others).Distinct()];
    }

    /// <summary>One error in a sentence.</summary>
    private static string Text(ParseError error)
    {
        // What an option says of its own value is in a user's words already.
        if (error.SymbolResult is not OptionResult { Option: { } option, Tokens: { Count: > 0 } tokens } || Kind(option.ValueType) is not { } kind || error.Message.StartsWith(option.Name, StringComparison.Ordinal))
        {
            return error.Message;
        }

        Type type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        string? near = type.IsEnum ? Spelling.Nearest(tokens[0].Value, Enum.GetNames(type)) : null;
        return $"{option.Name} takes {kind}; found '{tokens[0].Value}'.{(near is null ? "" : $" The nearest is {near}.")}";
    }

    private static string? Kind(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(int) ? "a whole number"
            : plain == typeof(double) ? "a number"
            : plain.IsEnum ? "one of " + string.Join(", ", Enum.GetNames(plain))
            : null;
    }
}
