using FsRec.Series;

namespace FsRec.Simulation;

/// <summary>How the specimen moves from frame to frame.</summary>
public sealed record DriftModel
{
    /// <summary>No movement.</summary>
    public static DriftModel None { get; } = new();

    /// <summary>
    /// Longest step in px of a random walk; each step has a random direction and a random length up to this. Displacements come out
    /// mean-free.
    /// </summary>
    public double LargestStep { get; init; }

    /// <summary>Steady drift along columns in px a frame, added to the walk.</summary>
    public double LinearX { get; init; }

    /// <summary>Steady drift along rows in px a frame, added to the walk.</summary>
    public double LinearY { get; init; }

    /// <summary>A jump along columns in px between the two frames in the middle of the series, added to the walk.</summary>
    public double Jump { get; init; }

    /// <summary>Displacements in px, one a frame, taken as they are instead of a walk; <see langword="null"/> for none.</summary>
    public IReadOnlyList<FrameDisplacement>? Displacements { get; init; }

    /// <summary>
    /// Whether the frame is its own surroundings and what drifts out on one side comes in on the other: no microscope does this, but
    /// the theory is exact then. Otherwise drift brings new specimen into the frame.
    /// </summary>
    public bool Periodic { get; init; }

    internal IReadOnlyList<FrameDisplacement> Draw(int count, RandomStream random)
    {
        if (Displacements is { } given)
        {
            return given.Count == count && given.Select(static d => d.ImageNumber).SequenceEqual(Enumerable.Range(0, count))
                ? given
                : throw new FsRecException($"{given.Count} displacements were given for {count} frames; expected one a frame, numbered from 0.");
        }

        var walk = new FrameDisplacement[count];
        for (int n = 1; n < count; n++)
        {
            double length = LargestStep * random.Uniform();
            (double sin, double cos) = Math.SinCos(2 * Math.PI * random.Uniform());
            double jump = n == count / 2 ? Jump : 0;
            walk[n] = new FrameDisplacement(n, walk[n - 1].Dx + LinearX + jump + (length * cos), walk[n - 1].Dy + LinearY + (length * sin));
        }

        return DisplacementAlgebra.WithoutMean(walk);
    }

    /// <inheritdoc />
    public override string ToString() => Displacements is { } given
        ? $"{given.Count} given displacements"
        : FormattableString.Invariant($"walk of up to {LargestStep} px a frame and ({LinearX}, {LinearY}) px steadily{(Periodic ? ", periodic" : "")}");
}
