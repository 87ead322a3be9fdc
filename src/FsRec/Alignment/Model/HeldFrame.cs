using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FsRec.Alignment;

/// <summary>
/// How a frame at a place agrees with what the others predict for it, by groups of rings: Σ|y|²/V, Σ|ŷ|²/V, Σ Re ŷ*y/V.
/// </summary>
internal sealed class HeldFrame
{
    // Pseudo-counts: a group of few points must not decide by chance.
    private const double Few = 4;
    private const int Lanes = 16;
    private const int Parts = 4;
    private readonly double[] _data;
    private readonly double[] _expected;
    private readonly double[] _common;
    private readonly IReadOnlyList<int> _counts;

    private HeldFrame(double[] data, double[] expected, double[] common, double logVariance, IReadOnlyList<int> counts)
    {
        (_data, _expected, _common, _counts) = (data, expected, common, counts);
        LogVariance = logVariance;
        Misfit = [.. counts.Select((_, g) => Mean(g, data[g] + expected[g] - (2 * common[g])))];
        double sum = 0;
        double gain = 0;
        for (int g = 0; g < counts.Count; g++)
        {
            sum += counts[g] * Math.Log(Misfit[g]);
            gain += counts[g] * Math.Log(Mean(g, data[g]) / Misfit[g]);
        }

        LogLikelihood = -sum;
        Gain = gain;
    }

    /// <summary>Mean of |y − ŷ|²/V in each group.</summary>
    public double[] Misfit { get; }

    /// <summary>
    /// Log-likelihood of the frame but for <see cref="LogVariance"/>, the scale of each group's variance taken from the frame itself, since the
    /// linear theory's own errors have no scale that is known beforehand.
    /// </summary>
    public double LogLikelihood { get; }

    /// <summary>Σ ln V, the same for every place.</summary>
    public double LogVariance { get; }

    /// <summary>What the log-likelihood is above that of a frame of which nothing is predicted.</summary>
    public double Gain { get; }

    /// <summary>What <see cref="Gain"/> would be if V were all that y and ŷ differ by.</summary>
    public double ExpectedGain
    {
        get
        {
            double sum = 0;
            for (int g = 0; g < _counts.Count; g++)
            {
                sum += _counts[g] * Math.Log(1 + (_expected[g] / Math.Max(1, _counts[g])));
            }

            return sum;
        }
    }

    /// <summary>The expected image's weighted power, Σ|ŷ|²/V.</summary>
    public double Power => _expected.Sum();

    /// <summary>
    /// What the log-likelihood gains by so much of the expected image as the frame shows, c²/e with c = Σ Re ŷ*y and e = Σ|ŷ|², both over the variance that
    /// the frame itself has; 0 where it shows the opposite. Noise alone has ln M at the best of M places.
    /// </summary>
    public double ShownGain
    {
        get
        {
            double shown = 0;
            double expected = 0;
            for (int g = 0; g < _counts.Count; g++)
            {
                double weight = 1 / Math.Max(1, Math.Max(Misfit[g], Mean(g, _data[g])));
                shown += weight * _common[g];
                expected += weight * _expected[g];
            }

            return expected > 0 && shown > 0 ? shown * shown / expected : 0;
        }
    }

    /// <summary>Compares a frame at a place with its forecast.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe HeldFrame At(AlignmentPoints points, int frame, (double Dx, double Dy) place, FrameForecast forecast)
    {
        PointPairs moved = forecast.Moved;
        new MovedFrame(points, frame, place).Into(moved);
        ReadOnlySpan<byte> group = points.Group;
        byte[]? half = points.Half;
        // Of each group the three sums, each in parts: neighbours lie in one group, and a sum waits for the one before.
        double* sums = stackalloc double[Parts * 4 * points.Groups];
        new Span<double>(sums, Parts * 4 * points.Groups).Clear();
        float* powers = stackalloc float[3 * Lanes];
        for (int i = 0; i < group.Length; i += Lanes)
        {
            Vector512<float> unit = Vector512<float>.One / Vector512.Create(forecast.Variance, i);
            (Vector512<float> yr, Vector512<float> yi) = (Vector512.Create(moved.Re, i), Vector512.Create(moved.Im, i));
            (Vector512<float> pr, Vector512<float> pi) = (Vector512.Create(forecast.Image.Re, i), Vector512.Create(forecast.Image.Im, i));
            (unit * ((yr * yr) + (yi * yi))).Store(powers);
            (unit * ((pr * pr) + (pi * pi))).Store(powers + Lanes);
            (unit * ((yr * pr) + (yi * pi))).Store(powers + (2 * Lanes));
            int count = Math.Min(Lanes, group.Length - i);
            if (half is not null)
            {
                for (int j = 0; j < count; j++)
                {
                    float use = half[i + j];
                    (powers[j], powers[j + Lanes], powers[j + (2 * Lanes)]) = (use * powers[j], use * powers[j + Lanes], use * powers[j + (2 * Lanes)]);
                }
            }

            ReadOnlySpan<byte> groups = group.Slice(i, count);
            for (int j = 0; j < groups.Length; j++)
            {
                double* sum = sums + (4 * ((Parts * groups[j]) + (j & (Parts - 1))));
                sum[0] += powers[j];
                sum[1] += powers[j + Lanes];
                sum[2] += powers[j + (2 * Lanes)];
            }
        }

        var data = new double[points.Groups];
        var expected = new double[points.Groups];
        var common = new double[points.Groups];
        for (int g = 0; g < data.Length; g++)
        {
            for (int part = 0; part < Parts; part++)
            {
                double* sum = sums + (4 * ((Parts * g) + part));
                (data[g], expected[g], common[g]) = (data[g] + sum[0], expected[g] + sum[1], common[g] + sum[2]);
            }
        }

        return new HeldFrame(data, expected, common, forecast.LogVariance, points.GroupCounts);
    }

    private double Mean(int group, double sum) => (sum + Few) / (_counts[group] + Few);
}
