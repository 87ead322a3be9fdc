using FsRec.Formats.Hdf5;
using FsRec.Formats.Mrc;
using FsRec.Formats.Numpy;
using FsRec.Formats.Tiff;

namespace FsRec.Formats.Export;

/// <summary>Writes waves and images in the formats of other programs. The file's suffix says which.</summary>
public static class ImageExport
{
    private static readonly (string[] Suffixes, Action<Stream, ImageContent, CancellationToken> Write)[] Writers =
    [
        ([".npy"], NumpyWriter.Write),
        ([".mrc", ".mrcs", ".st", ".map"], MrcWriter.Write),
        ([".tif", ".tiff"], TiffWriter.Write),
        .. Hdf5Writers,
    ];

    private static (string[] Suffixes, Action<Stream, ImageContent, CancellationToken> Write)[] Hdf5Writers => Hdf5Support.IsHere
        ? [([".hspy"], HyperSpyWriter.Write), ([".emd"], NcemWriter.Write)]
        : [];

    /// <summary>The suffixes that are known; those of HDF5 are not where the program was compiled ahead of time.</summary>
    public static IReadOnlyList<string> Suffixes { get; } = [.. Writers.SelectMany(static writer => writer.Suffixes)];

    /// <summary>Whether a file's suffix is one of <see cref="Suffixes"/>.</summary>
    /// <param name="path">The file.</param>
    public static bool IsKnown(string path) => Suffixes.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes a wave, beside its place and renamed into it. A name that ends in <c>.wav</c> is written as PyFSRec does.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wave">The wave.</param>
    /// <param name="provenance">What made it.</param>
    /// <param name="representation">How complex numbers are written.</param>
    /// <exception cref="FsRecException">The suffix is not known, or the file cannot be written.</exception>
    public static void WriteWave(string path, ExitWave wave, Provenance provenance, WaveRepresentation representation = WaveRepresentation.Default)
    {
        if (Path.GetExtension(path).Equals(".wav", StringComparison.OrdinalIgnoreCase))
        {
            WaveFile.Write(path, wave);
            return;
        }

        bool isTiff = Path.GetExtension(path).StartsWith(".tif", StringComparison.OrdinalIgnoreCase);
        if (representation == WaveRepresentation.Default)
        {
            representation = isTiff ? WaveRepresentation.AmplitudePhase : WaveRepresentation.Complex;
        }

        Write(path, (representation, isTiff) switch
        {
            (WaveRepresentation.AmplitudePhase, _) => Pair(wave, provenance, ["amplitude", "phase"], wave.GetAmplitude, wave.GetPhase),
            (_, true) => Pair(wave, provenance, ["real", "imaginary"], () => Part(wave, 0), () => Part(wave, 1)),
            _ => new ImageContent
            {
                Frames = 1,
                Calibration = wave.Calibration,
                IsComplex = true,
                Read = (_, target) => wave.Interleaved.CopyTo(target),
                Provenance = provenance,
            },
        });
    }

    /// <summary>Writes images, beside their place and renamed into it.</summary>
    /// <exception cref="FsRecException">The suffix is not known, or the file cannot be written.</exception>
    internal static void Write(string path, ImageContent content, CancellationToken cancellationToken = default)
    {
        string suffix = Path.GetExtension(path);
        (_, Action<Stream, ImageContent, CancellationToken>? write) = Array.Find(Writers, writer => writer.Suffixes.Contains(suffix, StringComparer.OrdinalIgnoreCase));
        if (write is null)
        {
            throw new FsRecException($"'{path}' cannot be written: found the suffix '{suffix}', expected one of {string.Join(", ", Suffixes)}.{Hint(suffix)}");
        }

        AtomicFile.Write(path, stream => write(stream, content, cancellationToken));
    }

    /// <summary>A sentence on a suffix that this program leaves to others of ours; empty where there is none.</summary>
    /// <param name="suffix">The suffix, with its dot.</param>
    public static string Hint(string suffix) => !Hdf5Support.IsHere && suffix.ToLowerInvariant() is ".hspy" or ".emd" ? " " + Hdf5Support.Elsewhere : "";

    private static ImageContent Pair(ExitWave wave, Provenance provenance, IReadOnlyList<string> labels, Func<float[]> first, Func<float[]> second) => new()
    {
        Frames = 2,
        Calibration = wave.Calibration,
        Read = (frame, target) => (frame == 0 ? first() : second()).CopyTo(target),
        Labels = labels,
        Provenance = provenance,
    };

    private static float[] Part(ExitWave wave, int part)
    {
        var values = new float[wave.Calibration.PixelCount];
        ReadOnlySpan<float> all = wave.Interleaved;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = all[(2 * i) + part];
        }

        return values;
    }
}
