using FsRec.Tests.Formats;

namespace FsRec.Tests.Core;

/// <summary>Links end where the system ends that opens them.</summary>
public sealed class LinkEndTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public LinkEndTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take a right there that not everybody has.");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_folder_above_is_that_of_the_link_and_not_of_its_name()
    {
        // shown -> data/day/view, and data/day/view/img.raw -> ../raw/img.raw: that is no shown/../raw.
        string file = Written("data/day/raw/img.raw", 1000);
        Link("data/day/view/img.raw", "../raw/img.raw");
        Link("shown", Path.Combine("data", "day", "view"));
        string shown = _folder.File("shown/img.raw");

        Assert.Equal(1000, File.ReadAllBytes(shown).Length);
        Assert.Equal(new FileStamp(1000, File.GetLastWriteTimeUtc(file)), FileStamp.Of(shown));
        Assert.Equal(1000, RegularFile.Length(shown));
        Assert.Equal(new RealPaths().Entry(file), new RealPaths().Entries(shown).Last());
    }

    [Fact]
    public void A_file_of_the_same_name_beside_the_link_to_the_folder_is_not_meant()
    {
        Written("data/day/raw/img.raw", 1000);
        Written("raw/img.raw", 10);
        Link("data/day/view/img.raw", "../raw/img.raw");
        Link("shown", _folder.File("data/day/view"));

        Assert.Equal(1000, FileStamp.Of(_folder.File("shown/img.raw")).Bytes);
    }

    [Fact]
    public void Links_of_links_and_folders_on_the_way_are_followed()
    {
        Written("data/day/raw/img.raw", 1000);
        Link("far/above", _folder.File("data/day/raw"));
        Link("far/first", "above/../raw/./img.raw");
        Link("near", "far//first");

        Assert.Equal(1000, FileStamp.Of(_folder.File("near")).Bytes);
        Assert.Equal(1000, RegularFile.Length(_folder.File("near")));
    }

    [Fact]
    public void A_circle_and_a_link_to_nothing_are_no_files()
    {
        Link("one", "two");
        Link("two", "one");
        Link("nothing", "gone/img.raw");

        Assert.False(FileStamp.Of(_folder.File("one")).Exists);
        Assert.False(FileStamp.Of(_folder.File("nothing")).Exists);
        Assert.Throws<IOException>(() => RegularFile.Length(_folder.File("one")));
        Assert.Throws<FileNotFoundException>(() => RegularFile.Length(_folder.File("nothing")));
        Assert.Null(LinkEnd.Of(new FileInfo(_folder.File("plain"))));
    }

    private string Written(string name, int bytes)
    {
        string path = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, new byte[bytes]);
        return path;
    }

    private void Link(string name, string target)
    {
        string path = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.CreateSymbolicLink(path, target);
    }
}
