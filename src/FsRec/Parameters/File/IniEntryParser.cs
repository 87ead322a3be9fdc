using IniParser.Exceptions;
using IniParser.Model;
using IniParser.Model.Configuration;
using IniParser.Parser;

namespace FsRec.Parameters;

/// <summary>
/// ini-parser with line numbers. Its own model keeps one value a key and no lines, so entries are collected on the way:
/// a key given twice must be reported with both lines.
/// </summary>
internal sealed class IniEntryParser : IniDataParser
{
    /// <summary>Stands for a section that is not known.</summary>
    public const string UnknownSection = "UNKNOWN";

    private readonly List<IniEntry> _entries = [];
    private string? _section;
    private int _line;

    private IniEntryParser()
        : base(new IniParserConfiguration
        {
            AllowDuplicateSections = true,
            AllowDuplicateKeys = true,
            ThrowExceptionsOnError = false,
        })
    {
    }

    /// <summary>The entries of plain lines, none of which is blank.</summary>
    public static IReadOnlyList<IniEntry> Parse(string[] plainLines, FindingList findings)
    {
        IniEntryParser parser = new();
        parser.Parse(string.Join('\n', plainLines));
        foreach (Exception error in parser.Errors)
        {
            int? line = (error as ParsingException)?.LineNumber;
            findings.Error(line, null, error.Message, "a line of an ini file");
        }

        return parser._entries;
    }

    /// <inheritdoc />
    protected override void ProcessLine(string currentLine, IniData currentIniData)
    {
        _line++;
        base.ProcessLine(currentLine, currentIniData);
    }

    /// <inheritdoc />
    protected override bool LineMatchesASection(string line) => line.StartsWith('[');

    /// <inheritdoc />
    protected override void ProcessSection(string line, IniData currentIniData)
    {
        base.ProcessSection(line, currentIniData);
        _section = ParameterSections.Find(line[1..^1]);
    }

    /// <inheritdoc />
    protected override void ProcessKeyValuePair(string line, IniData currentIniData)
    {
        base.ProcessKeyValuePair(line, currentIniData);
        _entries.Add(new(_section, ExtractKey(line), ExtractValue(line), _line));
    }
}
