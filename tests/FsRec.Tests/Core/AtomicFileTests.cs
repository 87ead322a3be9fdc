using FsRec.Tests.Formats;

namespace FsRec.Tests.Core;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_file_replaces_the_old_one_and_leaves_nothing_else()
    {
        File.WriteAllText(_folder.File("a.txt"), "old and longer");

        AtomicFile.WriteText(_folder.File("a.txt"), static text => text.Write("new"));

        Assert.Equal("new"u8.ToArray(), File.ReadAllBytes(_folder.File("a.txt")));
        Assert.Equal(["a.txt"], _folder.Names());
    }

    [Fact]
    public void The_old_file_survives_a_write_that_fails_half_way()
    {
        File.WriteAllText(_folder.File("a.txt"), "old");

        Assert.Throws<InvalidOperationException>(() => AtomicFile.WriteText(_folder.File("a.txt"), static text =>
        {
            text.Write(new string('x', 1 << 17));
            text.Flush();
            throw new InvalidOperationException("half way");
        }));

        Assert.Equal("old", File.ReadAllText(_folder.File("a.txt")));
        Assert.Equal(["a.txt"], _folder.Names());
    }

    [Fact]
    public void Nothing_is_there_after_a_first_write_that_fails()
    {
        Assert.Throws<OperationCanceledException>(
            () => AtomicFile.Write(_folder.File("a.bin"), static _ => throw new OperationCanceledException()));

        Assert.Empty(_folder.Names());
    }

    [Fact]
    public void While_it_is_written_the_old_file_is_still_whole()
    {
        File.WriteAllText(_folder.File("a.txt"), "old");
        string seen = "";

        AtomicFile.WriteText(_folder.File("a.txt"), text =>
        {
            text.Write("new");
            text.Flush();
            seen = File.ReadAllText(_folder.File("a.txt"));
        });

        Assert.Equal("old", seen);
    }

    [Fact]
    public void Missing_folders_are_made()
    {
        AtomicFile.WriteText(_folder.File("b/c/a.txt"), static text => text.Write("x"));

        Assert.Equal(["b/c/a.txt"], _folder.Names());
    }

    [Fact]
    public void A_failure_of_the_disk_is_a_failure_the_user_can_act_on()
    {
        string path = _folder.File("a.txt");

        FsRecException failure = Assert.Throws<FsRecException>(
            () => AtomicFile.Write(path, static _ => throw new IOException("No space left on device")));

        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.Contains("No space left on device", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names());
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_a_failure_the_user_can_act_on()
    {
        File.WriteAllText(_folder.File("b"), "in the way");

        Assert.Throws<FsRecException>(() => AtomicFile.WriteText(_folder.File("b/a.txt"), static text => text.Write("x")));

        Assert.Equal("in the way", File.ReadAllText(_folder.File("b")));
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_a_failure_the_user_can_act_on()
    {
        Directory.CreateDirectory(_folder.File("a.txt"));

        Assert.Throws<FsRecException>(() => AtomicFile.WriteText(_folder.File("a.txt"), static text => text.Write("x")));

        Assert.Empty(_folder.Names());
    }

    // As .NET has it where a limit of a file's size is reached (EFBIG).
    [Fact]
    public void A_file_that_is_larger_than_it_may_be_is_told_of_and_not_left()
    {
        using var folder = new Formats.TemporaryFolder();
        string path = folder.File("large.bin");

        var exception = Assert.Throws<FsRecException>(() => AtomicFile.Write(path, static _ => throw new ArgumentOutOfRangeException("value")));

        Assert.Contains("large.bin", exception.Message, StringComparison.Ordinal);
        Assert.Contains("ulimit", exception.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Names());
        // Another's is a fault of the program and stays one.
        Assert.Throws<ArgumentOutOfRangeException>(() => AtomicFile.Write(path, static _ => throw new ArgumentOutOfRangeException("count")));
    }
}
