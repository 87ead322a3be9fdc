using System.Globalization;
using FsRec.Results;
using FsRec.Runs;

namespace FsRec.Cli;

/// <summary>Figures of a run for people.</summary>
internal static class FiguresText
{
    /// <summary>Writes what the refinement by the full image model did, in a line or two.</summary>
    public static void Write(this RefinementFigures found, TextWriter output)
    {
        output.WriteLine(found.KeptLinear
            ? FormattableString.Invariant($"nonlinear refinement: the linear estimate is kept, as what it leaves out is {found.LinearBias:0.000} of what noise leaves")
            : FormattableString.Invariant($"nonlinear refinement: {Counted.Of(found.Iterations, "iteration")}, reduced chi-square {found.ReducedChiSquare:0.0000}, focus spread in {Counted.Of(found.FocusNodes, "node")} (error {found.FocusNodesError:0.000} of the noise)"));
        if (found.Aberrations is not null)
        {
            output.WriteLine($"aberrations: {found.Aberrations}");
        }
    }

    /// <summary>Writes how far a result is to be trusted, in a line or two.</summary>
    public static void Write(this UncertaintyFigures found, TextWriter output)
    {
        double Rms(Func<UncertaintyFigures.FrameErrors, double?> error) =>
            Math.Sqrt(found.Frames.Select(error).OfType<double>().Select(static e => e * e).DefaultIfEmpty(double.NaN).Average());
        // No frame says of itself how far it is off where the data determine no place, or none has weight.
        static string Off(string what, string unit, string format, params double[] errors) => errors.All(double.IsFinite)
            ? $"{what} are off by {string.Join(", ", errors.Select(e => e.ToString(format, CultureInfo.InvariantCulture)))} {unit}"
            : $"it is unknown how far {what} are off";
        output.WriteLine(FormattableString.Invariant(
            $"uncertainty: reduced chi-square {found.ReducedChiSquare:0.000}; the wave is off by {found.Wave}, by thirds of that band {string.Join(", ", found.Thirds.Select(static t => FormattableString.Invariant($"{(double.IsFinite(t.RelativeError) ? FormattableString.Invariant($"{100 * t.RelativeError:0.0}") : "unknown")}")))} %{found.HowWellKnown}{(found.WidenedByMisfit ? ", widened by what the model does not explain" : "")}; by noise {Off("displacements", "px", "0.0000", Rms(static f => f.DxError), Rms(static f => f.DyError))}, {Off("fitted foci", "nm", "0.00", Rms(static f => f.FocusError))}"));
        if (found.OutlierImages.Count > 0)
        {
            output.WriteLine("images without weight: " + string.Join(", ", found.OutlierImages));
        }
    }

    /// <summary>Writes a line for each frame that was left out, and one for all.</summary>
    public static void Write(this CrossValidationFigures found, TextWriter output)
    {
        foreach (PredictedFrame frame in found.Frames)
        {
            output.WriteLine(frame);
        }

        output.WriteLine(FormattableString.Invariant(
            $"{found.Method}: {found.Frames.Count} images left out and predicted, correlation {found.Correlation:0.000}, reduced chi-square {found.ReducedChiSquare:0.00}"));
    }

    /// <summary>Writes the table of focus steps, the fit and both lists of foci.</summary>
    public static void Write(this StepFigures found, TextWriter output)
    {
        output.WriteLine(" image   initial   refined    fitted  difference  deviation");
        foreach (Focus.FocusEstimate f in found.Frames)
        {
            output.WriteLine(FormattableString.Invariant(
                $"{f.ImageNumber,6} {f.Initial,9:0.000} {f.Refined,9:0.000} {f.Fitted,9:0.000} {f.Difference,11:0.0000} {f.Deviation,10:0.0000}{(f.IsOutlier ? "  outlier" : "")}"));
        }

        output.WriteLine(FormattableString.Invariant(
            $"Focus step {found.Step:0.000} ± {found.StepError:0.000} nm, first focus {found.FirstFocus:0.000} nm, deviation {found.Deviation:0.000} nm, r² {found.RSquared:0.0000}"));
        output.WriteLine("Focus values on the line in input format:");
        output.WriteLine("Foci=" + found.FittedFoci);
        output.WriteLine("Refined focus values in input format:");
        output.WriteLine("Foci=" + found.RefinedFoci);
    }

    /// <summary>Writes the focus of least contrast and the corrected foci.</summary>
    public static void Write(this AutofocusFigures found, TextWriter output)
    {
        if (found.AtEdge)
        {
            output.WriteLine(FormattableString.Invariant($"Minimum contrast focus: {found.Focus:0.000} nm, the end of the search range; wave and foci are not corrected"));
            return;
        }

        output.WriteLine(FormattableString.Invariant($"Minimum contrast focus: {found.Focus:0.000} nm; wave and foci are corrected by it"));
        output.WriteLine("Focus values in input format:");
        output.WriteLine("Foci=" + found.Foci);
    }
}
