using System.Text.Json;

namespace FsRec.Cli;

/// <summary>Writes a run's summary to standard output.</summary>
internal static class Summary
{
    /// <summary>Writes it, as JSON or for people.</summary>
    public static void Write(RunSummary summary, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(summary, SummaryJson.Default.RunSummary));
            return;
        }

        Console.Out.WriteLine(FormattableString.Invariant($"{Counted.Of(summary.Frames, "frame")} in {summary.Seconds:0.00} s"));
        if (summary.Restoration is { } restoration)
        {
            Console.Out.WriteLine($"restored by {restoration}");
        }

        if (summary.Iterations is { } iterations)
        {
            Console.Out.WriteLine(FormattableString.Invariant(
                $"{Counted.Of(iterations, "iteration")}; the last moved a frame by at most {summary.LastLargestMove:0.0000} px ({summary.LastLargestMoveWithoutTilt:0.0000} px without the part linear in defocus)"));
            Console.Out.WriteLine(FormattableString.Invariant($"scattered {100 * summary.ScatteredFraction:0.000} % of the electrons; residual {summary.ResidualRms:0.00000}"));
        }

        summary.Nonlinear?.Write(Console.Out);
        summary.Uncertainty?.Write(Console.Out);
        if (summary.Truth is { } truth)
        {
            Console.Out.WriteLine(FormattableString.Invariant(
                $"against the truth: wave error {100 * truth.WaveError:0.0} % of the scattered wave, displacements {truth.DisplacementRms:0.000} px RMS"));
        }

        summary.CrossValidation?.Write(Console.Out);
        summary.StepAnalysis?.Write(Console.Out);
        summary.Autofocus?.Write(Console.Out);
        foreach (string file in summary.Files)
        {
            Console.Out.WriteLine(file);
        }

        summary.Resolution?.Write(Console.Out);
    }
}
