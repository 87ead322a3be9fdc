namespace FsRec.Series;

/// <summary>A focal series with the displacement of each frame. Immutable; shares the frames of the series.</summary>
public sealed class AlignedSeries
{
    /// <summary>Joins a series and its displacements.</summary>
    /// <param name="series">The series.</param>
    /// <param name="displacements">One a frame, in the order of the series.</param>
    /// <exception cref="FsRecException">The displacements belong to other images.</exception>
    public AlignedSeries(FocalSeries series, IReadOnlyList<FrameDisplacement> displacements)
    {
        if (!displacements.Select(static d => d.ImageNumber).SequenceEqual(series.ImageNumbers))
        {
            throw new FsRecException(
                $"{displacements.Count} displacements of images {Describe([.. displacements.Select(static d => d.ImageNumber)])} do not fit a series of {series.Count} images {Describe(series.ImageNumbers)}.");
        }

        Series = series;
        Displacements = displacements.ToArray();
    }

    /// <summary>The series.</summary>
    public FocalSeries Series { get; }

    /// <summary>Displacement of each frame, in pixels.</summary>
    public IReadOnlyList<FrameDisplacement> Displacements { get; }

    /// <summary>How the series was aligned and is to be aligned further, as key Methprealign names it; <see langword="null"/> where it is not known.</summary>
    internal string? Method { get; init; }

    /// <summary>
    /// Which frames do not belong to the others, of a series whose frames were aligned one against the other and then held against what the others
    /// predict; <see langword="null"/> where it is not known.
    /// </summary>
    internal IReadOnlyList<bool>? Outliers { get; init; }

    /// <summary>
    /// How far in px each frame of a series that is not determined lies elsewhere when it is aligned by one half of its frequencies and by the other, 0 of
    /// those that do not; <see langword="null"/> where there was no reason to ask.
    /// </summary>
    internal IReadOnlyList<FrameDisplacement>? Apart { get; init; }

    /// <summary>
    /// Which frames belong to the others as the full image shows, where the linear theory, by which frames are judged otherwise, is too coarse; <see langword="null"/>
    /// where that was not asked.
    /// </summary>
    internal IReadOnlyList<bool>? Members { get; init; }

    /// <summary>The same frames and displacements, of a series with other parameters or foci.</summary>
    /// <param name="series">The series.</param>
    internal AlignedSeries Of(FocalSeries series) => new(series, Displacements) { Method = Method, Outliers = Outliers, Apart = Apart, Members = Members };

    /// <summary>The same with other members.</summary>
    /// <param name="members">Which frames belong.</param>
    internal AlignedSeries With(IReadOnlyList<bool> members) => new(Series, Displacements) { Method = Method, Outliers = Outliers, Apart = Apart, Members = members };

    /// <summary>The displacements without their mean and the part linear in defocus, which the data cannot tell from a tilt of the beam.</summary>
    public IReadOnlyList<FrameDisplacement> DisplacementsWithoutTilt => DisplacementAlgebra.WithoutTilt(Displacements, Series.Foci);

    /// <summary>A series taken as it comes, every displacement zero.</summary>
    /// <param name="series">The series.</param>
    public static AlignedSeries Unmoved(FocalSeries series) =>
        new(series, [.. series.ImageNumbers.Select(static number => new FrameDisplacement(number, 0, 0))]);

    /// <inheritdoc />
    public override string ToString() => $"{Series}, aligned";

    private static string Describe(IReadOnlyList<int> numbers) =>
        numbers.Count == 0 ? "(none)" : numbers.Count < 6 ? string.Join(", ", numbers) : $"{numbers[0]}, {numbers[1]}, … {numbers[^1]}";
}
