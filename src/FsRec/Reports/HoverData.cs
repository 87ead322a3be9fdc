using System.Globalization;
using FsRec.Rendering;

namespace FsRec.Reports;

/// <summary>The values of a picture, coarse enough for a page, for the script that tells them under the pointer.</summary>
internal static class HoverData
{
    private const int MostPixels = 160;

    /// <summary>Attributes of the figure.</summary>
    /// <param name="map">The values.</param>
    /// <param name="figure">The figure that shows them.</param>
    /// <param name="options">The range that was drawn.</param>
    public static string Attributes(ScalarMap map, ImageFigure figure, RenderOptions options)
    {
        (double low, double high) = map.Range(options);
        int step = (int)Math.Ceiling(Math.Max(map.Rows, map.Columns) / (double)MostPixels);
        (int rows, int columns) = ((map.Rows + step - 1) / step, (map.Columns + step - 1) / step);
        var bytes = new byte[rows * columns];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                double sum = 0;
                int count = 0;
                for (int y = r * step; y < Math.Min(map.Rows, (r + 1) * step); y++)
                {
                    for (int x = c * step; x < Math.Min(map.Columns, (c + 1) * step); x++, count++)
                    {
                        sum += map.Values[(y * map.Columns) + x];
                    }
                }

                bytes[(r * columns) + c] = (byte)Math.Round(Math.Clamp(high > low ? 255 * ((sum / count) - low) / (high - low) : 0, 0, 255));
            }
        }

        (double left, double top, double width, double height) = figure.Place;
        return string.Create(CultureInfo.InvariantCulture,
            $" data-values=\"{Convert.ToBase64String(bytes)}\" data-rows=\"{rows}\" data-columns=\"{columns}\" data-low=\"{low:g6}\" data-high=\"{high:g6}\" data-unit=\"{SvgUnit(map)}\" data-x=\"{left:0.#}\" data-y=\"{top:0.#}\" data-w=\"{width:0.#}\" data-h=\"{height:0.#}\" data-width=\"{map.Columns * map.ColumnSampling:g6}\" data-height=\"{map.Rows * map.RowSampling:g6}\"{(map.IsReciprocal ? " data-centred=\"1\"" : "")}");
    }

    private static string SvgUnit(ScalarMap map) => HtmlPage.Escape(map.Unit);
}
