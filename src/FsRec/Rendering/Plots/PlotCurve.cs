namespace FsRec.Rendering;

/// <summary>Points of a plot, joined by a line or not.</summary>
/// <param name="Name">What they are, for the legend.</param>
/// <param name="Points">The points; those that are no numbers interrupt the line.</param>
internal sealed record PlotCurve(string Name, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>Standard error of each y; empty where there are none.</summary>
    public IReadOnlyList<double> Errors { get; init; } = [];

    /// <summary>Whether each point is marked, and tells its values.</summary>
    public bool Marked { get; init; } = true;

    /// <summary>Whether the points are joined.</summary>
    public bool Joined { get; init; } = true;

    /// <summary>Whether the line is dashed.</summary>
    public bool Dashed { get; init; }

    /// <summary>Which colour; <see langword="null"/> for the next one.</summary>
    public int? Colour { get; init; }
}
