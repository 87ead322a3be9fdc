using System.CommandLine;
using FsRec.Parameters;

namespace FsRec.Cli;

/// <summary>Words of a command line that mean nothing, and what may have been meant.</summary>
internal static class UnknownWords
{
    /// <summary>Has a misspelt option refused where files are taken, so that it is not read as the name of one.</summary>
    /// <param name="files">The files.</param>
    /// <param name="command">The command that takes them.</param>
    public static void RefuseOptions(Argument<string[]> files, Command command) => files.Validators.Add(result =>
    {
        foreach (string word in result.Tokens.Select(static token => token.Value).Where(static word => word.StartsWith('-') && word.Length > 1 && !File.Exists(word)))
        {
            result.AddError(Option(word, command));
        }
    });

    /// <summary>What is wrong with a word that the command did not take.</summary>
    /// <param name="word">The word.</param>
    /// <param name="command">The command.</param>
    public static string Text(string word, Command command)
    {
        if (word.StartsWith('-'))
        {
            return Option(word, command);
        }

        string? way = command is not RootCommand ? null
            : Spelling.Nearest(word, command.Subcommands.Select(static c => c.Name)) is { } near ? $"The nearest command is {near}."
            : Directory.Exists(word) || (File.Exists(word) && Formats.Images.ImageFile.IsKnown(word)) ? $"Images are reconstructed by: fsrec reconstruct \"{word}\""
            : File.Exists(word) || Path.HasExtension(word) ? $"A parameter file is run by: fsrec --prm \"{word}\""
            : null;
        return $"'{word}' is no command and no option.{(way is null ? "" : " " + way)}";
    }

    private static string Option(string word, Command command)
    {
        string name = word.Split('=', ':')[0];
        if (Spelling.Nearest(name, command.Options.SelectMany(static o => o.Aliases.Append(o.Name))) is { } near)
        {
            return $"there is no option '{name}'. The nearest is {near}.";
        }

        // The keys of a parameter file are no options.
        string? key = command.Options.Any(static o => o.Name == SetOption.Name) ? (ParameterKeys.Find(name.TrimStart('-')) ?? ParameterKeys.FindNearest(name.TrimStart('-')))?.Name : null;
        return $"there is no option '{name}'.{(key is null ? "" : $" The nearest key of a parameter file is {key}: {SetOption.Name} {key}=VALUE.")}";
    }
}
