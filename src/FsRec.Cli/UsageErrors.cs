using System.CommandLine.Parsing;

namespace FsRec.Cli;

/// <summary>What is wrong with a command line, in the words of a user.</summary>
internal static class UsageErrors
{
    /// <summary>One error in a sentence.</summary>
    public static string Text(ParseError error)
    {
        if (error.SymbolResult is not OptionResult { Option: { } option, Tokens: { Count: > 0 } tokens } || Kind(option.ValueType) is not { } kind)
        {
            return error.Message;
        }

        return $"{option.Name} takes {kind}; found '{tokens[0].Value}'.";
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
