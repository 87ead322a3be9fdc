using FsRec.Tests.Formats;

namespace FsRec.Tests.Core;

/// <summary>The end of the process concerns whoever writes: alone, so that it is nobody else.</summary>
[Collection("Process")]
public sealed class AbandonedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_half_written_when_the_process_ends_is_removed_and_not_put_in_place()
    {
        File.WriteAllText(_folder.File("a.txt"), "old");
        string[] left = [];

        Assert.Throws<OperationCanceledException>(() => AtomicFile.Write(_folder.File("a.txt"), stream =>
        {
            stream.WriteByte(1);
            stream.Flush();
            AtomicFile.Abandon();
            left = _folder.Names();
        }));

        Assert.Equal(["a.txt"], left);
        Assert.Equal(["a.txt"], _folder.Names());
        Assert.Equal("old", File.ReadAllText(_folder.File("a.txt")));
        // Another writes as before.
        AtomicFile.WriteText(_folder.File("a.txt"), static text => text.Write("new"));
        Assert.Equal("new", File.ReadAllText(_folder.File("a.txt")));
    }

    // It used to be left where the process ended at that moment.
    [Fact]
    public void A_trial_of_a_name_is_removed_when_the_process_ends()
    {
        using var stop = new CancellationTokenSource(Eventually.Patience);
        var ending = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                AtomicFile.Abandon();
            }
        });
        ending.Start();

        Assert.Throws<OperationCanceledException>(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                AtomicFile.Try(_folder.File("a.txt"));
            }
        });

        stop.Cancel();
        ending.Join();
        Assert.Empty(_folder.Names());
    }
}

[CollectionDefinition("Process", DisableParallelization = true)]
public sealed class ProcessEnding;
