namespace FsRec.Simulation;

/// <summary>The plane on which a series is simulated, and the common frame in it.</summary>
/// <param name="Plane">Shape and scale of the plane.</param>
/// <param name="Top">First row of the common frame.</param>
/// <param name="Left">First column of the common frame.</param>
/// <param name="Frame">Shape and scale of the frames.</param>
internal sealed record SimulationGrid(Calibration Plane, int Top, int Left, Calibration Frame)
{
    /// <summary>A plane that is the frame itself, periodic.</summary>
    public static SimulationGrid Periodic(Calibration frame) => new(frame, 0, 0, frame);

    /// <summary>A plane that is larger than the frame by at least a margin on every side.</summary>
    /// <param name="frame">Shape and scale of the frames.</param>
    /// <param name="rows">Margin in rows.</param>
    /// <param name="columns">Margin in columns.</param>
    public static SimulationGrid Around(Calibration frame, int rows, int columns)
    {
        Calibration plane = frame with
        {
            Rows = NextSize(frame.Rows + (2 * rows)),
            Columns = NextSize(frame.Columns + (2 * columns)),
        };
        return new(plane, (plane.Rows - frame.Rows) / 2, (plane.Columns - frame.Columns) / 2, frame);
    }

    /// <summary>Row of the plane, with its fraction, of a place in nm from the middle of the common frame.</summary>
    public double Row(double y) => Top + (Frame.Rows / 2) + (y / Plane.RowSampling);

    /// <summary>Column of the plane, with its fraction, of a place in nm from the middle of the common frame.</summary>
    public double Column(double x) => Left + (Frame.Columns / 2) + (x / Plane.ColumnSampling);

    /// <summary>The common frame's part of a wave on the plane.</summary>
    public ExitWave Cut(ExitWave wave)
    {
        var data = new float[2 * Frame.PixelCount];
        for (int r = 0; r < Frame.Rows; r++)
        {
            wave.Interleaved.Slice(2 * (((Top + r) * Plane.Columns) + Left), 2 * Frame.Columns).CopyTo(data.AsSpan(2 * r * Frame.Columns));
        }

        return new ExitWave(Frame, data);
    }

    /// <summary>The next multiple of 16 without a prime factor above 5.</summary>
    private static int NextSize(int size)
    {
        for (int units = (size + 15) / 16; ; units++)
        {
            int rest = units;
            foreach (int prime in (ReadOnlySpan<int>)[2, 3, 5])
            {
                while (rest % prime == 0)
                {
                    rest /= prime;
                }
            }

            if (rest == 1)
            {
                return 16 * units;
            }
        }
    }
}
