namespace FsRec.Uncertainty;

/// <summary>Median powers of what a frame and its image differ by, where nothing is transferred; default for a frame that takes no part.</summary>
/// <param name="Beyond">Between the frequencies that carry an image and those by which the noise is known.</param>
/// <param name="Highest">At those by which the noise is known.</param>
/// <param name="Count">Number of frequencies of the first.</param>
/// <param name="CountHighest">Number of frequencies of the second.</param>
internal readonly record struct NoisePowers(double Beyond, double Highest, int Count, int CountHighest)
{
    /// <summary>That of frames in which there are no such frequencies.</summary>
    public static NoisePowers None { get; } = new(double.NaN, double.NaN, 0, 0);
}
