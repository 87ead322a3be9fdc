using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
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
        IEnumerable<string> others = parsed.Errors.Where(error => !parsed.UnmatchedTokens.Any(word => error.Message.Contains($"'{word}'", StringComparison.Ordinal))).Where(static error => error.SymbolResult is not OptionResult result || !IsRepeated(result)).Select(Text);
        return [.. unknown.Concat(Repeated(parsed)).Concat(Misplaced(parsed)).Concat(NoNumbers(parsed)).Concat(others).Distinct()];
    }

    /// <summary>Options that were given more often than they take: of two values nobody can tell which one was meant.</summary>
    private static IEnumerable<string> Repeated(ParseResult parsed) =>
        Options(parsed.CommandResult).Where(IsRepeated).Select(static result => result.Tokens.Count > 0
            ? $"{result.Option.Name} is given {result.IdentifierTokenCount} times ({string.Join(", ", result.Tokens.Select(static token => $"'{token.Value}'"))}); expected once."
            : $"{result.Option.Name} is given {result.IdentifierTokenCount} times; expected once.");

    /// <summary>Options that stand before a command, which does not look at them.</summary>
    private static IEnumerable<string> Misplaced(ParseResult parsed) => parsed.CommandResult.Command is RootCommand ? []
        : Options(parsed.RootCommandResult).Where(static result => result.IdentifierTokenCount > 0)
            .Select(result => $"{result.Option.Name} stands before {parsed.CommandResult.Command.Name}, and means nothing there; options follow their command.");

    /// <summary>Values that a number can have and no quantity has, and decimals behind a comma, which the parser takes for thousands.</summary>
    private static IEnumerable<string> NoNumbers(ParseResult parsed) => Options(parsed.CommandResult)
        .Where(static result => (Nullable.GetUnderlyingType(result.Option.ValueType) ?? result.Option.ValueType) == typeof(double))
        .SelectMany(static result => result.Tokens.Select(token => NoNumber(result.Option.Name, token.Value)).OfType<string>());

    private static string? NoNumber(string option, string text) =>
        ParameterText.WithPoint(text) is { } meant ? $"{option} takes a number with a decimal point, as in {meant}; found '{text}'."
        : text.Contains(',', StringComparison.Ordinal) ? $"{option} takes a number without commas; found '{text}'."
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && !double.IsFinite(number) ? $"{option} takes a number, which is finite; found '{text}'."
        : null;

    // Help and version are no options of a run.
    private static IEnumerable<OptionResult> Options(CommandResult command) =>
        command.Children.OfType<OptionResult>().Where(static result => result.Option is not (HelpOption or VersionOption));

    private static bool IsRepeated(OptionResult result) => result.IdentifierTokenCount > 1 && result.Option.Arity.MaximumNumberOfValues <= 1;

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
        if (type == typeof(double) && tokens[0].Value.Contains(',', StringComparison.Ordinal))
        {
            return NoNumber(option.Name, tokens[0].Value)!;
        }

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
