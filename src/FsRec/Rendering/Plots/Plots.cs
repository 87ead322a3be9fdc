using FsRec.Focus;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Resolution;
using FsRec.Results;
using FsRec.Series;

namespace FsRec.Rendering;

/// <summary>Plots of everything that has a history, a frame by frame or a frequency by frequency.</summary>
public static class Plots
{
    private const string ByImage = "image number";
    private const string ByFrequency = "spatial frequency (1/nm)";

    // Curves by frequency: as fine as a plot shows.
    private const int FrequencySteps = 300;

    /// <summary>The kinds of plots that a reconstruction has what they take.</summary>
    /// <param name="reconstruction">The reconstruction.</param>
    public static IReadOnlyList<PlotKind> KindsOf(Reconstruction reconstruction)
    {
        List<PlotKind> kinds = [PlotKind.Drift];
        if (reconstruction.History.Count + reconstruction.NonlinearHistory.Count > 0)
        {
            kinds.Add(PlotKind.Convergence);
        }

        kinds.Add(PlotKind.Focus);
        if (reconstruction.Uncertainty is not null)
        {
            kinds.AddRange([PlotKind.ChiSquare, PlotKind.Uncertainty]);
        }

        kinds.Add(PlotKind.Transfer);
        return kinds;
    }

    /// <summary>A plot of a reconstruction.</summary>
    /// <param name="reconstruction">The reconstruction.</param>
    /// <param name="kind">What it shows.</param>
    /// <exception cref="FsRecException">The reconstruction has nothing of that kind.</exception>
    public static Figure Of(Reconstruction reconstruction, PlotKind kind) => kind switch
    {
        PlotKind.Drift => Drift(reconstruction.Aligned),
        PlotKind.Convergence when reconstruction.History.Count + reconstruction.NonlinearHistory.Count > 0 => Convergence(reconstruction),
        PlotKind.Convergence => throw new FsRecException("The reconstruction has no history: it was read from files, or made without iterations."),
        PlotKind.Focus => Foci(reconstruction),
        PlotKind.ChiSquare => ChiSquare(Stated(reconstruction)),
        PlotKind.Uncertainty => Uncertainty(Stated(reconstruction), reconstruction.Series.Parameters),
        PlotKind.Transfer => Transfer(reconstruction.Series),
        PlotKind.Autofocus => throw new FsRecException("A reconstruction has no curve of an autofocus. Give what Invoke-FsrAutofocus puts out."),
        _ => throw new FsRecException("A reconstruction has no measured resolution. Give what Measure-FsrResolution puts out."),
    };

    /// <summary>The displacements, with and without the part linear in defocus.</summary>
    /// <param name="aligned">The series and its displacements.</param>
    public static Figure Drift(AlignedSeries aligned)
    {
        IReadOnlyList<FrameDisplacement> without = aligned.DisplacementsWithoutTilt;
        static (double, double)[] By(IReadOnlyList<FrameDisplacement> list, Func<FrameDisplacement, double> part) => [.. list.Select(d => ((double)d.ImageNumber, part(d)))];
        return new Plot("Drift", ByImage, "displacement (px)",
            [
                new PlotCurve("dx", By(aligned.Displacements, static d => d.Dx)) { Colour = 0 },
                new PlotCurve("dy", By(aligned.Displacements, static d => d.Dy)) { Colour = 1 },
                new PlotCurve("dx without tilt", By(without, static d => d.Dx)) { Colour = 0, Dashed = true, Marked = false },
                new PlotCurve("dy without tilt", By(without, static d => d.Dy)) { Colour = 1, Dashed = true, Marked = false },
            ])
        { WholeX = true };
    }

    /// <summary>The foci that a step analysis found, and the line through them.</summary>
    /// <param name="analysis">The analysis.</param>
    public static Figure Of(FocusStepAnalysis analysis) => new Plot(
        FormattableString.Invariant($"Focus step {analysis.Step:0.000} ± {analysis.StepError:0.000} nm"), ByImage, "defocus (nm)",
        [
            new PlotCurve("refined", [.. analysis.Frames.Select(static f => ((double)f.ImageNumber, f.Refined))])
            {
                Joined = false,
                // The line's scatter is the error of a single focus.
                Errors = [.. analysis.Frames.Select(_ => analysis.Deviation)],
            },
            new PlotCurve("line", [.. analysis.Frames.Select(static f => ((double)f.ImageNumber, f.Fitted))]) { Marked = false },
            new PlotCurve("given", [.. analysis.Frames.Select(static f => ((double)f.ImageNumber, f.Initial))]) { Marked = false, Dashed = true },
        ])
    { WholeX = true };

