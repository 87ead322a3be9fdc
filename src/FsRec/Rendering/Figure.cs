using FsRec.Rendering.Canvas;

namespace FsRec.Rendering;

/// <summary>Something that is drawn: a picture with its scales, or a plot. It is written as PNG or SVG. Immutable.</summary>
public abstract class Figure
{
    /// <summary>Width in units of the drawing.</summary>
    public abstract double Width { get; }

    /// <summary>Height in units of the drawing.</summary>
    public abstract double Height { get; }

    /// <summary>What is to be seen, in words, for those who cannot see it.</summary>
    public abstract string Description { get; }

    /// <summary>The figure as pixels, on white paper.</summary>
    /// <param name="scale">Pixels a unit of the drawing.</param>
    /// <exception cref="FsRecException">The system is without the native part of the drawing library.</exception>
    public Picture ToPicture(double scale = 1) => SkiaCanvas.Rasterise(this, scale);

    /// <summary>The figure as an SVG document.</summary>
    public string ToSvg() => SvgCanvas.Write(this, false, static picture => ("image/png", PngFile.Encode(picture)));

    /// <summary>Writes the figure, beside its place and renamed into it: as SVG where the name ends so, otherwise as PNG.</summary>
    /// <param name="path">The file.</param>
    /// <param name="scale">Pixels of a PNG a unit of the drawing.</param>
    /// <exception cref="FsRecException">The file cannot be written, or the system is without the native part of the drawing library.</exception>
    public void Save(string path, double scale = 1)
    {
        if (path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
        {
            AtomicFile.WriteText(path, writer => writer.WriteLine(ToSvg()));
        }
        else
        {
            ToPicture(scale).Save(path);
        }
    }

    /// <summary>Draws the figure.</summary>
    internal abstract void Draw(ICanvas canvas);
}
