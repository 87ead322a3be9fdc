namespace FsRec.Tests.Alignment;

/// <summary>A picture known at every point of the plane: soft spots of either sign at random places, which repeat nowhere.</summary>
internal sealed class Pattern
{
    private readonly (double X, double Y, double Height, double Width)[] _spots;

    /// <summary>Spots over a square that reaches this far beyond frames of some size on all sides.</summary>
    public Pattern(int rows, int columns, int margin, int seed)
    {
        var random = new Random(seed);
        // One spot in 6×6 pixels, 1.5 to 3 pixels wide.
        _spots = new (double, double, double, double)[(rows + (2 * margin)) * (columns + (2 * margin)) / 36];
        for (int i = 0; i < _spots.Length; i++)
        {
            _spots[i] = (
                (random.NextDouble() * (columns + (2 * margin))) - margin,
                (random.NextDouble() * (rows + (2 * margin))) - margin,
                random.NextDouble() - 0.5,
                1.5 + (1.5 * random.NextDouble()));
        }
    }

    /// <summary>A frame whose content is displaced by (dx, dy), the mean near 1.</summary>
    public float[] Frame(int rows, int columns, double dx, double dy)
    {
        var sums = new double[rows * columns];
        foreach ((double x, double y, double height, double width) in _spots)
        {
            double reach = 5 * width;
            for (int r = Math.Max(0, (int)(y + dy - reach)); r <= Math.Min(rows - 1, y + dy + reach); r++)
            {
                for (int c = Math.Max(0, (int)(x + dx - reach)); c <= Math.Min(columns - 1, x + dx + reach); c++)
                {
                    double distance = Math.Pow(r - y - dy, 2) + Math.Pow(c - x - dx, 2);
                    sums[(r * columns) + c] += 0.2 * height * Math.Exp(-distance / (2 * width * width));
                }
            }
        }

        return [.. sums.Select(static v => (float)(1 + v))];
    }
}
