using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace FsRec.Series;

/// <summary>
/// Whether what was read can be an image at all. A file of 32-bit integers has the size of one of float32, and so has one of the other byte
/// order: read as they are not, they are numbers of 10⁻⁴³, or of any size and sign. This is the only place where a frame is judged by its
/// values; what passes here has a mean that it can be divided by.
/// </summary>
internal static class FrameCheck
{
    // A recorded mean is a number of counts, of electrons, or of a share of the beam; beyond these it is a misread number.
    private const double SmallestMean = 1e-20;
    private const double LargestMean = 1e20;

    // More broken or extreme pixels than a detector has bad ones.
    private const double MostBad = 0.1;

    /// <summary>Refuses numbers of another type or byte order, before anything is repaired.</summary>
    /// <exception cref="DataException">The values are not float32 of this machine's byte order, or of no use for another reason.</exception>
    public static PixelStatistics RequireNumbers(ReadOnlySpan<float> frame, string name, bool hasHeader = false)
    {
        PixelStatistics s = PixelStatistics.Of(frame);
        if (IsPlausible(s, frame.Length))
        {
            return s;
        }

        string found = s.Broken + s.Extreme > MostBad * frame.Length
                ? FormattableString.Invariant($"{s.Broken} values that are not finite and {s.Extreme} more than {PixelStatistics.Beyond:0e0} times as large as the others, of {frame.Length}")
                : s.Negative > 0.9 || s.Mean <= 0 ? FormattableString.Invariant($"the mean {s.Mean:g4}; a recorded image's is positive")
                : FormattableString.Invariant($"the mean {s.Mean:g4}, which is none of a recorded image");
        throw new DataException($"The frame '{name}' has {found}. {(hasHeader ? OwnCause(s) : Cause(frame, s))}");
    }

    /// <summary>Refuses single pixels that would decide over the whole frame.</summary>
    /// <exception cref="DataException">There are some.</exception>
    public static void RequireRange(ReadOnlySpan<float> frame, in PixelStatistics s, int columns, string name)
    {
        if (s.Extreme > 0)
        {
            throw new DataException(FormattableString.Invariant(
                $"The frame '{name}' has {s.Extreme} pixels more than {PixelStatistics.Beyond:0e0} times as large as the others, the first ({frame[s.FirstExtreme]:g4}, usual is {s.Usual:g4}) at row {s.FirstExtreme / columns}, column {s.FirstExtreme % columns}. Repair them with Fixhotpix=Yes."));
        }
    }

    private static bool IsPlausible(in PixelStatistics s, int count) =>
        s.Broken + s.Extreme <= MostBad * count && s.Mean is > SmallestMean and < LargestMean;

    // What the file's own header says of its numbers no key of ours changes.
    private static string OwnCause(in PixelStatistics s) =>
        s.Mean <= 0 ? "Is it empty, or was its background subtracted? The vacuum of an image is positive."
        : s.Broken + s.Extreme == 0 ? "Multiply the frames by a factor that brings it between 0.001 and 1e6."
        : "The file's header says of what type its numbers are: is it damaged, or was it converted wrongly?";

    /// <summary>Of which other type the values would be an image.</summary>
    private static string Cause(ReadOnlySpan<float> frame, in PixelStatistics s)
    {
        ReadOnlySpan<int> bits = MemoryMarshal.Cast<float, int>(frame);
        (string Text, Func<int, float> Read)[] others =
        [
            ("float32 of the other byte order, as big-endian machines write it: read them with Bigendian=Yes (-BigEndian)", static b => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReverseEndianness(b))),
            ("32-bit integers: read them with Pixeltype=Int32 (-PixelType Int32)", static b => b),
            ("32-bit integers of the other byte order: read them with Pixeltype=Int32 and Bigendian=Yes (-PixelType Int32 -BigEndian)", static b => BinaryPrimitives.ReverseEndianness(b)),
        ];
        var values = new float[frame.Length];
        foreach ((string text, Func<int, float> read) in others)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = read(bits[i]);
            }

            PixelStatistics other = PixelStatistics.Of(values);
            // As counts or electrons, not merely as numbers.
            if (IsPlausible(other, values.Length) && other is { Broken: 0, Extreme: 0, Negative: < 0.3, Mean: > 1e-3 and < 1e9 })
            {
                return FormattableString.Invariant($"With the mean {other.Mean:g4} it may be {text}, or convert the files to float32.");
            }
        }

        return s.Mean <= 0 ? "Is it empty, or was its background subtracted?"
            : s.Broken + s.Extreme == 0 ? "Multiply the frames by a factor that brings it between 0.001 and 1e6."
            : "Do the files have a header (Headerbytes), another number type (Pixeltype) or another size (Dimensions)?";
    }
}
