using FsRec.Fourier;

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
    public void Add(ComplexPlane a, ComplexPlane b, FrequencyGrid grid)
    {
        for (int r = 0; r < a.Rows; r++)
        {
            int ky = FrequencyGrid.Signed(r, a.Rows);
            for (int c = 0; c < a.Columns; c++)
            {
                int ring = (int)Math.Round(Math.Sqrt(grid.SquaredFrequency(ky, FrequencyGrid.Signed(c, a.Columns))) / width);
                if (ring > count)
                {
                    continue;
                }

                (float ar, float ai) = a[r, c];
                (float br, float bi) = b[r, c];
                _a[ring] += ((double)ar * ar) + ((double)ai * ai);
                _b[ring] += ((double)br * br) + ((double)bi * bi);
                _cross[ring] += ((double)ar * br) + ((double)ai * bi);
                _samples[ring]++;
            }
        }
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
