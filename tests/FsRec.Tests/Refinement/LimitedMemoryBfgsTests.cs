using FsRec.Fourier;
using FsRec.Refinement;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Refinement;

[EveryWidth]
public sealed unsafe class LimitedMemoryBfgsTests
{
    /// <summary>A bowl whose curvatures span 1 to 3, and whose bottom is known; 1100 unknowns are more than one block of a sum.</summary>
    [Fact]
    public void The_bottom_of_a_bowl_is_found()
    {
        const int Length = 1100;
        using var minimiser = new LimitedMemoryBfgs(Length);
        using var x = new AlignedBuffer(minimiser.Room);
        var values = new List<double>();

        (double value, bool converged) = minimiser.Minimise(
            x,
            static (x, gradient) =>
            {
                double sum = 0;
                for (int i = 0; i < Length; i++)
                {
                    double distance = x.Pointer[i] - Bottom(i);
                    gradient.Pointer[i] = (float)(Curvature(i) * distance);
                    sum += 0.5 * Curvature(i) * distance * distance;
                }

                return sum;
            },
            iterations: 50,
            tolerance: 1e-12,
            afterStep: reached =>
            {
                values.Add(reached);
                return true;
            });

        Assert.True(converged);
        Assert.Equal(values.OrderDescending(), values);
        // Single precision leaves 10⁻⁷ of each unknown, and the value is of second order in that.
        Assert.InRange(value, 0, Length * 1e-12);
        for (int i = 0; i < Length; i++)
        {
            Assert.Equal(Bottom(i), x.Pointer[i], 1e-5);
        }

        Assert.All(Enumerable.Range(Length, minimiser.Room - Length), i => Assert.Equal(0f, x.Pointer[i]));
    }

    /// <summary>
    /// f' = −1 + x/2 up to 1 and −1/2 − 2(x − 1)/5 beyond: the second step, of which the ring of one is full, finds the slope steeper than before. It
    /// tells of no bottom, and the step after it goes as far as the gradient is long; from what was left in the ring it would go twelve times as far.
    /// </summary>
    [Fact]
    public void A_step_without_curvature_leaves_nothing_behind()
    {
        using var minimiser = new LimitedMemoryBfgs(1, memory: 1);
        using var x = new AlignedBuffer(minimiser.Room);
        var tried = new List<double>();

        minimiser.Minimise(
            x,
            (x, gradient) =>
            {
                double at = x.Pointer[0];
                tried.Add(at);
                gradient.Pointer[0] = (float)(at <= 1 ? -1 + (0.5 * at) : -0.5 - (0.4 * (at - 1)));
                return at <= 1 ? -at + (0.25 * at * at) : -0.75 - (0.5 * (at - 1)) - (0.2 * (at - 1) * (at - 1));
            },
            iterations: 3,
            tolerance: 0,
            afterStep: static _ => true);

        Assert.Equal([0, 1, 2, 2.9], tried.Select(static t => Math.Round(t, 5)));
    }

    private static double Bottom(int i) => Math.Sin(0.37 * i);

    private static double Curvature(int i) => 2 + Math.Cos(0.11 * i);
}
