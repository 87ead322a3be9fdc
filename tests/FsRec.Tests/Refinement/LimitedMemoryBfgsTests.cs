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

    private static double Bottom(int i) => Math.Sin(0.37 * i);

    private static double Curvature(int i) => 2 + Math.Cos(0.11 * i);
}
