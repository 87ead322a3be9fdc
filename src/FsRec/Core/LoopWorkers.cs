using System.Collections.Concurrent;
using System.Diagnostics;

namespace FsRec;

/// <summary>
/// Threads of the process-wide pool that have just worked in a loop and look out for the next one for a moment: an iteration has several loops of a
/// millisecond, and to put a thread to sleep and wake it again takes a tenth of one.
/// </summary>
internal static class LoopWorkers
{
    // A tenth of a millisecond: about what an iteration does between two loops, and what it takes to wake a thread.
    private static readonly long Patience = Stopwatch.Frequency / 10_000;
    private const int Pause = 20;
    private static readonly bool HasOthers = Environment.ProcessorCount > 1;
    private static readonly Action Gone = static () => { };
    private static readonly ConcurrentStack<Seat> Seats = new();

    /// <summary>Has work done by a thread that looks out for some, or else by one of the pool.</summary>
    /// <param name="work">The work; it throws nothing.</param>
    public static void Start(Action work)
    {
        while (Seats.TryPop(out Seat? seat))
        {
            if (seat.TryGive(work))
            {
                return;
            }
        }

        _ = Task.Run(() => Run(work));
    }

    /// <summary>Waits a moment for a condition.</summary>
    /// <param name="holds">The condition.</param>
    public static void WaitShortly(Func<bool> holds)
    {
        long end = Stopwatch.GetTimestamp() + Patience;
        while (HasOthers && !holds() && Stopwatch.GetTimestamp() < end)
        {
            Thread.SpinWait(Pause);
        }
    }

    private static void Run(Action work)
    {
        for (Action? next = work; next is not null; next = Next())
        {
            next();
        }
    }

    private static Action? Next()
    {
        // What waits for a thread shall have this one: a loop of more workers than there are processors leaves many that come too late and have nothing to do,
        // and they would pile up if each looked out for a while.
        if (ThreadPool.PendingWorkItemCount > 0)
        {
            return null;
        }

        var seat = new Seat();
        Seats.Push(seat);
        WaitShortly(() => seat.HasWork);
        return seat.Leave();
    }

    /// <summary>Where a thread waits for work.</summary>
    private sealed class Seat
    {
        private Action? _work;

        public bool HasWork => Volatile.Read(ref _work) is not null;

        public bool TryGive(Action work) => Interlocked.CompareExchange(ref _work, work, null) is null;

        /// <summary>Gives the seat up; returns what was given meanwhile.</summary>
        public Action? Leave() => Interlocked.CompareExchange(ref _work, Gone, null);
    }
}
