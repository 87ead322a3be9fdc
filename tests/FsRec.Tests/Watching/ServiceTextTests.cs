using System.Diagnostics;
using FsRec.Tests.Formats;
using FsRec.Watching;

namespace FsRec.Tests.Watching;

/// <summary>Texts by which a system starts a watch.</summary>
public sealed class ServiceTextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // systemd.unit(5): % begins a specifier everywhere; systemd.service(5): $ a variable in commands alone; systemd.syntax(7): quotes.
    [Fact]
    public void A_unit_says_folder_and_words_as_systemd_takes_them_apart()
    {
        string[] lines = ServiceText.Systemd(["/opt/fsrec", "watch", "/data/a b$c%d", "--sentinel", "{name} \"x\"\\y"], "/data/a b$c%d").Split('\n');

        Assert.Contains("""ExecStart=/opt/fsrec watch "/data/a b$$c%%d" --sentinel "{name} \"x\"\\y" """.TrimEnd(), lines);
        Assert.Contains("RequiresMountsFor=\"/data/a b$c%%d\"", lines);
        Assert.Contains("WorkingDirectory=/data/a b$c%%d", lines);
        // multi-user.target is none of a user's own manager.
        Assert.Contains("WantedBy=multi-user.target default.target", lines);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("a b$c%d")]
    [InlineData("quote\"d \\ back")]
    public void Systemd_takes_the_unit(string name)
    {
        string? analyze = ((string[])["/usr/bin/systemd-analyze", "/bin/systemd-analyze"]).FirstOrDefault(File.Exists);
        Assert.SkipWhen(analyze is null, "There is no systemd-analyze here.");
        string watched = _folder.File(name);
        Directory.CreateDirectory(watched);
        string unit = _folder.File("fsrec-watch.service");
        File.WriteAllText(unit, ServiceText.Systemd(["/bin/sh", "-c", "watch", watched, "100% $HOME"], watched));

        using Process check = Process.Start(new ProcessStartInfo(analyze!, ["verify", unit]) { RedirectStandardError = true })!;
        string said = check.StandardError.ReadToEnd();
        check.WaitForExit();

        Assert.DoesNotContain("fsrec-watch.service:", said, StringComparison.Ordinal);
        Assert.Equal(0, check.ExitCode);
    }

    // The examples of Microsoft's page on CommandLineToArgvW, and a folder that ends in a backslash.
    [Theory]
    [InlineData("D:\\data", "D:\\data")]
    [InlineData("D:\\my data\\", "\"D:\\my data\\\\\"")]
    [InlineData("a\"b", "\"a\\\"b\"")]
    [InlineData("a\\\"b c", "\"a\\\\\\\"b c\"")]
    [InlineData("a\\\\b c", "\"a\\\\b c\"")]
    [InlineData("", "\"\"")]
    public void Windows_gets_each_word_as_it_takes_words_apart(string word, string expected)
    {
        string text = ServiceText.Windows(["C:\\fsrec.exe", "watch", word, "--once"], "D:\\it's");

        Assert.Contains($"-Execute 'C:\\fsrec.exe' -Argument 'watch {expected} --once' -WorkingDirectory 'D:\\it''s'", text, StringComparison.Ordinal);
    }
}
