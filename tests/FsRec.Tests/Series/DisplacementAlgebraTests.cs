using FsCheck.Xunit;
using FsRec.Series;

namespace FsRec.Tests.Series;

public sealed class DisplacementAlgebraTests
{
    // Not equally spaced, so that a slope by frame number would not do.
    private static readonly double[] Foci = [-270, -250, -241, -200, -133, -90];

    [Property(MaxTest = 50)]
    public void A_common_translation_and_a_drift_linear_in_defocus_are_removed(short x, short y, sbyte slopeX, sbyte slopeY)
    {
        FrameDisplacement[] drift = [.. Foci.Select((z, n) => new FrameDisplacement(n, x + (slopeX * z / 100), y + (slopeY * z / 100)))];

        IReadOnlyList<FrameDisplacement> left = DisplacementAlgebra.WithoutTilt(drift, Foci);

        // Displacements up to 3e4 px in double precision: 1e-16 of that, some sums.
        Assert.InRange(DisplacementAlgebra.Largest(left), 0, 1e-9);
    }

    [Property(MaxTest = 50)]
    public void What_is_left_has_neither_mean_nor_slope(int seed)
    {
        IReadOnlyList<FrameDisplacement> left = DisplacementAlgebra.WithoutTilt(Random(seed), Foci);

        Assert.Equal(0, left.Sum(static d => d.Dx), 1e-9);
        Assert.Equal(0, left.Sum(static d => d.Dy), 1e-9);
        Assert.Equal(0, left.Select(static (d, n) => d.Dx * Foci[n]).Sum(), 1e-6);
        Assert.Equal(0, left.Select(static (d, n) => d.Dy * Foci[n]).Sum(), 1e-6);
        Assert.InRange(DisplacementAlgebra.Largest(DisplacementAlgebra.Subtract(DisplacementAlgebra.WithoutTilt(left, Foci), left)), 0, 1e-12);
    }

    [Fact]
    public void Removing_the_mean_keeps_differences_and_numbers()
    {
        IReadOnlyList<FrameDisplacement> centred = DisplacementAlgebra.WithoutMean([new(3, 1, 10), new(5, 2, 20), new(9, 6, -6)]);

        // Means 3 and 8.
        Assert.Equal([new(3, -2, 2), new(5, -1, 12), new(9, 3, -14)], centred);
    }

    [Fact]
    public void Without_a_focal_range_only_the_mean_is_removed()
    {
        FrameDisplacement[] displacements = [new(0, 1, 0), new(1, 3, 4)];

        Assert.Equal(
            DisplacementAlgebra.WithoutMean(displacements), DisplacementAlgebra.WithoutTilt(displacements, [-100, -100]));
    }

    [Fact]
    public void Lengths_are_those_of_a_three_four_five_triangle()
    {
        FrameDisplacement[] displacements = [new(0, 3, -4), new(1, 0, 1)];

        Assert.Equal(5, DisplacementAlgebra.Largest(displacements), 1e-15);
        Assert.Equal(Math.Sqrt(13), DisplacementAlgebra.Rms(displacements), 1e-15); // (25 + 1) / 2
        Assert.Equal(0, DisplacementAlgebra.Largest([]));
        Assert.Equal(0, DisplacementAlgebra.Rms([]));
    }

    private static FrameDisplacement[] Random(int seed)
    {
        var random = new Random(seed);
        return [.. Foci.Select((_, n) => new FrameDisplacement(n, random.NextDouble() * 20, random.NextDouble() * 20))];
    }
}
