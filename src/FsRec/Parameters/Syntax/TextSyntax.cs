using System.Diagnostics.CodeAnalysis;

namespace FsRec.Parameters;

/// <summary>
/// A folder, a file, or a file's base name. Double quotes around it are optional; inside them # and ; are ordinary characters
/// and a doubled quote stands for one.
/// </summary>
internal sealed class TextSyntax(ParameterKind kind) : ValueSyntax<string>
{
    public override ParameterKind Kind => kind;

    public override bool TryRead(
        string text, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out ValueProblem? problem)
    {
        text = text.Trim();
        problem = null;
        value = text;
        if (text.StartsWith('"'))
        {
            int end = QuotedLength(text);
            if (end != text.Length)
            {
                problem = new(NumberText.Quote(text), "a closing double quote at the end");
            }
            else
            {
                value = text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal);
            }
        }

        string expected = kind switch { ParameterKind.Folder => "a folder", ParameterKind.Curve => "a file, or a list of numbers in brackets", _ => "a file's base name" };
        if (problem is null && string.IsNullOrWhiteSpace(value))
        {
            problem = new("nothing", expected);
        }
        else if (problem is null && value.Any(char.IsControl))
        {
            problem = new(NumberText.Quote(value), expected + " without control characters");
        }
        else if (problem is null && kind == ParameterKind.Name && value.AsSpan().ContainsAny('/', '\\'))
        {
            problem = new(NumberText.Quote(value), expected, "A folder belongs in INPUTPATH or OUTPUTPATH.");
        }

        return problem is null;
    }

    public override string Print(string value)
    {
        bool plain = value == value.Trim() && !value.StartsWith('"') && CommentText.Start(value, true) < 0;
        return plain ? value : '"' + value.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
    }

    /// <summary>Length of the quoted text that starts at the first character; −1 when it has no end.</summary>
    public static int QuotedLength(string text)
    {
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] != '"')
            {
                continue;
            }

            if (i + 1 == text.Length || text[i + 1] != '"')
            {
                return i + 1;
            }

            i++;
        }

        return -1;
    }
}
