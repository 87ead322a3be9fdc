using System.Runtime.CompilerServices;
using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Series;

namespace FsRec.Statistics;

/// <summary>
/// The power spectra that amplitude and phase of the specimen are expected to have, S_a(g) and S_p(g), as ring averages of unitary
/// transforms. Two of them rather than one: the phase of most specimens is much stronger than their amplitude.
/// </summary>
internal sealed class PriorPowers
{
    // Beyond what the frames tell: that of an atom's scattering, whose amplitude falls as g⁻² (Rutherford).
    private const double FallBeyond = 4;

    // Of the last frequency told: from there to it is the level that the rings beyond continue.
    private const double LevelFrom = 0.85;

    // Of the information in the best ring, which goes with the fourth power of the envelope: an envelope of 10⁻⁶ lets nothing through, and
    // what is left of numbers there are not those of a specimen.
    private const double Untransferred = 1e-24;

    // Neither part is ever taken to be less than this share of both.
    private const double SmallestShare = 0.003;

    // Of the coherence of amplitude and phase: at 1 one of them would be known from the other, and nothing could show that it is not so.
    private const double MostCoherent = 0.95;

    private readonly double[] _amplitude;
    private readonly double[] _phase;
    private readonly double[] _coherence;

    /// <summary>Takes ring averages; rings without a value are NaN or not positive and are filled from their neighbours.</summary>
    /// <param name="step">Width of a ring in 1/nm; ring i is centred on i·step.</param>
    /// <param name="amplitude">S_a of each ring.</param>
    /// <param name="phase">S_p of each ring.</param>
    /// <param name="lowerLimit">Frequency in 1/nm below which the series says little: there both continue as g⁻².</param>
    /// <param name="coherence">
    /// S_ap/√(S_a·S_p) of each ring, from −1 to 1, NaN where it is not known; <see langword="null"/> where amplitude and phase are independent.
    /// </param>
    public PriorPowers(double step, double[] amplitude, double[] phase, double lowerLimit, double[]? coherence = null)
    {
        Step = step;
        _amplitude = [.. amplitude];
        _phase = [.. phase];
        _coherence = coherence is null
            ? new double[amplitude.Length]
            : [.. coherence.Select(static c => double.IsFinite(c) ? Math.Clamp(c, -MostCoherent, MostCoherent) : 0)];
        for (int i = 0; i < _amplitude.Length; i++)
        {
            double sum = Math.Max(_amplitude[i], 0) + Math.Max(_phase[i], 0);
            if (double.IsFinite(sum) && sum > 0)
            {
                _amplitude[i] = Math.Max(_amplitude[i], SmallestShare * sum);
                _phase[i] = Math.Max(_phase[i], SmallestShare * sum);
            }
            else
            {
                _amplitude[i] = _phase[i] = double.NaN;
            }
        }

        Fill(_amplitude);
        Fill(_phase);
        int first = Math.Min(_amplitude.Length - 1, (int)Math.Ceiling(lowerLimit / step));
        for (int i = 0; i < first; i++)
        {
            double ratio = first / Math.Max(i, 0.5);
            _amplitude[i] = _amplitude[first] * ratio * ratio;
            _phase[i] = _phase[first] * ratio * ratio;
            _coherence[i] = _coherence[first];
        }
    }

    private PriorPowers(double step, double[] amplitude, double[] phase, double[] coherence)
    {
        Step = step;
        (_amplitude, _phase, _coherence) = (amplitude, phase, coherence);
    }

    /// <summary>Width of a ring in 1/nm.</summary>
    public double Step { get; }

    /// <summary>The powers as they are, to be kept: width of a ring; S_a, S_p and coherence of each.</summary>
    public (double Step, double[] Amplitude, double[] Phase, double[] Coherence) Content => (Step, [.. _amplitude], [.. _phase], [.. _coherence]);

    /// <summary>Powers that were kept, to the last bit.</summary>
    /// <param name="content">See <see cref="Content"/>.</param>
    public static PriorPowers Of((double Step, double[] Amplitude, double[] Phase, double[] Coherence) content) =>
        new(content.Step, content.Amplitude, content.Phase, content.Coherence);

