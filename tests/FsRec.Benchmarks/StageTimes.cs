using System.Diagnostics;
using FsRec.Fourier;

namespace FsRec.Benchmarks;

/// <summary>
/// Where the time of a frame and iteration goes: the stages of the linear loop on one thread, for frames of 512² with a reference area
/// of 128², as in the example series. Shortest of several rounds.
/// </summary>
internal static class StageTimes
{
    private const int Repetitions = 40;
    private const int Rounds = 15;

    /// <summary>Prints the table.</summary>
    public static void Print()
    {
        using var frame = new FrameIteration();
        Console.WriteLine("milliseconds a call");
        var reference = new FourierTransform(FrameIteration.Size, FrameIteration.Size);
        using FourierScratch referenceScratch = reference.CreateScratch();
        using ComplexPlane plane = new(FrameIteration.Size, FrameIteration.Size);
        Time("c2c 512² (reference)", () => reference.Forward(plane, referenceScratch));
        Time("frame forward (once)", frame.Transform);
        Time("transfer table (once)", frame.FillTransfer);
        Time("simulate region", frame.SimulateRegion);
        Time("simulate and filter", frame.Simulate);
        Time("measured area", frame.CutWhole);
        frame.Cut();
        Time("the same, kept", frame.Cut);
        Time("residual", frame.Residual);
        Time("normalise two", frame.Normalise);
        Time("correlate", frame.Correlate);
        Time("peak", frame.Peak);
        Time("all of an iteration", frame.Run);
    }

    private static void Time(string stage, Action action)
    {
        for (int i = 0; i < 200; i++)
        {
            action();
        }

        double best = double.PositiveInfinity;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Repetitions; i++)
            {
                action();
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds / Repetitions);
        }

        Console.WriteLine(FormattableString.Invariant($"{stage,-24} {best:0.000}"));
    }
}
