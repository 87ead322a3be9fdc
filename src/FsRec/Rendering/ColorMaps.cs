using BigGustave;

namespace FsRec.Rendering;

/// <summary>The colours of the maps.</summary>
internal static class ColorMaps
{
    /// <summary>The colour of a value from 0 to 1.</summary>
    public static Pixel Colour(ColorMap map, double value)
    {
        double v = double.IsNaN(value) ? 0 : Math.Clamp(value, 0, 1);
        return map switch
        {
            ColorMap.Diverging => Diverging(v),
            ColorMap.Cyclic => Cyclic(v),
            _ => Rgb(v, v, v),
        };
    }

    private static Pixel Diverging(double v)
    {
        double t = (2 * v) - 1;
        return t < 0
            ? Rgb(1 + (t * 0.77), 1 + (t * 0.6), 1 + (t * 0.25))
            : Rgb(1 - (t * 0.3), 1 - (t * 0.9), 1 - (t * 0.83));
    }

    private static Pixel Cyclic(double v)
    {
        // Three cosines a third of a turn apart: constant sum, so that brightness says nothing.
        double Part(double shift) => 0.5 + (0.5 * Math.Cos(2 * Math.PI * (v - shift)));
        return Rgb(Part(0), Part(1.0 / 3), Part(2.0 / 3));
    }

    private static Pixel Rgb(double r, double g, double b) =>
        new((byte)Math.Round(255 * r), (byte)Math.Round(255 * g), (byte)Math.Round(255 * b));
}
