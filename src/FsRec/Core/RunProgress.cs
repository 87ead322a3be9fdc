namespace FsRec;

/// <summary>How far a long call has come.</summary>
/// <param name="Stage">What is being done, in words for the user.</param>
/// <param name="Done">Units of the stage that are done.</param>
/// <param name="Total">Units of the stage in all.</param>
/// <param name="Detail">More about it: an iteration and its figures; may be empty.</param>
public readonly record struct RunProgress(string Stage, int Done, int Total, string Detail = "")
{
    /// <summary>How much more than <see cref="Done"/> is done, in units: the share of the one at work.</summary>
    public double Part { get; init; }

    /// <summary>What is at work within the unit, such as a frame; <see langword="null"/> where nobody asks.</summary>
    public string? Within { get; init; }

    /// <summary>The figures of the iteration that ended; <see langword="null"/> where none did.</summary>
    public IterationFigures? Iteration { get; init; }

    /// <summary>Share of the stage that is done, from 0 to 1.</summary>
    public double Fraction => Total > 0 ? Math.Clamp((Done + Part) / Total, 0, 1) : 0;

    /// <inheritdoc />
    public override string ToString() => Total == 0 ? Stage : Within is not null ? $"{Stage}, {Done} of {Total}, {Within}" : $"{Stage}, {Done} of {Total}";
}
