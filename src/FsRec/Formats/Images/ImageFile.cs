using FsRec.Formats.Gatan;
using FsRec.Formats.Hdf5;
using FsRec.Formats.Mrc;
using FsRec.Formats.Numpy;
using FsRec.Formats.Png;
using FsRec.Formats.Raw;
using FsRec.Formats.Ser;
using FsRec.Formats.Tiff;

namespace FsRec.Formats.Images;

/// <summary>A file of images, whatever its format: opened without reading pixels, then read image by image.</summary>
public sealed class ImageFile : IDisposable
{
    // Content decides: the first format that knows the first bytes as its own. MRC has no mark at the start and comes last.
    private static readonly ImageFormat[] Formats =
        [new TiffFormat(), new Hdf5Format(), new NumpyFormat(), new NumpyArchiveFormat(), new PngFormat(), new SerFormat(), new GatanFormat(), new MrcFormat()];

    private readonly IDisposable _bytes;

    internal ImageFile(IDisposable bytes, IReadOnlyList<ImageSet> stacks)
    {
        _bytes = bytes;
        Sets = stacks;
    }

    /// <summary>The stacks of images in the file, at least one.</summary>
    public IReadOnlyList<ImageSet> Sets { get; }

    /// <summary>The stack that is meant when nothing else is said: of real numbers, and of these the one the format names or the largest.</summary>
    public ImageSet Main => Sets.First(static stack => stack.Info.IsMain);

    /// <summary>Opens a file by what is in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="raw">How to read a file without a header; <see langword="null"/> where none is expected.</param>
    /// <exception cref="DataException">The file is missing, damaged, or of no known format.</exception>
    public static ImageFile Open(string path, RawFormat? raw = null)
    {
        var bytes = new FileBytes(path);
        try
        {
            var head = new byte[(int)Math.Min(bytes.Length, ImageFormat.HeadBytes)];
            bytes.Read(0, head);
            if (Array.Find(Formats, format => format.Knows(head, bytes)) is { } format)
            {
                return new ImageFile(bytes, Chosen(Opened(format, bytes)));
            }

            return raw is not null
                ? new ImageFile(bytes, [raw.Open(bytes)])
                : throw new DataException(
                    $"'{path}' is of no format that is known here ({FormatNames}). {WhatNext(path)}");
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>The formats that are known, for a message.</summary>
    internal static string FormatNames => string.Join(", ", Formats.Select(static known => known.Name));

    private static string WhatNext(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".EMI" => "The images of TIA are in the .ser files beside it.",
        ".FSR" => "A parameter file is run by fsrec --prm and Invoke-FsrRun, and Import-FocalSeries takes it by itself.",
        ".WAV" => "A .wav without a header is an exit wave: Import-FsrWave reads it.",
        _ => $"Of a file without a header give shape and number type, {OptionNames.HeaderlessAnywhere}.",
    };

    /// <summary>Opens a file without a header, whatever its content looks like.</summary>
    internal static ImageFile OpenRaw(string path, RawFormat raw)
    {
        var bytes = new FileBytes(path);
        try
        {
            return new ImageFile(bytes, [raw.Open(bytes)]);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>Whether a file's content is of a format that is known.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataException">The file is missing or cannot be opened.</exception>
    public static bool IsKnown(string path)
    {
        using var bytes = new FileBytes(path);
        var head = new byte[(int)Math.Min(bytes.Length, ImageFormat.HeadBytes)];
        bytes.Read(0, head);
        return Array.Exists(Formats, format => format.Knows(head, bytes));
    }

    /// <inheritdoc />
    public void Dispose() => _bytes.Dispose();

    // What a library says of bytes that make no sense is said in our words, with the file's name.
    private static IReadOnlyList<ImageSet> Opened(ImageFormat format, FileBytes bytes)
    {
        try
        {
            return format.Open(bytes);
        }
        catch (Exception e) when (e is not FsRecException)
        {
            throw Damage.At(bytes.Path, 0, $"{format.Name} that cannot be read ({e.Message})", "a sound file", e);
        }
    }

    private static IReadOnlyList<ImageSet> Chosen(IReadOnlyList<ImageSet> stacks)
    {
        ImageSet main = stacks
            .OrderBy(static stack => stack.Info.PixelType.IsComplex())
            .ThenByDescending(static stack => stack.Info.IsMain)
            .ThenByDescending(static stack => (double)stack.Info.Frames * stack.Info.PixelCount)
            .First();
        for (int i = 0; i < stacks.Count; i++)
        {
            stacks[i].Info = stacks[i].Info with { Index = i, IsMain = ReferenceEquals(stacks[i], main) };
        }

        return stacks;
    }
}
