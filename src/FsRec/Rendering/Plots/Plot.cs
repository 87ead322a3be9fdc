using FsRec.Rendering.Canvas;

namespace FsRec.Rendering;

/// <summary>Curves over one pair of axes. Immutable.</summary>
internal sealed class Plot(string title, string xLabel, string yLabel, IReadOnlyList<PlotCurve> curves) : Figure
{
    private const double FontSize = 12;
    private const double LeastMarginLeft = 74;
    private const double MarginRight = 16;
    private const double MarginBottom = 46;
    private const int MostMarks = 400;

    // Beside the axis: its label, and what keeps the ticks' texts off it.
    private const double LabelRoom = 34;

    /// <summary>Whether y is drawn by its logarithm.</summary>
    public bool Logarithmic { get; init; }

    /// <summary>Values of y that are marked by a line across, with their names.</summary>
    public IReadOnlyList<(double Y, string Name)> Levels { get; init; } = [];

    /// <summary>Values of x that are marked by a line, with their names.</summary>
    public IReadOnlyList<(double X, string Name)> Marks { get; init; } = [];

    /// <summary>Values of y that are in sight in any case.</summary>
    public IReadOnlyList<double> Include { get; init; } = [];

    /// <summary>Whether x counts whole things, as images.</summary>
    public bool WholeX { get; init; }

    /// <summary>Share of the values by which they differ at least over the height of the plot; without it what a float carries after the sums of a frame.</summary>
    public double LeastShare { get; init; } = 1e-6;

    /// <inheritdoc />
    public override double Width => 640;

    /// <inheritdoc />
    public override double Height => 340;

    /// <inheritdoc />
    public override string Description
    {
        get
        {
            string Range(PlotCurve curve)
            {
                double[] values = [.. curve.Points.Select(static p => p.Y).Where(double.IsFinite)];
                return values.Length == 0 ? $"{curve.Name}: no values" : FormattableString.Invariant($"{curve.Name} from {values.Min():g4} to {values.Max():g4}");
            }

            return $"{title}: {yLabel} by {xLabel}; {string.Join(", ", curves.Select(Range))}";
        }
    }

    /// <summary>Where values of 0 are drawn whose logarithm is not: half a decade below the least of the others.</summary>
    private double Floor => Math.Log10(Positive.DefaultIfEmpty(1).Min()) - 0.5;

    private bool HasZeros => Logarithmic && curves.Any(static c => c.Points.Any(static p => p.Y == 0));

    private IEnumerable<double> Positive => curves.SelectMany(static c => c.Points).Select(static p => p.Y).Where(static y => y > 0 && double.IsFinite(y));

    private List<List<(PlotCurve Curve, int Colour)>> LegendLines
    {
        get
        {
            List<List<(PlotCurve, int)>> lines = [[]];
            double room = Width - LeastMarginLeft - MarginRight;
            double used = 0;
            for (int i = 0; i < curves.Count; i++)
            {
                double width = 40 + TextSize.Width(curves[i].Name, FontSize);
                if (used > 0 && used + width > room)
                {
                    lines.Add([]);
                    used = 0;
                }

                lines[^1].Add((curves[i], curves[i].Colour ?? i));
                used += width;
            }

            return lines;
        }
    }