    /// <summary>Whether amplitude and phase are expected to go together.</summary>
    public bool IsCoherent => Array.Exists(_coherence, static c => c != 0);

    /// <summary>Number of rings.</summary>
    public int Rings => _amplitude.Length;

    /// <summary>Ring of a frequency in 1/nm.</summary>
    public int Ring(double g) => Math.Min(Rings - 1, (int)((g / Step) + 0.5));

    /// <summary>S_ap/√(S_a·S_p) of each ring: how much of one of amplitude and phase the other tells.</summary>
    public IReadOnlyList<double> Coherence => _coherence;

    /// <summary>The powers at a frequency in 1/nm, by interpolation.</summary>
    public PriorPower At(double g)
    {
        double place = Math.Min(g / Step, Rings - 1);
        int i = Math.Min((int)place, Math.Max(0, Rings - 2));
        int j = Math.Min(i + 1, Rings - 1);
        double t = place - i;
        (double a, double p) = ((_amplitude[i] * (1 - t)) + (_amplitude[j] * t), (_phase[i] * (1 - t)) + (_phase[j] * t));
        return new PriorPower(a, p) { Common = ((_coherence[i] * (1 - t)) + (_coherence[j] * t)) * Math.Sqrt(a * p) };
    }

    /// <summary>
    /// Estimates both from frames that are not aligned: displacements change no power spectrum. In each ring |y_n|² − σ² is fitted by
    /// 4E²(S_a cos²χ + S_p sin²χ) over all frames, neither power negative.
    /// </summary>
    public static PriorPowers Estimate(
        FrameSpectra spectra, WaveBand band, IReadOnlyList<TransferFunction> transfers, IReadOnlyList<double> noise, double lowerLimit, int threads, CancellationToken cancellationToken)
    {
        var rings = new BandRings(band);
        PriorPowers rough = Solve(All(null), rings.Step, lowerLimit);
        return Solve(All(rough), rings.Step, lowerLimit);

        double[][] All(PriorPowers? expected)
        {
            var frames = new double[transfers.Count][];
            rings.Expect(expected);
            FrameLoop.Run(frames.Length, threads, cancellationToken, n =>
            {
                using SpectrumLease lease = spectra.Take(n);
                frames[n] = Sums(lease.Plane, rings, transfers[n], noise[n]);
            });
            return frames;
        }
    }

    /// <summary>
    /// Σ xx, Σ xz, Σ zz, Σ xt, Σ zt of each ring of a frame, weighted by the inverse square of the expected power: sums over frames add up, and
    /// <see cref="Solve"/> takes them.
    /// </summary>
    internal static unsafe double[] Sums(ComplexPlane spectrum, BandRings rings, TransferFunction transfer, double noise)
    {
        WaveBand band = rings.Band;
        double pixels = (double)band.Grid.Rows * band.Grid.Columns;
        var sums = new double[5 * rings.Count];
        var rows = new TransferRows(band, [transfer]);
        for (int ky = 0; ky <= band.RowReach; ky++)
        {
            rows.Fill(ky);
            TransferRow row = rows[0];
            ReadOnlySpan<ushort> ringOf = rings.Row(ky);
            ReadOnlySpan<(double Amplitude, double Phase)> expected = rings.Expected(ky);
            // The transfer is round, so it is that of the row above the middle and of that below.
            float* above = spectrum.Row(FrequencyGrid.Index(ky, band.Grid.Rows));
            float* below = spectrum.Row(FrequencyGrid.Index(-ky, band.Grid.Rows));
            int count = ky > 0 ? 2 : 1;
            for (int kx = 1; kx < rows.Count; kx++)
            {
                double e = 2 * row.Envelope[kx];
                (double a, double p) = (e * row.Cos[kx], e * row.Sin[kx]);
                (double x, double z) = (a * a, p * p);
                (double sa, double sp) = expected[kx];
                double weight = 1 / Square(noise + (x * sa) + (z * sp));
                double power = Power(above + ComplexPlane.Offset(kx));
                if (ky > 0)
                {
                    power += Power(below + ComplexPlane.Offset(kx));
                }

                double target = weight * ((power / pixels) - (count * noise));
                weight *= count;
                Span<double> ring = sums.AsSpan(5 * ringOf[kx], 5);
                ring[0] += weight * x * x;
                ring[1] += weight * x * z;
                ring[2] += weight * z * z;
                ring[3] += target * x;
                ring[4] += target * z;
            }
        }

        GC.KeepAlive(spectrum);
        return sums;
    }

