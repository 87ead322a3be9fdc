namespace FsRec.Tests.Core;

public sealed class LoopWorkersTests
{
    [Fact]
    public void Whatever_is_started_is_done_once_however_many_start_it()
    {
        const int Starters = 4;
        const int Each = 500;
        int[] done = new int[Starters * Each];
        using var all = new CountdownEvent(done.Length);
        Thread[] starters = [.. Enumerable.Range(0, Starters).Select(s => new Thread(() =>
        {
            for (int i = 0; i < Each; i++)
            {
                int index = (s * Each) + i;
                LoopWorkers.Start(() =>
                {
                    Interlocked.Increment(ref done[index]);
                    all.Signal();
                });
                // Now and again as long as a thread looks out for work, so that some find it just as it leaves.
                Thread.SpinWait(i % 7 * 200);
            }
        }))];
        Array.ForEach(starters, static s => s.Start());
        Array.ForEach(starters, static s => s.Join());
        Assert.True(all.Wait(Eventually.Patience, TestContext.Current.CancellationToken));
        Assert.All(done, static count => Assert.Equal(1, count));
    }

    [Fact]
    public void A_condition_that_never_holds_is_not_waited_for()
    {
        // The time limit is that of the test: the call returns after a tenth of a millisecond.
        LoopWorkers.WaitShortly(static () => false);
        bool asked = false;
        LoopWorkers.WaitShortly(() => asked = true);
        Assert.Equal(Environment.ProcessorCount > 1, asked);
    }
}
