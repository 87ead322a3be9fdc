using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.Statistics;

/// <summary>
/// The powers that amplitude and phase are expected to have at each frequency of a band. A crystal's lie in its reflections: what the
/// average over a ring takes for the power between them is noise that a restoration lets pass. Symmetric, S(g) = S(−g). Immutable.
/// </summary>
internal sealed class ExpectedPowers
{
    // Width of the Gaussian average, in steps of the frame's frequencies: a reflection of a specimen as large as the frame is one step wide.
    private const double Width = 1.4;

    // Samples that the ring's mean counts for; the Gaussian holds 4π·Width² ≈ 25 of its own.
    private const double SamplesOfRing = 2;

    // What all frames together say, over what the ring's power says: below, an estimate shows more of the noise than of the wave.
    private const double LeastTold = 1;

    private readonly WaveBand _band;
    private readonly double[] _amplitude;
    private readonly double[] _phase;
    private readonly double[] _coherence;

    private ExpectedPowers(WaveBand band, double[] amplitude, double[] phase, double[] coherence) =>
        (_band, _amplitude, _phase, _coherence) = (band, amplitude, phase, coherence);

    /// <summary>The powers of the rings.</summary>
    public static ExpectedPowers Of(WaveBand band, PriorPowers rings)
    {
        var amplitude = new double[band.Rows * band.Columns];
        var phase = new double[amplitude.Length];
        var coherence = new double[amplitude.Length];
        for (int ky = -band.RowReach; ky <= band.RowReach; ky++)
        {
            for (int kx = -band.ColumnReach; kx <= band.ColumnReach; kx++)
            {
                if (band.Contains(ky, kx))
                {
                    int i = Index(band, ky, kx);
                    PriorPower powers = rings.At(Math.Sqrt(band.Grid.SquaredFrequency(ky, kx)));
                    (amplitude[i], phase[i]) = powers;
                    coherence[i] = powers.Common / Math.Sqrt(powers.Amplitude * powers.Phase);
                }
            }
        }

        return new ExpectedPowers(band, amplitude, phase, coherence);
    }

    /// <summary>The powers at a frequency of the band.</summary>
    public PriorPower At(int ky, int kx)
    {
        int i = Index(_band, ky, kx);
        return new PriorPower(_amplitude[i], _phase[i]) { Common = _coherence[i] * Math.Sqrt(_amplitude[i] * _phase[i]) };
    }

    /// <summary>
    /// The powers about each frequency that an estimate shows, |estimate|² plus its variance, and those of its ring with the weight of a few
    /// samples: the mean of an inverse-gamma distribution about the ring's (A. Gelman et al., Bayesian Data Analysis, 2.6). Amplitude and phase
    /// go together as in the ring.
    /// </summary>
    /// <param name="information">What the frames say.</param>
    /// <param name="wave">The estimate's spectrum, divided by ψ(0).</param>
    /// <param name="rings">The powers of the rings.</param>
    /// <param name="lowerLimit">Frequency in 1/nm below which the series says little: there the rings' powers stay.</param>
    /// <param name="filled">Share of the grid that the specimen fills.</param>
    /// <param name="step">Steps of the band's grid that make one of the frame's, along rows and along columns.</param>
    public ExpectedPowers Local(SeriesInformation information, ComplexPlane wave, PriorPowers rings, double lowerLimit, double filled, (double Row, double Column) step)
    {
        (double[] amplitude, double[] phase) = Shown(information, wave, filled);
        ExpectedPowers ring = Of(_band, rings);
        double[] inside = [.. ring._phase.Select(static p => p > 0 ? 1.0 : 0)];
        double[] rowKernel = Gaussian(Width * step.Row);
        double[] columnKernel = Gaussian(Width * step.Column);
        double[] weight = Smooth(inside, rowKernel, columnKernel);
        double own = 4 * Math.PI * Width * Width;
        double share = own / (own + SamplesOfRing);
        return new ExpectedPowers(_band, Blend(amplitude, ring._amplitude), Blend(phase, ring._phase), ring._coherence);

        double[] Blend(double[] shown, double[] usual)
        {
            double[] mean = Smooth(shown, rowKernel, columnKernel);
            var result = new double[mean.Length];
            for (int ky = -_band.RowReach; ky <= _band.RowReach; ky++)
            {
                for (int kx = -_band.ColumnReach; kx <= _band.ColumnReach; kx++)
                {
                    int i = Index(_band, ky, kx);
                    if (inside[i] > 0)
                    {
                        double g2 = _band.Grid.SquaredFrequency(ky, kx);
                        LinearTheory data = information.At(ky, kx);
                        bool told = g2 >= lowerLimit * lowerLimit && g2 <= information.Told * information.Told
                            && (data.Aa * ring._amplitude[i]) + (data.Pp * ring._phase[i]) >= LeastTold;
                        result[i] = told ? (share * mean[i] / weight[i]) + ((1 - share) * usual[i]) : usual[i];
                    }
                }
            }

            Distribute(result, usual);
            return result;
        }

        // What is shown about a frequency tells how a ring's power is distributed over it, not how much it is: where noise covers the wave, an
        // estimate shows too little, and rounds of that would make nothing of it.
        void Distribute(double[] powers, double[] usual)
        {
            var shown = new double[rings.Rings];
            var expected = new double[rings.Rings];
            ForEach((ring, i) => (shown[ring], expected[ring]) = (shown[ring] + powers[i], expected[ring] + usual[i]));
            ForEach((ring, i) => powers[i] *= shown[ring] > 0 ? expected[ring] / shown[ring] : 1);
        }

        void ForEach(Action<int, int> action)
        {
            for (int ky = -_band.RowReach; ky <= _band.RowReach; ky++)
            {
                for (int kx = -_band.ColumnReach; kx <= _band.ColumnReach; kx++)
                {
                    int i = Index(_band, ky, kx);
                    if (inside[i] > 0)
                    {
                        action(rings.Ring(Math.Sqrt(_band.Grid.SquaredFrequency(ky, kx))), i);
                    }
                }
            }
        }
    }

