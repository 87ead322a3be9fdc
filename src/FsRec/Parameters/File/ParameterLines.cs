using System.Buffers;
using System.Text;

namespace FsRec.Parameters;

/// <summary>
/// Turns a parameter file's lines into plain ini lines, one for one so that line numbers stay: takes comments off,
/// joins a list that runs over several lines, and sets aside what is neither section, key nor comment.
/// </summary>
internal sealed class ParameterLines
{
    /// <summary>Stands for lines without section or key: a comment, as ini-parser skips blank lines uncounted.</summary>
    public const string Nothing = ";";

    private static readonly SearchValues<char> ListCharacters = SearchValues.Create("0123456789+-\u2212\u2013.eE,[] \t");

    private readonly string[] _raw;
    private readonly string[] _plain;
    private readonly FindingList _findings;

    private ParameterLines(string text, FindingList findings)
    {
        _raw = text.ReplaceLineEndings("\n").Split('\n');
        _plain = new string[_raw.Length];
        _findings = findings;
        Array.Fill(_plain, Nothing);
    }

    /// <summary>The plain lines of a text.</summary>
    public static string[] Clean(string text, FindingList findings)
    {
        ParameterLines lines = new(text, findings);
        lines.Clean();
        return lines._plain;
    }

    private static bool IsComment(string line) => line is ['#' or ';', ..];

    /// <summary>The name between the brackets of a section's line; null when it is none.</summary>
    private static string? SectionName(string line)
    {
        string content = CommentText.Strip(line, false, out _);
        bool isSection = content.StartsWith('[') && content.EndsWith(']') && content.AsSpan(1).IndexOf('[') < 0;
        return isSection ? content[1..^1].Trim() : null;
    }

    /// <summary>Where the key ends; −1 when there is none. A colon separates too, but only behind a known key.</summary>
    private static int Separator(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && ParameterKeys.Find(line[..colon]) is not null
            ? colon
            : line.IndexOf('=', StringComparison.Ordinal);
    }

    private static bool IsName(string text) =>
        text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || c is ' ' or '_' or '-' or '.' or '/');

    private static int OpenBrackets(string text) => text.Count(c => c == '[') - text.Count(c => c == ']');

    private void Clean()
    {
        // Whether the line before ended in a comment, which the next line may continue.
        bool afterComment = false;
        for (int i = 0; i < _raw.Length; i++)
        {
            string line = _raw[i].Trim();
            if (line.Length == 0)
            {
                afterComment = false;
            }
            else if (IsComment(line))
            {
                afterComment = true;
            }
            else if (SectionName(line) is { } section)
            {
                afterComment = Section(i, line, section, afterComment);
            }
            else if (Separator(line) is var separator && separator >= 0)
            {
                int at = i;
                afterComment = KeyAndValue(ref i, at, line, separator, afterComment);
            }
            else
            {
                afterComment = Stray(i, line, afterComment);
            }
        }
    }

    private bool Section(int index, string line, string name, bool afterComment)
    {
        string? known = ParameterSections.Find(name);
        string? near = known is null ? Spelling.Nearest(name, ParameterSections.All) : null;
        if (known is null && near is null && afterComment)
        {
            return Wrapped(index, line);
        }

        if (known is null)
        {
            _findings.Warn(
                index + 1,
                null,
                $"the section {NumberText.Quote(name)}",
                near is null ? $"one of {string.Join(", ", ParameterSections.All)}" : $"[{near}]",
                "Its keys are read all the same, because no key's name occurs in two sections.");
        }

        // The name is known or replaced, so that the ini parser's pattern cannot stumble over it.
        _plain[index] = $"[{known ?? near ?? IniEntryParser.UnknownSection}]";
        CommentText.Strip(line, false, out bool hadComment);
        return hadComment;
    }

    private bool KeyAndValue(ref int index, int first, string line, int separator, bool afterComment)
    {
        string name = line[..separator].Trim();
        string value = line[(separator + 1)..];
        ParameterKey? key = ParameterKeys.Find(name) ?? ParameterKeys.FindSpaced(name);
        if (key is null && afterComment && (name.Contains(' ', StringComparison.Ordinal) || !IsName(name))
            && ParameterKeys.FindNearest(name) is null)
        {
            return Wrapped(first, line);
        }

        if (!IsName(name))
        {
            _findings.Error(first + 1, null, NumberText.Quote(line), "a key before the '='");
            return false;
        }

        value = CommentText.Strip(value, key is null or { IsText: true }, out bool hadComment);
        if (key is { IsText: false })
        {
            // Put together once: a list may run over as many lines as it has items.
            var joined = new StringBuilder(value);
            int open = OpenBrackets(value);
            while (open > 0 && Continuation(index + 1) is { } more)
            {
                string part = CommentText.Strip(more, false, out hadComment);
                joined.Append(' ').Append(part);
                open += OpenBrackets(part);
                index++;
            }

            value = joined.ToString();
        }

        _plain[first] = $"{name}={value}";
        return hadComment;
    }

    /// <summary>The line, if it can continue a list that is still open: nothing but numbers and brackets.</summary>
    private string? Continuation(int index)
    {
        if (index >= _raw.Length)
        {
            return null;
        }

        string content = CommentText.Strip(_raw[index], false, out _);
        return content.AsSpan().ContainsAnyExcept(ListCharacters) ? null : _raw[index];
    }

    private bool Stray(int index, string line, bool afterComment)
    {
        string[] words = line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        ParameterKey? key = ParameterKeys.Find(words[0]);
        bool lacksSign = key is not null && words.Length == 2 && (char.IsAsciiDigit(words[1][0]) || words[1][0] == '[');
        if (afterComment && !lacksSign)
        {
            return Wrapped(index, line);
        }

        _findings.Error(
            index + 1,
            key?.Name,
            NumberText.Quote(line),
            "a [section], a key=value or a # comment",
            key is null ? null : $"Write {key.Name}=…, with an equals sign.");
        return false;
    }

    private bool Wrapped(int index, string line)
    {
        _findings.Warn(
            index + 1,
            null,
            NumberText.Quote(line),
            "a [section], a key=value or a # comment",
            "It is taken for the end of the comment on the line before and ignored; put a # in front of it.");
        return true;
    }
}
