using FsRec.Tests.Formats;
using FsRec.Watching;

namespace FsRec.Tests.Watching;

/// <summary>Frames that a watched folder only links to: whether they are complete the files say, which the links lead to.</summary>
public sealed class LinkedFramesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_link_waits_for_the_bytes_of_its_file()
    {
        string file = Linked(out string link, 100);
        var completeness = new Completeness(new WatchOptions { Folder = _folder.Path, Quiet = TimeSpan.Zero }, static _ => 1);
        var candidate = new Candidate("img", link, _folder.Path, "img") { Files = [link], Sources = [link], LeastBytes = 1000 };

        Completeness.Verdict half = completeness.Judge(candidate);
        Assert.Null(half.State);
        Assert.Contains("has 100 of 1000 bytes", half.Waits);

        File.WriteAllBytes(file, new byte[1000]);
        string? whole = completeness.Judge(candidate).State;
        Assert.NotNull(whole);
        Assert.True(completeness.Judge(candidate).IsComplete);

        // Written again: the link is what it was.
        File.WriteAllBytes(file, new byte[1200]);
        Completeness.Verdict again = completeness.Judge(candidate);
        Assert.NotEqual(whole, again.State);
        Assert.False(again.IsComplete);
    }

    [Fact]
    public void A_link_whose_file_is_gone_is_no_frame()
    {
        string file = Linked(out string link, 1000);
        File.Delete(file);
        Assert.Equal(-1, FileStamp.Of(link).Bytes);
        Assert.False(FileStamp.Of(link).Exists);
        var completeness = new Completeness(new WatchOptions { Folder = _folder.Path, Quiet = TimeSpan.Zero }, static _ => 1);
        Assert.Contains("is not there", completeness.Judge(new Candidate("img", link, _folder.Path, "img") { Files = [link], Sources = [link], LeastBytes = 1 }).Waits);
    }

    private string Linked(out string link, int bytes)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take a right there that not everybody has.");
        string file = _folder.File("elsewhere/img.dat");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, new byte[bytes]);
        link = _folder.File("img.dat");
        File.CreateSymbolicLink(link, file);
        return file;
    }
}
