using System.Security.Cryptography;
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
        Assert.True(SpinWait.SpinUntil(() => files.All(hashes.Knows), TimeSpan.FromSeconds(20)));
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
        Assert.True(SpinWait.SpinUntil(() => hashes.Knows(file), TimeSpan.FromSeconds(20)));
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
