namespace FsRec.Series;

/// <summary>
/// Whether files without a header hold 32-bit floating-point numbers where integers were said. Their bits are integers of a thousand millions, in the order of the numbers, so that the
/// frames look much like images; whoever counts electrons has no such numbers.
/// </summary>
internal static class NumberType
{
    // What a frame of counts or of shares of the beam is within, with 0 for what counted nothing.
    private const float Smallest = 1e-5f;
    private const float Largest = 1e8f;

    // Defective pixels may have any number.
    private const double Nearly = 0.99;

    /// <summary>Whether they do.</summary>
    /// <param name="series">The series.</param>
    public static bool IsFloat(FocalSeries series) => HeaderlessNumbers.First(series, PixelType.Int32, PixelType.UInt32) is { } numbers && AreFloats(numbers);

    /// <summary>Whether the bits of some numbers are those of floating-point ones.</summary>
    /// <param name="numbers">Whole numbers of 32 bits.</param>
    internal static bool AreFloats(ReadOnlySpan<float> numbers)
    {
        float least = BitConverter.SingleToInt32Bits(Smallest);
        float most = BitConverter.SingleToInt32Bits(Largest);
        int within = 0;
        int zeros = 0;
        foreach (float number in numbers)
        {
            within += number >= least && number <= most ? 1 : 0;
            zeros += number == 0 ? 1 : 0;
        }

        return within >= zeros && within + zeros >= Nearly * numbers.Length;
    }
}
