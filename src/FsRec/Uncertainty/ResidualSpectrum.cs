using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Restoration;
using FsRec.Series;
using FsRec.Statistics;
using MathNet.Numerics.LinearAlgebra;

namespace FsRec.Uncertainty;

/// <summary>
/// The spectrum of the frames' noise, from what frames and images differ by: in rings, each by the median over its frequencies and over the frames, so that beams which the
/// model misses, and frames that it does not explain, do not count. What a fit follows of the noise is put back: of a frame's own noise the share 1 − H V Hᵀ/σ² is left, V the variances
/// that frames and prior leave. Between what the wave holds and where there is nothing but noise, beams that the wave leaves out may lie, and nothing is told.
/// </summary>
internal sealed class ResidualSpectrum
{
    // Up to the Nyquist frequency.
    private const int Rings = 48;

    // Of the logarithm of a ring: what windows, edges and the theory of the fit's share may be off by.
    private const double RingError = 0.03;

    // Of the logarithm, from ring to ring: how much its steps differ. Of a Gaussian of the width of half the Nyquist frequency it is 0.003.
    private const double Bend = 0.005;

    // Rings of less are not told apart from the wave.
    private const double LeastShare = 0.25;

    // Significant digits of a value.
    private const int Digits = 4;

    private readonly FocalSeries _series;
    private readonly WienerSolution _wiener;
    private readonly SeriesInformation _information;
    private readonly FrequencyGrid _grid;
    private readonly (double Power, int Count)[]?[] _frames;

    /// <summary>Takes the residuals of a wave.</summary>
    /// <param name="series">The series with the foci of the wave.</param>
    /// <param name="wiener">What the wave rests on.</param>
    /// <param name="information">What the frames say.</param>
    public ResidualSpectrum(FocalSeries series, WienerSolution wiener, SeriesInformation information)
    {
        (_series, _wiener, _information) = (series, wiener, information);
        _grid = FrequencyGrid.Of(series.Calibration);
        _frames = new (double, int)[]?[series.Count];
    }

    /// <summary>Takes the difference of a frame; different frames from several threads at once.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="spectrum">The difference's spectrum.</param>
    public void Add(int frame, ComplexPlane spectrum)
    {
        WaveBand band = _information.Band;
        double nyquist = _series.Calibration.Nyquist;
        double from = NoiseColour.From(_series);
        double unit = _series.Calibration.PixelCount * _wiener.OwnNoise[frame];
        var powers = new List<float>[Rings];
        for (int i = 0; i < Rings; i++)
        {
            powers[i] = [];
        }

        for (int row = 0; row < _grid.Rows; row++)
        {
            int ky = FrequencyGrid.Signed(row, _grid.Rows);
            for (int kx = Math.Abs(ky) <= NoiseLevel.Edge ? NoiseLevel.Edge + 1 : 1; kx < _grid.Columns / 2; kx++)
            {
                double g2 = _grid.SquaredFrequency(ky, kx);
                double g = Math.Sqrt(g2);
                int ring = (int)(g / nyquist * Rings);
                bool isInside = Math.Abs(ky) <= band.RowReach && kx <= band.ColumnReach && band.Contains(ky, kx);
                double left = isInside ? Left(frame, ky, kx, g2) : g >= from ? 1 : 0;
                if (ring < Rings && left >= LeastShare)
                {
                    (float re, float im) = spectrum[row, kx];
                    powers[ring].Add((float)(((re * re) + (im * im)) / (left * unit)));
                }
            }
        }

        _frames[frame] = [.. powers.Select(static p => (p.Count == 0 ? double.NaN : NoiseLevel.Median(p) / Math.Log(2), p.Count))];
    }

    /// <summary>The spectrum, relative to that which the frames were taken to have; <see langword="null"/> where next to no ring tells it.</summary>
    public DetectorCurve? Curve()
    {
        (double Power, int Count)[][] frames = [.. _frames.OfType<(double, int)[]>()];
        (double Log, double Weight)[] rings = [.. Enumerable.Range(0, Rings).Select(i =>
        {
            double[] told = [.. frames.Select(f => f[i].Power).Where(static v => v > 0).Order()];
            return told.Length < Math.Max(1, frames.Length / 2) ? (0.0, 0.0)
                : (Math.Log(0.5 * (told[(told.Length - 1) / 2] + told[told.Length / 2])), 1 / ((RingError * RingError) + (2.0 / (frames[0][i].Count * told.Length))));
        })];
        if (rings.Count(static r => r.Weight > 0) < Rings / 4)
        {
            return null;
        }

        double[] smooth = Smooth(rings);
        return new DetectorCurve(
            [0, .. Enumerable.Range(0, Rings).Select(static i => (i + 0.5) / Rings), 1],
            [.. new[] { smooth[0] }.Concat(smooth).Append(smooth[^1] + (0.5 * (smooth[^1] - smooth[^2]))).Select(Math.Exp)]);
    }

    /// <summary>Values of a curve as a parameter file has them: relative to the first, in as few digits as they are known to.</summary>
    /// <param name="count">Number of values.</param>
    /// <param name="curve">Each of them.</param>
    public static double[] Values(int count, Func<int, double> curve) => [.. Enumerable.Range(0, count).Select(i => Rounded(curve(i) / curve(0)))];

    private static double Rounded(double value)
    {
        double unit = Math.Pow(10, Digits - 1 - Math.Floor(Math.Log10(value)));
        return Math.Round(value * unit) / unit;
    }

    /// <summary>How many numbers of a wave the frames tell by the linear theory, with the powers that it was estimated with.</summary>
    /// <param name="wiener">What the wave rests on.</param>
    /// <param name="information">What the frames say.</param>
    public static double Told(WienerSolution wiener, SeriesInformation information)
    {
        WaveBand band = information.Band;
        double told = 0;
        for (int ky = -band.RowReach; ky <= band.RowReach; ky++)
        {
            for (int kx = ky > 0 ? 0 : 1; kx <= band.ColumnReach && band.Contains(ky, kx); kx++)
            {
                LinearTheory data = information.At(ky, kx);
                told += data.Shared(data.With(wiener.Used.At(ky, kx)).Inverse());
            }
        }

        // A frequency of the half-plane is two numbers.
        return 2 * told;
    }

    /// <summary>What of a frame's noise a fit leaves in its residual.</summary>
    private double Left(int frame, int ky, int kx, double g2)
    {
        SeriesStatistics statistics = _wiener.Statistics;
        (double a, double p) = statistics.Row(frame, g2);
        LinearTheory variances = _information.At(ky, kx).With(_wiener.Used.At(ky, kx)).Inverse();
        double followed = (a * a * variances.Aa) + (2 * a * p * variances.Ap) + (p * p * variances.Pp);
        return 1 - (followed / _wiener.Noise[frame]);
    }

    /// <summary>The smoothest curve through rings of given weights (E. T. Whittaker, Proc. Edinburgh Math. Soc. 41 (1922) 63).</summary>
    private static double[] Smooth((double Log, double Weight)[] rings)
    {
        Matrix<double> system = Matrix<double>.Build.Dense(Rings, Rings, (i, j) => i == j ? rings[i].Weight : 0);
        for (int i = 1; i + 1 < Rings; i++)
        {
            double[] step = [1, -2, 1];
            for (int a = 0; a < 3; a++)
            {
                for (int b = 0; b < 3; b++)
                {
                    system[i - 1 + a, i - 1 + b] += step[a] * step[b] / (Bend * Bend);
                }
            }
        }

        return system.Solve(Vector<double>.Build.Dense(Rings, i => rings[i].Weight * rings[i].Log)).ToArray();
    }
}