    /// <inheritdoc />
    internal override void Draw(ICanvas canvas)
    {
        (double x0, double x1, double y0, double y1) = Ranges();
        AxisTicks ticks = YTicks();
        double left = Math.Max(LeastMarginLeft, LabelRoom + ticks.Ticks.Select(static t => TextSize.Width(t.Text, FontSize)).DefaultIfEmpty(0).Max());
        double top = Top(ticks.Note.Length > 0);
        double width = Width - left - MarginRight;
        double height = Height - top - MarginBottom;
        double X(double x) => left + ((x - x0) / (x1 - x0) * width);
        double Y(double y) => top + height - ((Scaled(y) - y0) / (y1 - y0) * height);

        canvas.Text(title, left, 18, 14, Ink.Text, bold: true);
        DrawLegend(canvas, left);
        DrawAxes(canvas, left, top, width, height, (x0, x1, y0, y1), X, ticks);
        canvas.Clipped(left, top, width, height, () =>
        {
            (double X, string Name)[] marks = [.. Marks.Where(m => m.X >= x0 && m.X <= x1)];
            foreach ((double x, string _) in marks)
            {
                canvas.Line(X(x), top, X(x), top + height, new Stroke(Ink.Muted, 1, 3));
            }

            foreach ((double y, string _) in Levels)
            {
                canvas.Line(left, Y(y), left + width, Y(y), new Stroke(Ink.Muted, 1, 3));
            }

            for (int i = 0; i < curves.Count; i++)
            {
                DrawCurve(canvas, curves[i], Ink.Curve(curves[i].Colour ?? i), X, Y);
            }

            // Over the curves, on paper of their own: a name that a curve runs through cannot be read.
            foreach ((double x, string name) in marks)
            {
                bool before = x > (x0 + x1) / 2;
                DrawName(canvas, name, X(x) + (before ? -4 : 4), top + 12, before);
            }

            foreach ((double y, string name) in Levels)
            {
                DrawName(canvas, name, left + width - 4, Math.Max(top + 12, Y(y) - 4), true);
            }
        });
    }

    private static void DrawName(ICanvas canvas, string name, double x, double y, bool endsThere)
    {
        const double Size = 11;
        double wide = TextSize.Width(name, Size);
        canvas.Rectangle((endsThere ? x - wide : x) - 1, y - (0.85 * Size), wide + 2, 1.1 * Size, Ink.Paper, null);
        canvas.Text(name, x, y, Size, Ink.Muted, endsThere ? Anchor.End : Anchor.Start);
    }

    private void DrawLegend(ICanvas canvas, double left)
    {
        double y = 37;
        foreach (List<(PlotCurve Curve, int Colour)> line in LegendLines)
        {
            double x = left;
            foreach ((PlotCurve curve, int colour) in line)
            {
                var stroke = new Stroke(Ink.Curve(colour), 2, curve.Dashed ? 5 : 0);
                if (curve.Joined)
                {
                    canvas.Line(x, y - 4, x + 20, y - 4, stroke);
                }

                if (curve.Marked)
                {
                    canvas.Circle(x + 10, y - 4, 3, Ink.Curve(colour), null);
                }

                canvas.Text(curve.Name, x + 25, y, FontSize, Ink.Text);
                x += 40 + TextSize.Width(curve.Name, FontSize);
            }

            y += 17;
        }
    }

    private void DrawAxes(ICanvas canvas, double left, double top, double width, double height, (double X0, double X1, double Y0, double Y1) range, Func<double, double> toX, AxisTicks ticks)
    {
        (double x0, double x1, double y0, double y1) = range;
        IReadOnlyList<double> xs = RoundLength.Ticks(x0, x1, WholeX ? (int)Math.Clamp(x1 - x0, 1, 10) : 8);
        double xStep = xs.Count > 1 ? xs[1] - xs[0] : 1;
        foreach (double x in xs.Where(x => !WholeX || x == Math.Round(x)))
        {
            canvas.Line(toX(x), top, toX(x), top + height, new Stroke(Ink.Grid));
            canvas.Text(RoundLength.Text(x, WholeX ? 1 : xStep), toX(x), top + height + 16, FontSize, Ink.Text, Anchor.Middle);
        }

        foreach ((double at, string text) in ticks.Ticks)
        {
            double y = top + height - ((at - y0) / (y1 - y0) * height);
            canvas.Line(left, y, left + width, y, new Stroke(Ink.Grid));
            canvas.Text(text, left - 6, y + 4, FontSize, Ink.Text, Anchor.End);
        }

        canvas.Rectangle(left, top, width, height, null, new Stroke(Ink.Muted));
        canvas.Text(xLabel, left + (width / 2), Height - 8, FontSize, Ink.Text, Anchor.Middle);
        if (ticks.Note.Length > 0)
        {
            canvas.Text(ticks.Note, left, top - 6, 11, Ink.Muted);
        }

        canvas.VerticalText(yLabel, 15, top + (height / 2), FontSize, Ink.Text);
    }

