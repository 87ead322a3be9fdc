using FsRec.Formats;
using FsRec.Rendering;
using FsRec.Results;

namespace FsRec.Runs;

/// <summary>
/// <c>--showalignment</c>: for each iteration a picture of every frame's correlation peak, and one table of all of them.
/// </summary>
internal sealed class AlignmentReport(OutputFiles files, Action<OutputFile> save)
{
    private const int Scale = 8;
    private readonly List<AlignmentPeak> _peaks = [];

    /// <summary>Takes the peaks of one iteration and draws them, frames side by side in rows of ten.</summary>
    public void Add(IReadOnlyList<AlignmentPeak> peaks)
    {
        _peaks.AddRange(peaks);
        const int Across = 10;
        int side = ((2 * peaks[0].Radius) + 1) * Scale;
        int rows = (peaks.Count + Across - 1) / Across;
        int columns = Math.Min(Across, peaks.Count);
        int cell = side + 2;
        var values = new float[rows * cell * columns * cell];
        for (int n = 0; n < peaks.Count; n++)
        {
            Draw(peaks[n], values, columns * cell, n / Across * cell, n % Across * cell, side);
        }

        Picture picture = Picture.Draw(values, rows * cell, columns * cell, new RenderOptions { Minimum = 0, Maximum = values.Max() });
        save(new OutputFile(files.AlignmentPicture(peaks[0].Iteration), "correlation peaks", picture.Save));
    }

    /// <summary>Writes the table.</summary>
    public void Complete() => save(new OutputFile(files.AlignmentTable, "table of correlation peaks", WriteTable));

    private void WriteTable(string path) => CsvTable.Write(path, "iteration,image,move_x_px,move_y_px,correlation", writer =>
    {
        foreach (AlignmentPeak peak in _peaks)
        {
            writer.WriteField(peak.Iteration, default);
            writer.WriteField(peak.ImageNumber, default);
            writer.WriteField(peak.MoveX, "F6");
            writer.WriteField(peak.MoveY, "F6");
            writer.WriteField(peak.Patch.Max(), "F6");
            writer.EndRecord();
        }
    });

    private static void Draw(AlignmentPeak peak, float[] values, int stride, int top, int left, int side)
    {
        int count = (2 * peak.Radius) + 1;
        for (int row = 0; row < side; row++)
        {
            for (int column = 0; column < side; column++)
            {
                values[((top + row) * stride) + left + column] = peak.Patch[(row / Scale * count) + (column / Scale)];
            }
        }
    }
}
