using FsRec.Fourier;
using FsRec.Statistics;

namespace FsRec.Resolution;

/// <summary>Sums over rings of two spectra.</summary>
/// <param name="count">Number of the last ring.</param>
/// <param name="width">Width of a ring in 1/nm; ring i is centred on i times it.</param>
internal sealed class RingSums(int count, double width)
{
    private readonly double[] _a = new double[count + 1];
    private readonly double[] _b = new double[count + 1];
    private readonly double[] _cross = new double[count + 1];
    private readonly long[] _samples = new long[count + 1];

    /// <summary>Adds two spectra of a frame's shape.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    /// <param name="rings">The rings of the frame.</param>
    public unsafe void Add(ComplexPlane a, ComplexPlane b, RingNumbers rings)
    {
        for (int ky = -rings.RowReach; ky <= rings.LastRow; ky++)
        {
            float* rowA = a.Row(FrequencyGrid.Index(ky, a.Rows));
            float* rowB = b.Row(FrequencyGrid.Index(ky, b.Rows));
            ReadOnlySpan<ushort> ringOf = rings.Row(ky);
            for (int kx = 0; kx < ringOf.Length; kx++)
            {
                int ring = ringOf[kx];
                if (ring > count)
                {
                    break;
                }

                Add(rowA, rowB, ring, ComplexPlane.Offset(kx));
                if (kx > 0 && 2 * kx != a.Columns)
                {
                    Add(rowA, rowB, ring, ComplexPlane.Offset(a.Columns - kx));
                }
            }
        }
    }

    private unsafe void Add(float* rowA, float* rowB, int ring, int at)
    {
        (double ar, double ai) = (rowA[at], rowA[at + ComplexPlane.Lanes]);
        (double br, double bi) = (rowB[at], rowB[at + ComplexPlane.Lanes]);
        _a[ring] += (ar * ar) + (ai * ai);
        _b[ring] += (br * br) + (bi * bi);
        _cross[ring] += (ar * br) + (ai * bi);
        _samples[ring]++;
    }

    /// <summary>What a ring says.</summary>
    public ResolutionRing Ring(int index, double independentShare, double imageSignal)
    {
        double correlation = _a[index] > 0 && _b[index] > 0 ? _cross[index] / Math.Sqrt(_a[index] * _b[index]) : 0;
        double independent = Math.Max(1, _samples[index] * independentShare);
        double root = Math.Sqrt(independent);
        return new ResolutionRing(
            index * width,
            correlation,
            (0.2071 + (1.9102 / root)) / (1.2071 + (0.9102 / root)),
            independent,
            correlation > 0 ? 2 * correlation / Math.Max(1e-9, 1 - correlation) : 0,
            imageSignal);
    }
}
