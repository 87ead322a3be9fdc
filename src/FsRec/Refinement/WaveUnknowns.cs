using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Statistics;

namespace FsRec.Refinement;

/// <summary>
/// The wave as a vector of real unknowns in which the linear theory's misfit is ½|u − û|²: at each frequency of one half of the band
/// (a, p) = √(P/2) L⁻ᵀ u, M = LLᵀ the information of data and prior, P the pixels of the grid, ψ = P at g = 0. In these unknowns an
/// optimiser that starts from a unit matrix starts from the right curvature.
/// </summary>
internal sealed unsafe class WaveUnknowns
{
    private readonly WaveBand _band;
    private readonly int[] _plus;
    private readonly int[] _minus;
    private readonly double[] _g2;
    private readonly (int Ky, int Kx)[] _places;
    private readonly float[] _aa;
    private readonly float[] _ap;
    private readonly float[] _pp;
    private readonly float[] _priorA;
    private readonly float[] _priorP;
    private readonly double _pixels;

    /// <summary>Lists the frequencies of one half of a band.</summary>
    public WaveUnknowns(WaveBand band)
    {
        _band = band;
        _pixels = (double)band.Grid.Rows * band.Grid.Columns;
        using ComplexPlane layout = band.CreateSpectrum();
        var plus = new List<int>();
        var minus = new List<int>();
        var g2 = new List<double>();
        var places = new List<(int Ky, int Kx)>();
        for (int ky = 0; ky <= band.RowReach; ky++)
        {
            for (int kx = ky == 0 ? 1 : -band.ColumnReach; kx <= band.ColumnReach; kx++)
            {
                if (band.Contains(ky, kx))
                {
                    plus.Add(((band.RowReach + ky) * layout.RowStride) + ComplexPlane.Offset(band.ColumnReach + kx));
                    minus.Add(((band.RowReach - ky) * layout.RowStride) + ComplexPlane.Offset(band.ColumnReach - kx));
                    places.Add((ky, kx));
                    g2.Add(band.Grid.SquaredFrequency(ky, kx));
                }
            }
        }

        (_plus, _minus, _g2, _places) = ([.. plus], [.. minus], [.. g2], [.. places]);
        (_aa, _ap, _pp) = (new float[Points], new float[Points], new float[Points]);
        (_priorA, _priorP) = (new float[Points], new float[Points]);
    }

    /// <summary>Frequencies of the half band.</summary>
    public int Points => _plus.Length;

    /// <summary>Number of real unknowns, four a frequency.</summary>
    public int Length => 4 * Points;

    /// <summary>
    /// How many of the unknowns the frames tell, by the metric: of each the share of what is known of it that is not known beforehand. Noise leaves
    /// ½ of the misfit for each of them.
    /// </summary>
    public double Told { get; private set; }

    /// <summary>The same with what the scattered wave adds to the curvature: how many numbers of the grid's wave the fit takes from the frames.</summary>
    public double ToldByModel { get; private set; }

    /// <summary>
    /// Sets the metric: the linear theory's M, and what the scattered wave u adds to it. A change δφ of an image wave changes the image by
    /// 2 Re δφ, the linear theory, and by 2 Re u*δφ, on average 2⟨|u|²⟩|δφ|² each for a and p. Where the linear theory sees nothing, at
    /// low frequencies, this is all the curvature there is, and it is where the specimen is: the mean of |u|² over a frame that is mostly
    /// vacuum is too little, and takes three times the iterations (<see cref="ImageModel.ScatteredIntensity.Rms"/>).
    /// </summary>
    /// <param name="statistics">Transfer functions, noise and prior powers as they stand.</param>
    /// <param name="scattered">What |u|² is taken to be.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="powers">The powers about each frequency; <see langword="null"/> for those of the rings.</param>
    public void SetMetric(SeriesStatistics statistics, double scattered, int threads, ExpectedPowers? powers = null)
    {
        const int Chunk = 1024;
        var told = new double[(Points + Chunk - 1) / Chunk];
        var toldByModel = new double[told.Length];
        FrameLoop.Run(told.Length, threads, CancellationToken.None, chunk =>
        {
            for (int i = chunk * Chunk; i < Math.Min(Points, (chunk + 1) * Chunk); i++)
            {
                PriorPower expected = powers?.At(_places[i].Ky, _places[i].Kx) ?? statistics.Prior.At(Math.Sqrt(_g2[i]));
                LinearTheory data = statistics.Data(_g2[i]);
                LinearTheory m = data.With(expected);
                told[chunk] += 2 * data.Shared(m.Inverse());
                double beyond = scattered * 0.5 * (m.Aa + m.Pp - (1 / expected.Amplitude) - (1 / expected.Phase));
                m = new(m.Aa + beyond, m.Ap, m.Pp + beyond);
                toldByModel[chunk] += 2 * new LinearTheory(data.Aa + beyond, data.Ap, data.Pp + beyond).Shared(m.Inverse());
                double l11 = Math.Sqrt(m.Aa);
                double l21 = m.Ap / l11;
                double l22 = Math.Sqrt(Math.Max(m.Pp - (l21 * l21), 1e-6 * m.Pp));
                double unit = Math.Sqrt(_pixels / 2);
                (_aa[i], _ap[i], _pp[i]) = ((float)(unit / l11), (float)(-unit * l21 / (l11 * l22)), (float)(unit / l22));
                (_priorA[i], _priorP[i]) = ((float)(1 / (_pixels * expected.Amplitude)), (float)(1 / (_pixels * expected.Phase)));
            }
        });
        (Told, ToldByModel) = (told.Sum(), toldByModel.Sum());
    }

