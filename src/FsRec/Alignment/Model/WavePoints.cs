namespace FsRec.Alignment;

/// <summary>Amplitude and phase at each point of an alignment, each of their parts in an array.</summary>
/// <param name="count">Length of the arrays.</param>
internal sealed class WavePoints(int count)
{
    /// <summary>Real part of the amplitude.</summary>
    public double[] ARe { get; } = new double[count];

    /// <summary>Imaginary part of the amplitude.</summary>
    public double[] AIm { get; } = new double[count];

    /// <summary>Real part of the phase.</summary>
    public double[] PRe { get; } = new double[count];

    /// <summary>Imaginary part of the phase.</summary>
    public double[] PIm { get; } = new double[count];

    /// <summary>Sets some neighbouring points to 0.</summary>
    /// <param name="from">The first.</param>
    /// <param name="points">How many.</param>
    public void Clear(int from, int points)
    {
        Array.Clear(ARe, from, points);
        Array.Clear(AIm, from, points);
        Array.Clear(PRe, from, points);
        Array.Clear(PIm, from, points);
    }
}
