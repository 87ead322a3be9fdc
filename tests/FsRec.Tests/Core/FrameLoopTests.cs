namespace FsRec.Tests.Core;

/// <summary>Some look at the pool of threads, which is the process's: alone, so that no other test holds it.</summary>
[Collection("Pool")]
public sealed class FrameLoopTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    public void Every_index_is_done_once_by_workers_of_their_own(int threads)
    {
        for (int round = 0; round < 200; round++)
        {
            int[] done = new int[23];
            int[] inUse = new int[FrameLoop.Workers(threads, done.Length)];
            FrameLoop.Run(done.Length, threads, CancellationToken.None, (worker, index) =>
            {
                Assert.Equal(1, Interlocked.Increment(ref inUse[worker]));
                Interlocked.Increment(ref done[index]);
                Interlocked.Decrement(ref inUse[worker]);
            });
            Assert.All(done, static count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void Nothing_is_at_work_when_it_returns()
    {
        for (int round = 0; round < 50; round++)
        {
            int running = 0;
            FrameLoop.Run(8, 8, CancellationToken.None, _ =>
            {
                Interlocked.Increment(ref running);
                Thread.Sleep(1);
                Interlocked.Decrement(ref running);
            });
            Assert.Equal(0, Volatile.Read(ref running));
        }
    }

    [Fact]
    public async Task It_waits_for_no_worker_that_a_busy_pool_has_not_begun()
    {
        // Far more than the pool adds threads while the loop is waited for, in the queue that is the loop's workers' too: none of these begins.
        using var release = new ManualResetEventSlim();
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        Task[] busy = [.. Enumerable.Range(0, 5000).Select(_ => Task.Factory.StartNew(() => release.Wait(cancelled), cancelled, TaskCreationOptions.PreferFairness, TaskScheduler.Default))];
        try
        {
            int done = 0;
            var loop = new Thread(() => FrameLoop.Run(100, 8, CancellationToken.None, _ => Interlocked.Increment(ref done)));
            loop.Start();
            Assert.True(loop.Join(Eventually.Patience));
            Assert.Equal(100, done);
        }
        finally
        {
            release.Set();
            await Task.WhenAll(busy);
        }
    }

    [Fact]
    public void Workers_that_come_too_late_do_not_pile_up()
    {
        const int Threads = 64;
        const int Loops = 100;
        // The pool's threads may have no processor for a while.
        long fewest = long.MaxValue;
        for (int round = 0; round < 20 && fewest > Loops * Threads / 4; round++)
        {
            Assert.True(Eventually.Holds(static () => ThreadPool.PendingWorkItemCount < Threads));
            for (int loop = 0; loop < Loops; loop++)
            {
                FrameLoop.Run(Threads, Threads, CancellationToken.None, static _ => Thread.SpinWait(200));
            }

            fewest = Math.Min(fewest, ThreadPool.PendingWorkItemCount);
        }

        Assert.InRange(fewest, 0, Loops * Threads / 4);
    }

    [Fact]
    public void The_failure_of_the_lowest_index_is_told()
    {
        for (int round = 0; round < 20; round++)
        {
            InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => FrameLoop.Run(
                4, 4, CancellationToken.None, static index => throw new InvalidOperationException(index.ToString(System.Globalization.CultureInfo.InvariantCulture))));
            Assert.Equal("0", failure.Message);
        }
    }
}

[CollectionDefinition("Pool", DisableParallelization = true)]
public sealed class PoolOfThreads;