    /// <summary>
    /// Powers that nowhere exceed those of the ring. In the linear theory there is nothing to gain above: what stands out of the noise passes
    /// anyway, and what the theory misses would too.
    /// </summary>
    /// <param name="rings">The powers of the rings.</param>
    public ExpectedPowers AtMost(PriorPowers rings)
    {
        ExpectedPowers most = Of(_band, rings);
        return new(
            _band,
            [.. _amplitude.Zip(most._amplitude, Math.Min)],
            [.. _phase.Zip(most._phase, Math.Min)],
            _coherence);
    }

    /// <summary>Neither power is taken to be less than a share of the other; see <see cref="PriorPowers.Mixed"/>.</summary>
    public ExpectedPowers Mixed(double share) => new(
        _band,
        [.. _amplitude.Zip(_phase, (a, p) => Math.Max(a, share * p))],
        [.. _phase.Zip(_amplitude, (p, a) => Math.Max(p, share * a))],
        new double[_coherence.Length]);

    /// <summary>Place of a frequency in rows of a band.</summary>
    public static int Index(WaveBand band, int ky, int kx) => ((ky + band.RowReach) * band.Columns) + kx + band.ColumnReach;

    /// <summary>|estimate|² plus its variance at each frequency.</summary>
    private (double[] Amplitude, double[] Phase) Shown(SeriesInformation information, ComplexPlane wave, double filled)
    {
        var amplitude = new double[_amplitude.Length];
        var phase = new double[amplitude.Length];
        double unit = 0.25 / (filled * _band.Grid.Rows * _band.Grid.Columns);
        for (int ky = 0; ky <= _band.RowReach; ky++)
        {
            for (int kx = ky == 0 ? 1 : -_band.ColumnReach; kx <= _band.ColumnReach; kx++)
            {
                if (_band.Contains(ky, kx))
                {
                    LinearTheory variance = information.At(ky, kx).With(At(ky, kx)).Inverse();
                    (float re, float im) = wave[_band.RowReach + ky, _band.ColumnReach + kx];
                    (float mre, float mim) = wave[_band.RowReach - ky, _band.ColumnReach - kx];
                    int i = Index(_band, ky, kx);
                    int j = Index(_band, -ky, -kx);
                    // a = (ψ(g) + ψ*(−g)) / 2, ip = (ψ(g) − ψ*(−g)) / 2.
                    amplitude[i] = amplitude[j] = (unit * (Square(re + mre) + Square(im - mim))) + variance.Aa;
                    phase[i] = phase[j] = (unit * (Square(re - mre) + Square(im + mim))) + variance.Pp;
                }
            }
        }

        return (amplitude, phase);
    }

    private static double Square(double x) => x * x;

    private static double[] Gaussian(double width)
    {
        int reach = (int)Math.Ceiling(3 * width);
        return [.. Enumerable.Range(-reach, (2 * reach) + 1).Select(i => Math.Exp(-0.5 * i * i / (width * width)))];
    }

    private double[] Smooth(double[] values, double[] rowKernel, double[] columnKernel)
    {
        (int rows, int columns) = (_band.Rows, _band.Columns);
        var along = new double[values.Length];
        int reach = columnKernel.Length / 2;
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                double sum = 0;
                for (int k = Math.Max(0, c - reach); k <= Math.Min(columns - 1, c + reach); k++)
                {
                    sum += columnKernel[k - c + reach] * values[(r * columns) + k];
                }

                along[(r * columns) + c] = sum;
            }
        }

        var result = new double[values.Length];
        reach = rowKernel.Length / 2;
        for (int r = 0; r < rows; r++)
        {
            for (int k = Math.Max(0, r - reach); k <= Math.Min(rows - 1, r + reach); k++)
            {
                double w = rowKernel[k - r + reach];
                for (int c = 0; c < columns; c++)
                {
                    result[(r * columns) + c] += w * along[(k * columns) + c];
                }
            }
        }

        return result;
    }
}
