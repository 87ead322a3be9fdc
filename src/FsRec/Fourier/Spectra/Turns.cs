using System.Runtime.CompilerServices;

namespace FsRec.Fourier;

/// <summary>
/// exp(2πi·k·turn) for k = 0, 1, 2, …, by multiplication with exp(2πi·turn), from a sine and cosine of its own every 16 steps: errors stay below
/// some 10⁻¹⁵.
/// </summary>
/// <param name="turn">Turns from one to the next.</param>
internal struct Turns(double turn)
{
    private const int Fresh = 16;
    private readonly (double Sin, double Cos) _step = Math.SinCos(2 * Math.PI * turn);
    private int _k;
    private double _re;
    private double _im;

    /// <summary>The next factor, from k = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (double Re, double Im) Next()
    {
        if (_k % Fresh == 0)
        {
            (_im, _re) = Math.SinCos(2 * Math.PI * turn * _k);
        }
        else
        {
            (_re, _im) = ((_re * _step.Cos) - (_im * _step.Sin), (_re * _step.Sin) + (_im * _step.Cos));
        }

        _k++;
        return (_re, _im);
    }
}