    /// <summary>
    /// The prior of a wave whose local phase is free: neither power is taken to be less than a share of the other. Where the specimen
    /// shifts the phase of its surroundings by φ, its amplitude and phase mix by sin φ; a prior that knows them apart would have the
    /// wave give up φ, all over the specimen at once. For the same reason they are independent in it.
    /// </summary>
    /// <param name="share">The share, from 0 to 1.</param>
    public PriorPowers Mixed(double share) => new(
        Step,
        [.. _amplitude.Zip(_phase, (a, p) => Math.Max(a, share * p))],
        [.. _phase.Zip(_amplitude, (p, a) => Math.Max(p, share * a))],
        0);

    /// <summary>
    /// The powers where those beyond a frequency are no more than the level before it, falling as g⁻⁴. Beyond, what frames show over their
    /// noise is the interference of scattered beams with one another: divided by next to no transfer it would pass for a hundred times
    /// the wave's power, and a wave with so much freedom explains with it what it should not.
    /// </summary>
    /// <param name="told">The frequency in 1/nm.</param>
    public PriorPowers Continued(double told)
    {
        int last = (int)(told / Step);
        int[] level = [.. Enumerable.Range(1, Math.Max(0, last)).Where(i => i >= LevelFrom * last && i < Rings)];
        return level.Length == 0 || last >= Rings - 1 ? this : new PriorPowers(Step, Capped(_amplitude), Capped(_phase), 0);

        double[] Capped(double[] powers)
        {
            double logarithm = level.Average(i => Math.Log(powers[i]) + (FallBeyond * Math.Log((double)i / last)));
            return [.. powers.Select((p, i) => i <= last ? p : Math.Min(p, Math.Exp(logarithm - (FallBeyond * Math.Log((double)i / last)))))];
        }
    }

