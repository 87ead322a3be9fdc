using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Statistics;

namespace FsRec.Restoration;

/// <summary>
/// The equations M (a, p) = b of the Wiener restoration at each frequency, M = Σ HᵀH / σ² + diag(1/S_a, 1/S_p) and b = Σ Hᵀ y / σ². b does
/// not depend on the prior powers: frames are projected once, and estimates and powers are found by turns from there.
/// </summary>
internal sealed class WienerSystem
{
    // Rounds after which the powers of rings change little.
    private const int AllRounds = 3;

    // Where squares of the scattered wave count: they are in the frames, and further rounds take them for the wave's power.
    private const int FewRounds = 2;

    private const int RoundsAboutFrequencies = 4;

    // How amplitude and phase go together comes slowly where noise covers the amplitude: as many rounds as it takes, to a change that does
    // nothing to a wave any more, RMS over the rings, of numbers from −1 to 1; and no more than these.
    private const int MostCoherentRounds = 16;
    private const double SettledCoherence = 0.01;

    private readonly SeriesInformation _information;
    private readonly WaveBand _band;
    private readonly double[] _right;

    /// <summary>Takes b from the solution for some prior powers.</summary>
    /// <param name="information">What the frames say.</param>
    /// <param name="solution">Spectrum of a + ip with those powers.</param>
    /// <param name="prior">The powers it was found with.</param>
    public WienerSystem(SeriesInformation information, ComplexPlane solution, PriorPowers prior)
    {
        _information = information;
        _band = information.Band;
        _right = new double[4 * _band.Rows * _band.Columns];
        ForHalf((ky, kx) =>
        {
            LinearTheory m = information.At(ky, kx).With(prior.At(Math.Sqrt(_band.Grid.SquaredFrequency(ky, kx))));
            ((double re, double im) a, (double re, double im) p) = Parts(solution, ky, kx);
            int i = 4 * ExpectedPowers.Index(_band, ky, kx);
            (_right[i], _right[i + 1]) = ((m.Aa * a.re) + (m.Ap * p.re), (m.Aa * a.im) + (m.Ap * p.im));
            (_right[i + 2], _right[i + 3]) = ((m.Ap * a.re) + (m.Pp * p.re), (m.Ap * a.im) + (m.Pp * p.im));
        });
    }

    /// <summary>Prior powers of rings and about each frequency as the data have them, and the solution with them.</summary>
    /// <param name="prior">The powers to start from.</param>
    /// <param name="lowerLimit">Frequency in 1/nm below which the series says little.</param>
    /// <param name="squares">What is done about the squares of the scattered wave.</param>
    /// <param name="wave">Filled with the spectrum of a + ip; 0 at g = 0.</param>
    /// <param name="cancellationToken">Stops between two rounds.</param>
    /// <returns>The powers of the rings, those that the wave was estimated with, and those that it shows.</returns>
    public (PriorPowers Rings, ExpectedPowers Used, ExpectedPowers Shown) Solve(PriorPowers prior, double lowerLimit, ScatteredSquares squares, ComplexPlane wave, CancellationToken cancellationToken)
    {
        bool strong = squares == ScatteredSquares.Large;
        int rounds = strong ? FewRounds : AllRounds;
        ExpectedPowers powers = ExpectedPowers.Of(_band, prior);
        for (int round = 0; round < rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Solve(powers, wave);
            prior = prior.FromPosterior(_information, wave, lowerLimit, 1, false, cancellationToken);
            prior = prior.Continued(_information.Told);
            powers = ExpectedPowers.Of(_band, prior);
        }

        if (squares == ScatteredSquares.TakenOff)
        {
            (prior, powers) = Coherent(prior, lowerLimit, wave, cancellationToken);
        }

        ExpectedPowers shown = powers;
        for (int round = 0; round < RoundsAboutFrequencies; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Solve(powers, wave);
            shown = powers.Local(_information, wave, prior, lowerLimit, 1, (1, 1));
            powers = shown.AtMost(prior);
        }

        Solve(powers, wave);
        return (prior, powers, shown);
    }

    /// <summary>
    /// The powers of rings with how amplitude and phase go together. With the squares of the scattered wave in the frames these would pass for
    /// amplitude, and tell a wrong phase of it.
    /// </summary>
    private (PriorPowers Rings, ExpectedPowers Powers) Coherent(PriorPowers prior, double lowerLimit, ComplexPlane wave, CancellationToken cancellationToken)
    {
        ExpectedPowers powers = ExpectedPowers.Of(_band, prior);
        for (int round = 0; round < MostCoherentRounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Solve(powers, wave);
            IReadOnlyList<double> before = prior.Coherence;
            prior = prior.FromPosterior(_information, wave, lowerLimit, 1, true, cancellationToken);
            powers = ExpectedPowers.Of(_band, prior);
            double change = Math.Sqrt(prior.Coherence.Zip(before, static (now, was) => (now - was) * (now - was)).Average());
            if (round > 0 && change < SettledCoherence)
            {
                break;
            }
        }

        return (prior, powers);
    }

    private void Solve(ExpectedPowers powers, ComplexPlane wave) => ForHalf((ky, kx) =>
    {
        LinearTheory v = _information.At(ky, kx).With(powers.At(ky, kx)).Inverse();
        int i = 4 * ExpectedPowers.Index(_band, ky, kx);
        double ar = (v.Aa * _right[i]) + (v.Ap * _right[i + 2]);
        double ai = (v.Aa * _right[i + 1]) + (v.Ap * _right[i + 3]);
        double pr = (v.Ap * _right[i]) + (v.Pp * _right[i + 2]);
        double pi = (v.Ap * _right[i + 1]) + (v.Pp * _right[i + 3]);
        // ψ(g) = a + ip, ψ(−g) = a* + ip*.
        wave[_band.RowReach + ky, _band.ColumnReach + kx] = ((float)(ar - pi), (float)(ai + pr));
        wave[_band.RowReach - ky, _band.ColumnReach - kx] = ((float)(ar + pi), (float)(pr - ai));
    });

    /// <summary>a(g) and p(g) of a spectrum.</summary>
    private ((double Re, double Im) A, (double Re, double Im) P) Parts(ComplexPlane wave, int ky, int kx)
    {
        (float re, float im) = wave[_band.RowReach + ky, _band.ColumnReach + kx];
        (float mre, float mim) = wave[_band.RowReach - ky, _band.ColumnReach - kx];
        return ((0.5 * (re + mre), 0.5 * (im - mim)), (0.5 * (im + mim), 0.5 * (mre - re)));
    }

    /// <summary>One of each pair of frequencies ±g, without g = 0.</summary>
    private void ForHalf(Action<int, int> action)
    {
        for (int ky = 0; ky <= _band.RowReach; ky++)
        {
            for (int kx = ky == 0 ? 1 : -_band.ColumnReach; kx <= _band.ColumnReach; kx++)
            {
                if (_band.Contains(ky, kx))
                {
                    action(ky, kx);
                }
            }
        }
    }
}
