namespace FsRec.Fourier;

/// <summary>The window of J. von Hann, ½ − ½ cos(2π(i + ½)/n), under which the edges of an image leave no cross in its spectrum.</summary>
internal static class HannWindow
{
    /// <summary>Mean square of the window along one axis: 3/8.</summary>
    public const double MeanSquare = 3.0 / 8;

    /// <summary>The window along one axis.</summary>
    /// <param name="count">Number of pixels.</param>
    public static float[] Of(int count) => [.. Enumerable.Range(0, count).Select(i => (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / count))))];
}
