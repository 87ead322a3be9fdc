using System.Runtime.ExceptionServices;

namespace FsRec;

/// <summary>
/// Runs one body a frame (or a row) on several threads. Bodies take what comes next, so that results may depend on an
/// index but never on the worker; the caller's thread works too. The other workers are threads of the process-wide pool, so
/// that loops of several reconstructions share the processors, and a loop never waits for a worker that has not begun: what
/// is left when the pool is busy, the caller does.
/// </summary>
internal static class FrameLoop
{
    /// <summary>The number of workers that <paramref name="threads"/> stands for; 0 means one a processor.</summary>
    public static int Workers(int threads, int count = int.MaxValue) =>
        Math.Max(1, Math.Min(threads > 0 ? threads : Environment.ProcessorCount, count));

    /// <summary>Runs <paramref name="body"/> for every index from 0 to <paramref name="count"/> − 1.</summary>
    public static void Run(int count, int threads, CancellationToken cancellationToken, Action<int> body) =>
        Run(count, threads, cancellationToken, (_, index) => body(index));

    /// <summary>Runs <paramref name="body"/> with the worker's number, from 0 to <see cref="Workers"/> − 1, and the index.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled between two bodies.</exception>
    public static void Run(int count, int threads, CancellationToken cancellationToken, Action<int, int> body)
    {
        int workers = Workers(threads, count);
        int next = -1;
        // Of several failures the one of the lowest index is told, whatever the timing.
        object gate = new();
        int failedIndex = int.MaxValue;
        ExceptionDispatchInfo? failure = null;

        void Work(int worker)
        {
            int index;
            while (Volatile.Read(ref failedIndex) == int.MaxValue
                && !cancellationToken.IsCancellationRequested
                && (index = Interlocked.Increment(ref next)) < count)
            {
                try
                {
                    body(worker, index);
                }
                catch (Exception e)
                {
                    lock (gate)
                    {
                        if (index < failedIndex)
                        {
                            failedIndex = index;
                            failure = ExceptionDispatchInfo.Capture(e);
                        }
                    }
                }
            }
        }

        int atWork = 0;
        bool closed = false;
        void Join(int worker)
        {
            lock (gate)
            {
                if (closed)
                {
                    return;
                }

                atWork++;
            }

            Work(worker);
            lock (gate)
            {
                Volatile.Write(ref atWork, atWork - 1);
                Monitor.PulseAll(gate);
            }
        }

        for (int w = 1; w < workers; w++)
        {
            int worker = w;
            LoopWorkers.Start(() => Join(worker));
        }

        Work(0);
        lock (gate)
        {
            closed = true;
        }

        LoopWorkers.WaitShortly(() => Volatile.Read(ref atWork) == 0);
        lock (gate)
        {
            while (atWork > 0)
            {
                Monitor.Wait(gate);
            }
        }

        failure?.Throw();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
