using FsRec.Comparison;

namespace FsRec.Tests.Comparison;

public class DisplacementComparisonTests
{
    private static readonly double[] Foci = [-30, -20, -10, 0, 10, 20, 30];

    [Fact]
    public void A_common_translation_is_taken_out_and_told()
    {
        FrameDisplacement[] truth = [.. Foci.Select(static (z, n) => new FrameDisplacement(n, n * n, -n))];
        FrameDisplacement[] found = [.. truth.Select(static d => d with { Dx = d.Dx + 4, Dy = d.Dy - 3 })];

        DisplacementComparison comparison = DisplacementComparison.Compare(found, truth, Foci);

        Assert.Equal(0, comparison.Largest, 1e-12);
        Assert.Equal(new PlaneVector(4.0, -3.0), comparison.Mean);
    }

    [Fact]
    public void Drift_linear_in_defocus_counts_apart()
    {
        // Slope 0.01 px/nm on foci of mean 0 and mean square 400 nm²: 0.2 px RMS, 0.3 px at the ends.
        FrameDisplacement[] truth = [.. Foci.Select(static (z, n) => new FrameDisplacement(n, 0, 0))];
        FrameDisplacement[] found = [.. Foci.Select(static (z, n) => new FrameDisplacement(n, 0.01 * z, 0))];

        DisplacementComparison comparison = DisplacementComparison.Compare(found, truth, Foci);

        Assert.Equal(0.2, comparison.Rms, 1e-12);
        Assert.Equal(0.3, comparison.Largest, 1e-12);
        Assert.Equal(0, comparison.RmsWithoutTilt, 1e-12);
        Assert.Equal(0, comparison.LargestWithoutTilt, 1e-12);
    }

    [Fact]
    public void Displacements_of_other_images_are_refused()
    {
        FrameDisplacement[] a = [new(0, 0, 0), new(1, 0, 0)];
        FrameDisplacement[] b = [new(0, 0, 0), new(2, 0, 0)];

        Assert.Throws<FsRecException>(() => DisplacementComparison.Compare(a, b, [0, 1]));
        Assert.Throws<FsRecException>(() => DisplacementComparison.Compare(a, a, [0]));
        Assert.Throws<FsRecException>(() => DisplacementComparison.Compare([], [], []));
    }
}