    private AxisTicks YTicks()
    {
        (_, _, double y0, double y1) = Ranges();
        int about = Math.Max(2, (int)((Height - Top(false) - MarginBottom) / 45));
        return Logarithmic ? AxisTicks.Logarithmic(y0, y1, about, HasZeros ? Floor : null) : AxisTicks.Linear(y0, y1, about);
    }

    private static void DrawCurve(ICanvas canvas, PlotCurve curve, Ink ink, Func<double, double> toX, Func<double, double> toY)
    {
        if (curve.Joined)
        {
            List<(double, double)> run = [];
            foreach ((double x, double y) in curve.Points.Append((double.NaN, double.NaN)))
            {
                double py = toY(y);
                if (double.IsFinite(x) && double.IsFinite(py))
                {
                    run.Add((toX(x), py));
                    continue;
                }

                if (run.Count > 1)
                {
                    canvas.Polyline([.. run], new Stroke(ink, 2, curve.Dashed ? 5 : 0));
                }

                run.Clear();
            }
        }

        for (int i = 0; i < curve.Points.Count && curve.Marked && curve.Points.Count <= MostMarks; i++)
        {
            (double x, double y) = curve.Points[i];
            if (!double.IsFinite(toX(x)) || !double.IsFinite(toY(y)))
            {
                continue;
            }

            double error = i < curve.Errors.Count && double.IsFinite(curve.Errors[i]) ? curve.Errors[i] : 0;
            if (error > 0 && double.IsFinite(toY(y - error)))
            {
                canvas.Line(toX(x), toY(y - error), toX(x), toY(y + error), new Stroke(ink, 1.2));
                canvas.Line(toX(x) - 3, toY(y - error), toX(x) + 3, toY(y - error), new Stroke(ink, 1.2));
                canvas.Line(toX(x) - 3, toY(y + error), toX(x) + 3, toY(y + error), new Stroke(ink, 1.2));
            }

            string value = FormattableString.Invariant($"{curve.Name}: {x:0.####}, {y:g5}{(error > 0 ? FormattableString.Invariant($" ± {error:g2}") : "")}");
            canvas.Circle(toX(x), toY(y), curve.Points.Count > 60 ? 2 : 3, ink, null, value);
        }
    }

    private double Top(bool hasNote) => 34 + (17 * LegendLines.Count) + (hasNote ? 15 : 0);

    private double Scaled(double y) => !Logarithmic ? y : y > 0 ? Math.Log10(y) : y == 0 ? Floor : double.NaN;

    private (double X0, double X1, double Y0, double Y1) Ranges()
    {
        double[] xs = [.. curves.SelectMany(static c => c.Points).Where(static p => double.IsFinite(p.Y)).Select(static p => p.X).Where(double.IsFinite)];
        double[] ys = [.. curves
            .SelectMany(static c => c.Points.SelectMany((p, i) => i < c.Errors.Count && double.IsFinite(c.Errors[i]) ? new[] { p.Y - c.Errors[i], p.Y + c.Errors[i] } : [p.Y]))
            .Concat(Levels.Select(static l => l.Y)).Concat(Include)
            .Select(Scaled).Where(double.IsFinite)];
        (double x0, double x1) = xs.Length > 0 ? (xs.Min(), xs.Max()) : (0, 1);
        (double y0, double y1) = ys.Length > 0 ? (ys.Min(), ys.Max()) : (0, 1);
        double xRoom = x1 > x0 ? 0.02 * (x1 - x0) : 0.5;
        if (!Logarithmic)
        {
            // What differs by less than the numbers of a frame carry is shown as the line that it is.
            double least = Math.Max(LeastShare * Math.Max(Math.Abs(y0), Math.Abs(y1)), 1e-12);
            if (y1 - y0 < least)
            {
                (y0, y1) = y0 == 0 && y1 == 0 ? (-1, 1) : (((y0 + y1) / 2) - least, ((y0 + y1) / 2) + least);
            }
        }

        double yRoom = y1 > y0 ? 0.06 * (y1 - y0) : 0.5;
        return (x0 - xRoom, x1 + xRoom, y0 - yRoom, y1 + yRoom);
    }
}
