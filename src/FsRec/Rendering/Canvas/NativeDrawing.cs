using FsRec.Rendering.Colors;
using SkiaSharp;

namespace FsRec.Rendering.Canvas;

/// <summary>Calls of the drawing library, whose native part a system may be without.</summary>
internal static class NativeDrawing
{
    /// <summary>Draws; where the native part does not load, says so.</summary>
    /// <exception cref="FsRecException">The native part is not there.</exception>
    public static T Run<T>(Func<T> draw)
    {
        try
        {
            return draw();
        }
        catch (Exception e) when (IsNativeFailure(e))
        {
            throw new FsRecException(
                $"The drawing library SkiaSharp has no native part that loads on this system ({System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier}): "
                + "text and lines cannot be drawn as pixels, and no report be made. SVG, TIFF, and pictures without scale and labels do without it.", e);
        }
    }

    // Missing, of another processor, or of another version, each within as many type initializers as came across it.
    private static bool IsNativeFailure(Exception? e) =>
        e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException || (e is TypeInitializationException && (IsNativeFailure(e.InnerException) || IsOfSkia(e)));

    private static bool IsOfSkia(Exception e) => e is TypeInitializationException { TypeName: { } name } && name.StartsWith("SkiaSharp.", StringComparison.Ordinal);

    /// <summary>The picture as JPEG, for pages.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="quality">0 to 100.</param>
    public static byte[] Jpeg(Picture picture, int quality) => Run(() =>
    {
        using SKBitmap bitmap = picture.IsGray() ? ToGray(picture) : SkiaCanvas.ToBitmap(picture);
        using SKPixmap? pixels = bitmap.PeekPixels();
        using SKData? data = pixels?.Encode(new SKJpegEncoderOptions(quality, SKJpegEncoderDownsample.Downsample444, SKJpegEncoderAlphaOption.Ignore));
        return data?.ToArray() ?? throw new FsRecException($"A picture of {picture.Rows}×{picture.Columns} px cannot be written as JPEG.");
    });

    private static SKBitmap ToGray(Picture picture)
    {
        var bitmap = new SKBitmap(new SKImageInfo(picture.Columns, picture.Rows, SKColorType.Gray8, SKAlphaType.Opaque));
        Span<byte> pixels = bitmap.GetPixelSpan();
        for (int row = 0; row < picture.Rows; row++)
        {
            Span<byte> line = pixels.Slice(row * bitmap.RowBytes, picture.Columns);
            ReadOnlySpan<Rgb> source = picture.Pixels.AsSpan(row * picture.Columns, picture.Columns);
            for (int i = 0; i < line.Length; i++)
            {
                line[i] = source[i].R;
            }
        }

        return bitmap;
    }
}
