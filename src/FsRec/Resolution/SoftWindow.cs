using System.Numerics;
using FsRec.Fourier;

namespace FsRec.Resolution;

/// <summary>
/// A window of rows and columns that is 1 in the central part and falls to 0 at the frame's edge as a raised cosine: what comes in at one edge
/// because it left at the other does not count, and a product of window and wave has no edges of its own.
/// </summary>
internal sealed unsafe class SoftWindow
{
    private readonly float[] _rows;
    private readonly float[] _columns;

    /// <summary>The window of a shape.</summary>
    public SoftWindow(int rows, int columns, double centralFraction)
    {
        if (!(centralFraction > 0 && centralFraction <= 1))
        {
            throw new FsRecException(FormattableString.Invariant($"Found a central part of {centralFraction} of the frame; expected more than 0 and at most 1."));
        }

        (_rows, _columns) = (Profile(rows, centralFraction), Profile(columns, centralFraction));
        IndependentShare = Share(_rows) * Share(_columns);
    }

    /// <summary>
    /// Share of the frequencies that stay independent under the window: (Σw²)² / (N Σw⁴), as neighbours are averaged over the window's own
    /// spectrum.
    /// </summary>
    public double IndependentShare { get; }

    /// <summary>A row of two images under the window, as real and imaginary parts: what is predicted less 1, and what is measured less what is predicted.</summary>
    /// <param name="row">Number of the row.</param>
    /// <param name="predicted">The row of the one image.</param>
    /// <param name="measured">The row of the other.</param>
    /// <param name="line">The row of a plane of the window's columns.</param>
    public void Pack(int row, ReadOnlySpan<float> predicted, ReadOnlySpan<float> measured, float* line)
    {
        float weight = _rows[row];
        int c = 0;
        for (int lanes = Vector<float>.Count; c + lanes <= _columns.Length; c += lanes)
        {
            Vector<float> w = weight * new Vector<float>(_columns, c);
            var p = new Vector<float>(predicted[c..]);
            float* to = line + ComplexPlane.Offset(c);
            Vector.Store(w * (p - Vector<float>.One), to);
            Vector.Store(w * (new Vector<float>(measured[c..]) - p), to + ComplexPlane.Lanes);
        }

        for (; c < _columns.Length; c++)
        {
            float* to = line + ComplexPlane.Offset(c);
            (to[0], to[ComplexPlane.Lanes]) = (weight * _columns[c] * (predicted[c] - 1), weight * _columns[c] * (measured[c] - predicted[c]));
        }
    }

    /// <summary>Puts a row of a plane under the window.</summary>
    /// <param name="row">Number of the row.</param>
    /// <param name="line">The row of a plane of the window's columns.</param>
    public void Multiply(int row, float* line)
    {
        float weight = _rows[row];
        int c = 0;
        for (int lanes = Vector<float>.Count; c + lanes <= _columns.Length; c += lanes)
        {
            Vector<float> w = weight * new Vector<float>(_columns, c);
            float* at = line + ComplexPlane.Offset(c);
            Vector.Store(w * Vector.Load(at), at);
            Vector.Store(w * Vector.Load(at + ComplexPlane.Lanes), at + ComplexPlane.Lanes);
        }

        for (; c < _columns.Length; c++)
        {
            float* at = line + ComplexPlane.Offset(c);
            (at[0], at[ComplexPlane.Lanes]) = (weight * _columns[c] * at[0], weight * _columns[c] * at[ComplexPlane.Lanes]);
        }
    }

    private static float[] Profile(int count, double fraction)
    {
        int central = Math.Clamp((int)Math.Round(count * fraction), 1, count);
        int first = (count - central) / 2;
        int last = first + central - 1;
        double Taper(int distance, int room) => distance <= 0 || room == 0 ? 1 : 0.5 + (0.5 * Math.Cos(Math.PI * distance / (room + 1)));
        return [.. Enumerable.Range(0, count).Select(i => (float)(i < first ? Taper(first - i, first) : Taper(i - last, count - 1 - last)))];
    }

    private static double Share(float[] profile)
    {
        double squares = profile.Sum(static w => (double)w * w);
        double fourths = profile.Sum(static w => (double)w * w * w * w);
        return squares * squares / (profile.Length * fourths);
    }
}
