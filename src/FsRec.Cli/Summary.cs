using FsRec.Runs;

namespace FsRec.Cli;

/// <summary>Writes a run's summary to standard output.</summary>
internal static class Summary
{
    /// <summary>Writes it, as JSON or for people.</summary>
    /// <param name="record">What the run says of itself.</param>
    /// <param name="files">Its files.</param>
    /// <param name="json">Whether as JSON.</param>
    public static void Write(RunRecord record, IReadOnlyList<string> files, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(record.ToJson());
            return;
        }

        RunFigures figures = record.Figures!;
        Console.Out.WriteLine(FormattableString.Invariant($"{Counted.Of(figures.Frames, "frame")} in {record.Seconds:0.00} s"));
        if (figures.Restoration is { } restoration)
        {
            Console.Out.WriteLine($"restored by {restoration}");
        }

        if (figures.Iterations is { } iterations)
        {
            Console.Out.WriteLine(FormattableString.Invariant(
                $"{Counted.Of(iterations, "iteration")}; the last moved a frame by at most {figures.LastLargestMove:0.0000} px ({figures.LastLargestMoveWithoutTilt:0.0000} px without the part linear in defocus)"));
            Console.Out.WriteLine(FormattableString.Invariant($"scattered {100 * figures.ScatteredFraction:0.000} % of the electrons; residual {figures.ResidualRms:0.00000}"));
        }

        figures.Nonlinear?.Write(Console.Out);
        figures.Uncertainty?.Write(Console.Out);
        if (figures.Truth is { } truth)
        {
            Console.Out.WriteLine(FormattableString.Invariant(
                $"against the truth: wave error {100 * truth.WaveError:0.0} % of the scattered wave, displacements {truth.DisplacementRms:0.000} px RMS"));
        }

        figures.CrossValidation?.Write(Console.Out);
        figures.StepAnalysis?.Write(Console.Out);
        figures.Autofocus?.Write(Console.Out);
        foreach (string file in files)
        {
            Console.Out.WriteLine(file);
        }

        if (figures.Resolution is { } resolution)
        {
            Console.Out.WriteLine(resolution.Line);
        }
    }
}
