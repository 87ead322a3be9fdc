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

    /// <summary>Takes the peaks of one iteration and draws them, each with its image's number, ten in a row.</summary>
    public void Add(IReadOnlyList<AlignmentPeak> peaks)
    {
        _peaks.AddRange(peaks);
        const int Across = 10;
        var options = new RenderOptions { Minimum = 0, Maximum = peaks.Max(static peak => peak.Patch.Max()), Magnify = Scale, ColorBar = false };
        string title = FormattableString.Invariant($"iteration {peaks[0].Iteration}: correlation up to {peaks[0].Radius} px about the place found");
        var figure = new GridFigure([.. peaks.Select(peak => Peak(peak, options))], Math.Min(Across, peaks.Count), title);
        save(new OutputFile(files.AlignmentPicture(peaks[0].Iteration), "correlation peaks", path => figure.Save(path)));
    }

    /// <summary>Writes the table, if there were any peaks.</summary>
    /// <returns>Whether there were.</returns>
    public bool Complete()
    {
        if (_peaks.Count > 0)
        {
            save(new OutputFile(files.AlignmentTable, "table of correlation peaks", WriteTable));
        }

        return _peaks.Count > 0;
    }

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

    private static ImageFigure Peak(AlignmentPeak peak, RenderOptions options)
    {
        int side = (2 * peak.Radius) + 1;
        return new ImageFigure(new ScalarMap(peak.Patch, side, side, "correlation", ""), options with { Title = FormattableString.Invariant($"image {peak.ImageNumber}") });
    }
}