    /// <summary>The curve of an autofocus.</summary>
    /// <param name="autofocus">The autofocus.</param>
    public static Figure Of(AutofocusResult autofocus) => new Plot(
        FormattableString.Invariant($"Autofocus: least contrast at {autofocus.Focus:0.00} nm"), "focus (nm)", "contrast",
        [new PlotCurve("contrast", [.. autofocus.Curve.Select(static c => (c.Focus, c.Contrast))])])
    { Marks = [(autofocus.Focus, FormattableString.Invariant($"{autofocus.Focus:0.00} nm"))] };

    /// <summary>The ring correlation of two halves with both criteria.</summary>
    /// <param name="resolution">The measurement.</param>
    public static Figure Of(ResolutionMeasurement resolution) => new Plot(
        "Two halves of the series", ByFrequency, "Fourier ring correlation",
        [
            new PlotCurve("correlation", [.. resolution.Rings.Select(static r => (r.Frequency, r.Correlation))]) { Marked = resolution.Rings.Count <= 60 },
            new PlotCurve("half a bit", [.. resolution.Rings.Select(static r => (r.Frequency, r.HalfBit))]) { Marked = false, Dashed = true },
        ])
    {
        Levels = [(ResolutionMeasurement.OneSeventh, "1/7")],
        Include = [0, 1],
        Marks = resolution.FrequencyAtOneSeventh is { } reach && double.IsFinite(reach) ? [(reach, FormattableString.Invariant($"{1 / reach:0.000} nm"))] : [],
    };

    /// <summary>What a series transfers of phase and amplitude, and the envelopes of its first and last frame.</summary>
    /// <param name="series">The series.</param>
    public static Figure Transfer(FocalSeries series)
    {
        TransferFunction[] frames = [.. series.Foci.Select(z => new TransferFunction(series.Microscope, z))];
        double highest = Math.Min(1.15 * series.Parameters.Linear.Limit, series.Calibration.Nyquist);
        (double, double)[] Curve(Func<double, double> value) => [.. Enumerable.Range(0, FrequencySteps + 1).Select(i => (highest * i / FrequencySteps, value(Square(highest * i / FrequencySteps))))];
        double Mean(double g2, Func<double, double> part) => Math.Sqrt(frames.Average(f => Square(f.Envelope(g2) * part(f.Phase(g2)))));
        return new Plot("Transfer of the series", ByFrequency, "transfer",
            [
                new PlotCurve("phase, RMS of the frames", Curve(g2 => Mean(g2, Math.Sin))) { Marked = false, Colour = 0 },
                new PlotCurve("amplitude, RMS of the frames", Curve(g2 => Mean(g2, Math.Cos))) { Marked = false, Colour = 1 },
                new PlotCurve("envelope, first", Curve(g2 => frames[0].Envelope(g2))) { Marked = false, Dashed = true, Colour = 2 },
                new PlotCurve("envelope, last", Curve(g2 => frames[^1].Envelope(g2))) { Marked = false, Dashed = true, Colour = 3 },
            ])
        {
            Include = [0, 1],
            Marks = [(series.Parameters.LowerLimit, "lower limit"), (series.Parameters.Linear.Limit, "Limit")],
        };
    }

    private static ReconstructionUncertainty Stated(Reconstruction reconstruction) => reconstruction.Uncertainty
        ?? throw new FsRecException("A linear restoration has no model of its noise, and so no chi-squares and no errors. Reconstruct by Wiener or Nonlinear.");

    private static double Square(double x) => x * x;

    private static Figure Convergence(Reconstruction reconstruction)
    {
        List<Figure> plots = [];
        if (reconstruction.History.Count > 0)
        {
            static (double, double)[] By(IEnumerable<IterationRecord> records, Func<IterationRecord, double> value) => [.. records.Select(h => ((double)h.Iteration, value(h)))];
            // The first iteration makes the wave that frames are then moved against: that it moved none is no convergence.
            IterationRecord[] moves = [.. reconstruction.History.SkipWhile(static h => h.LargestMove == 0)];
            moves = moves.Length > 0 ? moves : [.. reconstruction.History];
            double precision = reconstruction.Series.Parameters.Alignment.Precision;
            plots.Add(new Plot("Convergence of the alignment", "iteration", "largest move (px)",
                [new PlotCurve("largest move", By(moves, static h => h.LargestMove)), new PlotCurve("without tilt", By(moves, static h => h.LargestMoveWithoutTilt)) { Dashed = true }])
            { Logarithmic = true, WholeX = true, Levels = precision > 0 ? [(precision, "Alignmentprecision")] : [] });
            // What differs by less than a hundredth is the same residual, and is to look so.
            plots.Add(new Plot("Residual", "iteration", "residual (mean intensity)", [new PlotCurve("residual RMS", By(reconstruction.History, static h => h.ResidualRms))]) { WholeX = true, LeastShare = 0.01 });
        }

        if (reconstruction.NonlinearHistory.Count > 0)
        {
            plots.Add(new Plot("Nonlinear refinement", "iteration", "reduced chi-square",
                [new PlotCurve("reduced chi-square", [.. reconstruction.NonlinearHistory.Select(static h => ((double)h.Iteration, h.ReducedChiSquare))])])
            { Levels = [(1, "1")], WholeX = true });
        }

        return plots.Count == 1 ? plots[0] : new GridFigure(plots, 1);
    }

