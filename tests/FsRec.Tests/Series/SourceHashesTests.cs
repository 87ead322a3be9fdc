using System.Security.Cryptography;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.Tests.Series;

public sealed class SourceHashesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fsrec-hashes-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void They_are_made_beside_once_the_files_were_read()
    {
        Assert.SkipUnless(Environment.ProcessorCount > 1, "With one processor nothing is made beside.");
        string[] files = [.. Enumerable.Range(0, 3).Select(i => Write($"f{i}.raw", 1000 + i))];
        var hashes = new SourceHashes(() => files);
        hashes.MakeBeside(2, CancellationToken.None);
        Assert.False(hashes.Knows(files[0]));

        hashes.WereRead();
        Assert.True(Eventually.Holds(() => files.All(hashes.Knows)));
        foreach (string file in files)
        {
            (FileStamp stamp, FileHash hash) = hashes.Of(file, CancellationToken.None);
            Assert.Equal(Sha256(file), hash.Sha256);
            Assert.Equal(new FileInfo(file).Length, hash.Bytes);
            Assert.Equal(File.GetLastWriteTimeUtc(file), stamp.Modified);
        }
    }

    [Fact]
    public void They_are_made_beside_where_the_files_were_read_before_they_were_asked_for()
    {
        Assert.SkipUnless(Environment.ProcessorCount > 1, "With one processor nothing is made beside.");
        string file = Write("f.raw", 77);
        var hashes = new SourceHashes(() => [file]);
        hashes.WereRead();
        hashes.MakeBeside(0, CancellationToken.None);
        Assert.True(Eventually.Holds(() => hashes.Knows(file)));
    }

    [Fact]
    public void With_one_thread_nothing_is_made_beside()
    {
        string file = Write("f.raw", 77);
        bool looked = false;
        var hashes = new SourceHashes(() =>
        {
            looked = true;
            return [file];
        });
        hashes.MakeBeside(1, CancellationToken.None);
        hashes.WereRead();
        hashes.End();
        Assert.False(looked);
        Assert.Equal(Sha256(file), hashes.Of(file, CancellationToken.None).Hash.Sha256);
    }

    [Fact]
    public void A_file_that_was_written_again_is_hashed_again()
    {
        string file = Write("f.raw", 100);
        var hashes = new SourceHashes(() => [file]);
        string before = hashes.Of(file, CancellationToken.None).Hash.Sha256;
        Assert.True(hashes.Knows(file));

        Write("f.raw", 101);
        Assert.False(hashes.Knows(file));
        string after = hashes.Of(file, CancellationToken.None).Hash.Sha256;
        Assert.NotEqual(before, after);
        Assert.Equal(Sha256(file), after);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void After_a_run_that_stopped_or_failed_the_next_one_has_them_made(bool failed)
    {
        Assert.SkipUnless(Environment.ProcessorCount > 1, "With one processor nothing is made beside.");
        string file = Write("f.raw", 77);
        var hashes = new SourceHashes(() => [file]);
        using var stop = new CancellationTokenSource();
        hashes.MakeBeside(2, stop.Token);
        if (failed)
        {
            hashes.End();
        }
        else
        {
            stop.Cancel();
        }

        hashes.WereRead();
        Assert.False(hashes.Knows(file));
        hashes.MakeBeside(2, CancellationToken.None);
        Assert.True(Eventually.Holds(() => hashes.Knows(file)));
        hashes.End();
        hashes.End();
    }

    [Fact]
    public void Of_a_link_the_file_tells_that_it_leads_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take a right there that not everybody has.");
        string file = Write("f.raw", 100);
        string link = Path.Combine(_folder, "link.raw");
        File.CreateSymbolicLink(link, file);
        var hashes = new SourceHashes(() => [link]);
        (FileStamp stamp, FileHash hash) = hashes.Of(link, CancellationToken.None);
        var record = new InputRecord(link, hash.Bytes, stamp.Modified, hash.Sha256);
        Assert.Equal(new FileStamp(100, File.GetLastWriteTimeUtc(file)), stamp);
        Assert.True(record.IsUnchanged());

        byte[] others = File.ReadAllBytes(file);
        others[7] ^= 1;
        File.WriteAllBytes(file, others);
        File.SetLastWriteTimeUtc(file, stamp.Modified.AddSeconds(1));
        Assert.False(hashes.Knows(link));
        Assert.False(record.IsUnchanged());
        Assert.Equal(Sha256(file), hashes.Of(link, CancellationToken.None).Hash.Sha256);

        File.Delete(file);
        Assert.Equal(-1, FileStamp.Of(link).Bytes);
        Assert.False(record.IsUnchanged());
        File.CreateSymbolicLink(file, link);
        Assert.Equal(-1, FileStamp.Of(link).Bytes);
    }

    [Fact]
    public void A_stop_and_a_file_that_is_gone_end_it_without_a_word()
    {
        string there = Write("there.raw", 10);
        var gone = new SourceHashes(() => [Path.Combine(_folder, "gone.raw"), there]);
        gone.MakeBeside(2, CancellationToken.None);
        gone.WereRead();
        gone.End();
        Assert.Throws<FileNotFoundException>(() => gone.Of(Path.Combine(_folder, "gone.raw"), CancellationToken.None));

        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var stopped = new SourceHashes(() => [there]);
        stopped.MakeBeside(2, stop.Token);
        stopped.WereRead();
        stopped.End();
        Assert.False(stopped.Knows(there));
    }

    private string Write(string name, int bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, [.. Enumerable.Range(0, bytes).Select(static i => (byte)(i * 7))]);
        return path;
    }

    private static string Sha256(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))).ToLowerInvariant();
}
