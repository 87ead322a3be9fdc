namespace FsRec.Focus;

/// <summary>How many foci a search looks at; a range or a step that slipped by powers of ten would never end.</summary>
internal static class SearchSteps
{
    /// <summary>Most foci of a search: of the usual step of a few nm a hundred µm.</summary>
    public const int Most = 20_000;

    /// <summary>The number of steps in a range, rounded up.</summary>
    /// <param name="range">The range in nm.</param>
    /// <param name="step">The step in nm.</param>
    /// <param name="what">Which search.</param>
    /// <param name="lower">What the user may lower.</param>
    /// <exception cref="FsRecException">They are more than <see cref="Most"/>.</exception>
    public static int Count(double range, double step, string what, string lower)
    {
        double count = Math.Ceiling(range / step);
        return count <= Most
            ? (int)count
            : throw new FsRecException(FormattableString.Invariant(
                $"{what} would look at {count:g4} foci, {range:g4} nm in steps of {step:g4} nm; at most {Most} are sensible. Lower {lower}."));
    }
}