    /// <summary>What a plot of foci shows, in a sentence.</summary>
    internal static string FocusCaption(Reconstruction reconstruction)
    {
        FocalSeries series = reconstruction.Series;
        bool refined = !series.Foci.SequenceEqual(series.Parameters.SelectedFoci);
        bool hasErrors = reconstruction.Uncertainty?.Frames.Any(static f => double.IsFinite(f.FocusError)) == true;
        return (refined, hasErrors) switch
        {
            (true, true) => "Foci as the frames show them, the line through them, and what is left; bars are standard errors.",
            (true, false) => "Foci as they were refined, the line through them, and what is left.",
            (false, true) => "Foci as they were given, not fitted, and the line through them; bars are the errors that a fit to these frames would have.",
            _ => "Foci as they were given, not fitted, and the line through them.",
        };
    }

    private static Figure Foci(Reconstruction reconstruction)
    {
        FocalSeries series = reconstruction.Series;
        (double X, double Y)[] foci = [.. series.ImageNumbers.Select((number, n) => ((double)number, series.Foci[n]))];
        double[] errors = reconstruction.Uncertainty is { } trust ? [.. trust.Frames.Select(static f => f.FocusError)] : [];
        (double Offset, double Slope) line = Line(foci);
        double At(double x) => line.Offset + (line.Slope * x);
        (double X, double Y)[] deviations = [.. foci.Select(f => (f.X, f.Y - At(f.X)))];
        // The text of a parameter file has no more digits.
        bool isRamp = deviations.All(static d => Math.Abs(d.Y) < 1e-6) && !errors.Any(double.IsFinite);
        var plot = new Plot(FormattableString.Invariant($"Foci: {line.Slope:0.000} nm an image{(isRamp ? ", as given" : "")}"), ByImage, "defocus (nm)",
            [
                new PlotCurve("foci", foci) { Joined = false, Errors = errors },
                new PlotCurve("line", [.. foci.Select(f => (f.X, At(f.X)))]) { Marked = false },
            ])
        { WholeX = true };
        // Foci that nobody refined lie on their line; there is nothing to draw of what is left.
        return isRamp
            ? plot
            : new GridFigure(
                [plot, new Plot("Foci less the line", ByImage, "deviation (nm)", [new PlotCurve("deviation", deviations) { Joined = false, Errors = errors }]) { WholeX = true, Include = [0] }], 1);
    }

    private static Plot ChiSquare(ReconstructionUncertainty trust) => new("Misfit of each frame", ByImage, "reduced chi-square",
        [
            new PlotCurve("reduced chi-square", [.. trust.Frames.Select(static f => ((double)f.ImageNumber, f.ReducedChiSquare))]),
            .. trust.OutlierImages.Count == 0 ? Array.Empty<PlotCurve>() :
            [
                new PlotCurve("without weight", [.. trust.Frames.Where(static f => f.Weight == 0).Select(static f => ((double)f.ImageNumber, f.ReducedChiSquare))]) { Joined = false },
            ],
        ])
    { WholeX = true, Levels = [(1, "1: noise alone")] };

    private static Plot Uncertainty(ReconstructionUncertainty trust, ReconstructionParameters parameters) => new("Wave and its error by frequency", ByFrequency, "RMS amplitude of a ring",
        [
            new PlotCurve("scattered wave", [.. trust.Rings.Select(static r => (r.Frequency, r.Amplitude))]) { Marked = trust.Rings.Count <= 60 },
            new PlotCurve("error by noise", [.. trust.Rings.Select(static r => (r.Frequency, r.Error))]) { Marked = trust.Rings.Count <= 60, Dashed = true },
        ])
    { Logarithmic = true, Marks = [(parameters.LowerLimit, "lower limit")] };

    private static (double Offset, double Slope) Line((double X, double Y)[] points)
    {
        double x0 = points.Average(static p => p.X);
        double y0 = points.Average(static p => p.Y);
        double squares = points.Sum(p => Square(p.X - x0));
        double slope = squares > 0 ? points.Sum(p => (p.X - x0) * (p.Y - y0)) / squares : 0;
        return (y0 - (slope * x0), slope);
    }
}