    /// <summary>The powers that a restored wave shows: in each ring the mean of |estimate|² plus its variance.</summary>
    /// <param name="information">What the frames say.</param>
    /// <param name="wave">The wave's spectrum, divided by ψ(0).</param>
    /// <param name="lowerLimit">Frequency in 1/nm below which the series says little.</param>
    /// <param name="filled">Share of the grid that the specimen fills.</param>
    /// <param name="coherent">Whether the wave tells how amplitude and phase go together; otherwise they are independent.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    public PriorPowers FromPosterior(
        SeriesInformation information, ComplexPlane wave, double lowerLimit, double filled = 1, bool coherent = false, CancellationToken cancellationToken = default)
    {
        WaveBand band = information.Band;
        var amplitude = new double[Rings];
        var phase = new double[Rings];
        var common = new double[Rings];
        var count = new int[Rings];
        double pixels = (double)band.Grid.Rows * band.Grid.Columns * filled;
        for (int ky = -band.RowReach; ky <= band.RowReach; ky++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int kx = ky > 0 ? 0 : 1; kx <= band.ColumnReach && band.Contains(ky, kx); kx++)
            {
                (float re, float im) = wave[band.RowReach + ky, band.ColumnReach + kx];
                (float mre, float mim) = wave[band.RowReach - ky, band.ColumnReach - kx];
                double g2 = band.Grid.SquaredFrequency(ky, kx);
                double g = Math.Sqrt(g2);
                LinearTheory variance = information.At(ky, kx).With(At(g)).Inverse();
                int ring = Ring(g);
                // a = (ψ(g) + ψ*(−g)) / 2, ip = (ψ(g) − ψ*(−g)) / 2.
                amplitude[ring] += (0.25 * (Square(re + mre) + Square(im - mim)) / pixels) + variance.Aa;
                phase[ring] += (0.25 * (Square(re - mre) + Square(im + mim)) / pixels) + variance.Pp;
                // Re a*p = Im ψ(g)ψ(−g) / 2.
                common[ring] += (0.5 * (((double)re * mim) + ((double)im * mre)) / pixels) + variance.Ap;
                count[ring]++;
            }
        }

        // Before the powers are divided by the count, which is the same for all three.
        double[]? coherence = coherent ? [.. common.Select((c, i) => c / Math.Sqrt(amplitude[i] * phase[i]))] : null;
        for (int i = 0; i < Rings; i++)
        {
            amplitude[i] = count[i] == 0 ? double.NaN : amplitude[i] / count[i];
            phase[i] = count[i] == 0 ? double.NaN : phase[i] / count[i];
        }

        return new PriorPowers(Step, amplitude, phase, lowerLimit, coherence);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe double Power(float* element) => ((double)element[0] * element[0]) + ((double)element[ComplexPlane.Lanes] * element[ComplexPlane.Lanes]);

    /// <summary>The powers by the sums of frames.</summary>
    internal static PriorPowers Solve(double[][] frames, double step, double lowerLimit)
    {
        int rings = frames[0].Length / 5;
        var amplitude = new double[rings];
        var phase = new double[rings];
        double most = Enumerable.Range(0, rings).Max(i => frames.Sum(f => f[5 * i] + f[(5 * i) + 2]));
        for (int i = 0; i < rings; i++)
        {
            var s = new double[5];
            foreach (double[] frame in frames)
            {
                for (int j = 0; j < 5; j++)
                {
                    s[j] += frame[(5 * i) + j];
                }
            }

            (amplitude[i], phase[i]) = NonNegative(s);
            if (!(s[0] + s[2] > Untransferred * most))
            {
                amplitude[i] = phase[i] = double.NaN;
            }
            else if (amplitude[i] + phase[i] <= 0)
            {
                // Nothing above the noise: a small part of what could have been missed.
                amplitude[i] = phase[i] = 0.01 / Math.Sqrt(s[0] + s[2]);
            }
        }

        return new PriorPowers(step, amplitude, phase, lowerLimit);
    }

    /// <summary>Least squares in two unknowns, neither negative.</summary>
    private static (double X, double Z) NonNegative(double[] s)
    {
        double d = (s[0] * s[2]) - (s[1] * s[1]);
        double x = ((s[2] * s[3]) - (s[1] * s[4])) / d;
        double z = ((s[0] * s[4]) - (s[1] * s[3])) / d;
        if (d > 1e-9 * s[0] * s[2] && x >= 0 && z >= 0)
        {
            return (x, z);
        }

        // On an edge: the one that lowers the misfit more.
        double gainX = s[0] > 0 && s[3] > 0 ? s[3] * s[3] / s[0] : 0;
        double gainZ = s[2] > 0 && s[4] > 0 ? s[4] * s[4] / s[2] : 0;
        return gainX > gainZ ? (s[3] / s[0], 0) : gainZ > 0 ? (0, s[4] / s[2]) : (0, 0);
    }

    /// <summary>Fills rings without a value: between two by the straight line of the logarithms, beyond the ends by the nearest.</summary>
    private static void Fill(double[] values)
    {
        int[] known = [.. Enumerable.Range(0, values.Length).Where(i => double.IsFinite(values[i]) && values[i] > 0)];
        if (known.Length == 0)
        {
            // Nothing but noise: no specimen is expected.
            Array.Fill(values, 1e-9);
            return;
        }

        for (int i = 0, after = 0; i < values.Length; i++)
        {
            while (after < known.Length - 1 && known[after] < i)
            {
                after++;
            }

            int right = known[after];
            int left = after == 0 || right <= i ? right : known[after - 1];
            if (right < i)
            {
                left = right;
            }

            if (right != i)
            {
                double t = right == left ? 0 : (i - left) / (double)(right - left);
                values[i] = Math.Exp(((1 - t) * Math.Log(values[left])) + (t * Math.Log(values[right])));
            }
        }
    }

    private static double Square(double x) => x * x;
}
