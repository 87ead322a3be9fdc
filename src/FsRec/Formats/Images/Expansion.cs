namespace FsRec.Formats.Images;

/// <summary>How much compressed bytes can hold at most; what claims more is damaged, or meant to fill the memory.</summary>
internal static class Expansion
{
    // Noise does not compress; an image that shrinks to less than this fraction of itself is none, once it is large.
    private const double Image = 200;
    private const double Large = 1 << 26;

    // Deflate makes at most 1032 bytes of one, LZW with codes of 12 bits about 2700.
    private const double Deflate = 1032;
    private const double Lzw = 2800;

    /// <summary>Makes sure that deflated bytes can hold what is claimed.</summary>
    /// <exception cref="DataException">They cannot.</exception>
    public static void CheckDeflate(string path, long offset, double stored, double claimed) => Check(path, offset, stored, claimed, Deflate);

    /// <summary>Makes sure that bytes of any of the compressions of TIFF can hold what is claimed.</summary>
    /// <exception cref="DataException">They cannot.</exception>
    public static void CheckAny(string path, long offset, double stored, double claimed) => Check(path, offset, stored, claimed, Lzw);

    private static void Check(string path, long offset, double stored, double claimed, double most)
    {
        most = claimed > Large ? Math.Min(most, Image) : most;
        if (claimed > (stored + 64) * most)
        {
            throw Damage.At(path, offset, FormattableString.Invariant($"{stored:0} compressed bytes that are to hold {claimed:0}"), FormattableString.Invariant($"at most {(stored + 64) * most:0}"));
        }
    }
}
