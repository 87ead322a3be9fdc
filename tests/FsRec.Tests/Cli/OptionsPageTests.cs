using System.Text;
using System.Text.RegularExpressions;

namespace FsRec.Tests.Cli;

/// <summary>docs/options.md has what the program itself says of its commands and options; with the variable FSREC_WRITE_DOCS the test writes it.</summary>
public partial class OptionsPageTests
{
    private const string Variable = "FSREC_WRITE_DOCS";
    private static readonly string Page = Path.Combine(Repository.Folder, "docs", "options.md");

    [Fact]
    public void The_page_of_options_is_what_the_program_says_of_them()
    {
        string expected = Write();
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 })
        {
            File.WriteAllText(Page, expected);
        }

        string[] written = File.ReadAllText(Page).ReplaceLineEndings("\n").Split('\n');
        string[] lines = expected.Split('\n');
        string how = $"{Variable}=1 dotnet run -c Release --project tests/FsRec.Tests -- -class \"*{nameof(OptionsPageTests)}\" writes it.";
        Assert.True(lines.Except(written).ToArray() is [], $"docs/options.md lacks what the program says: {string.Join('\n', lines.Except(written))}\n{how}");
        Assert.True(written.Except(lines).ToArray() is [], $"docs/options.md has what the program does not say: {string.Join('\n', written.Except(lines))}\n{how}");
        Assert.Equal(lines, written);
    }

    [Fact]
    public void Each_command_has_the_options_that_it_is_known_for()
    {
        string page = File.ReadAllText(Page);

        Assert.All(
            (string[])["--prm <file>", "--sentinel <pattern>", "--defocus-unit <unit>", "--as-service <system>", "--first-focus <nm>", "-o`, `--output <folder>"],
            option => Assert.Contains($"| `{option}` |", page, StringComparison.Ordinal));
    }

    private static string Write()
    {
        var page = new StringBuilder("""
            # The options of `fsrec`

            What `fsrec --help` and `fsrec COMMAND --help` say; a test holds this page to it. What stands in square brackets is taken without the option. An option with one
            value takes it after a space or an equals sign; a list that begins with a minus needs the latter, `--foci=-60,60`. How PyFSRec's own options differ:
            [point by point](pyfsrec.md).


            """.ReplaceLineEndings("\n"));
        string root = Help();
        Section(page, "", root);
        foreach (string command in Rows(root, "Commands:").Select(static row => row.Name.Split(' ')[0]))
        {
            Section(page, " " + command, Help(command));
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static string Help(params string[] command)
    {
        (int code, string output, string error) = Fsrec.Run([.. command, "--help"]);
        Assert.Equal((0, ""), (code, error));
        return output;
    }

    private static void Section(StringBuilder page, string command, string help)
    {
        (string Name, string Text)[] arguments = [.. Rows(help, "Arguments:")];
        (string Name, string Text)[] options = [.. Rows(help, "Options:").Where(static row => row.Name is not ("-?, -h, --help" or "--version"))];
        page.Append($"## `fsrec{command}`\n\n{Rows(help, "Description:").Single().Name}\n\n");
        if (arguments.Length + options.Length == 0)
        {
            return;
        }

        page.Append($"| {(arguments.Length > 0 ? "argument or option" : "option")} | |\n|---|---|\n");
        foreach ((string name, string text) in (ReadOnlySpan<(string, string)>)[.. arguments, .. options])
        {
            page.Append($"| {string.Join(", ", name.Split(", ").Select(static n => $"`{n}`"))} | {text.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        page.Append('\n');
    }

    // The lines below a heading, to the next empty one: a name, and its text two spaces or more apart.
    private static IEnumerable<(string Name, string Text)> Rows(string help, string heading) => help.Split('\n')
        .SkipWhile(line => line != heading).Skip(1).TakeWhile(static line => line.Trim().Length > 0)
        .Select(static line => Gap().Split(line.Trim(), 2)).Select(static parts => (parts[0], parts.Length > 1 ? parts[1] : ""));

    [GeneratedRegex(" {2,}")]
    private static partial Regex Gap();
}