    /// <summary>The spectrum of the wave.</summary>
    public void ToWave(float* u, ComplexPlane wave)
    {
        float* data = wave.Data;
        for (int i = 0; i < Points; i++, u += 4)
        {
            float ar = (_aa[i] * u[0]) + (_ap[i] * u[2]);
            float ai = (_aa[i] * u[1]) + (_ap[i] * u[3]);
            float pr = _pp[i] * u[2];
            float pi = _pp[i] * u[3];
            float* plus = data + _plus[i];
            float* minus = data + _minus[i];
            plus[0] = ar - pi;
            plus[ComplexPlane.Lanes] = ai + pr;
            minus[0] = ar + pi;
            minus[ComplexPlane.Lanes] = pr - ai;
        }

        wave[_band.RowReach, _band.ColumnReach] = ((float)_pixels, 0);
    }

    /// <summary>The unknowns of a wave whose ψ(0) is the number of pixels.</summary>
    public void FromWave(ComplexPlane wave, float* u)
    {
        float* data = wave.Data;
        for (int i = 0; i < Points; i++, u += 4)
        {
            float* plus = data + _plus[i];
            float* minus = data + _minus[i];
            float ar = 0.5f * (plus[0] + minus[0]);
            float ai = 0.5f * (plus[ComplexPlane.Lanes] - minus[ComplexPlane.Lanes]);
            float pr = 0.5f * (plus[ComplexPlane.Lanes] + minus[ComplexPlane.Lanes]);
            float pi = 0.5f * (minus[0] - plus[0]);
            u[2] = pr / _pp[i];
            u[3] = pi / _pp[i];
            u[0] = (ar - (_ap[i] * u[2])) / _aa[i];
            u[1] = (ai - (_ap[i] * u[3])) / _aa[i];
        }
    }

    /// <summary>The gradient by the wave's spectrum that makes a gradient by the unknowns: the transposed inverse of <see cref="ToWave"/>.</summary>
    /// <param name="gradient">The gradient by the unknowns.</param>
    /// <param name="target">The gradient by the spectrum.</param>
    public void ToGradientByWave(float* gradient, ComplexPlane target)
    {
        target.Clear();
        float* data = target.Data;
        for (int i = 0; i < Points; i++, gradient += 4)
        {
            float gar = gradient[0] / _aa[i];
            float gai = gradient[1] / _aa[i];
            float gpr = (gradient[2] - (_ap[i] * gar)) / _pp[i];
            float gpi = (gradient[3] - (_ap[i] * gai)) / _pp[i];
            float* plus = data + _plus[i];
            float* minus = data + _minus[i];
            plus[0] = 0.5f * (gar - gpi);
            plus[ComplexPlane.Lanes] = 0.5f * (gai + gpr);
            minus[0] = 0.5f * (gar + gpi);
            minus[ComplexPlane.Lanes] = 0.5f * (gpr - gai);
        }
    }

    /// <summary>Goes from a gradient to a phase: at each frequency by the variance that the metric gives a phase there.</summary>
    /// <param name="spectrum">The gradient by the spectrum of iθ; replaced by the spectrum of iθ.</param>
    /// <param name="highest">Frequency in 1/nm above which θ has nothing.</param>
    /// <returns>The gradient times θ.</returns>
    public double ToPhase(ComplexPlane spectrum, double highest)
    {
        float* data = spectrum.Data;
        double product = 0;
        for (int i = 0; i < Points; i++)
        {
            float* plus = data + _plus[i];
            float* minus = data + _minus[i];
            float unit = _g2[i] > highest * highest ? 0 : _pp[i];
            float re = unit * (plus[ComplexPlane.Lanes] + minus[ComplexPlane.Lanes]);
            float im = unit * (minus[0] - plus[0]);
            product += (re * re) + (im * im);
            (re, im) = (unit * re, unit * im);
            (plus[0], plus[ComplexPlane.Lanes]) = (-im, re);
            (minus[0], minus[ComplexPlane.Lanes]) = (im, re);
        }

        spectrum[_band.RowReach, _band.ColumnReach] = (0, 0);
        return product;
    }

    /// <summary>The gradient by the unknowns of misfit and prior, ½ Σ (|a|²/S_a + |p|²/S_p).</summary>
    /// <param name="u">The unknowns.</param>
    /// <param name="byWave">Gradient of the misfit by the wave's spectrum.</param>
    /// <param name="target">The gradient by the unknowns.</param>
    /// <returns>The prior's part of the value.</returns>
    public double Pull(float* u, ComplexPlane byWave, float* target)
    {
        float* data = byWave.Data;
        double penalty = 0;
        for (int i = 0; i < Points; i++, u += 4, target += 4)
        {
            float ar = (_aa[i] * u[0]) + (_ap[i] * u[2]);
            float ai = (_aa[i] * u[1]) + (_ap[i] * u[3]);
            float pr = _pp[i] * u[2];
            float pi = _pp[i] * u[3];
            penalty += (((ar * ar) + (ai * ai)) * _priorA[i]) + (((pr * pr) + (pi * pi)) * _priorP[i]);
            float* plus = data + _plus[i];
            float* minus = data + _minus[i];
            float gar = plus[0] + minus[0] + (2 * ar * _priorA[i]);
            float gai = plus[ComplexPlane.Lanes] - minus[ComplexPlane.Lanes] + (2 * ai * _priorA[i]);
            float gpr = plus[ComplexPlane.Lanes] + minus[ComplexPlane.Lanes] + (2 * pr * _priorP[i]);
            float gpi = minus[0] - plus[0] + (2 * pi * _priorP[i]);
            target[0] = _aa[i] * gar;
            target[1] = _aa[i] * gai;
            target[2] = (_ap[i] * gar) + (_pp[i] * gpr);
            target[3] = (_ap[i] * gai) + (_pp[i] * gpi);
        }

        return penalty;
    }
}
