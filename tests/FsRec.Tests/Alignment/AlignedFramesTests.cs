using FsRec.Alignment;
using FsRec.Parameters;
using FsRec.Series;
using FsRec.Tests.Series;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Alignment;

[EveryWidth]
public sealed class AlignedFramesTests
{
    [Fact]
    public void Each_frame_is_moved_back_by_its_displacement()
    {
        const int Rows = 30;
        const int Columns = 33;
        float[] frame = SmallSeries.Noise(Rows * Columns, 1, 0.1, 1);
        ReconstructionParameters parameters = SmallSeries.Parameters(new Calibration(Rows, Columns, 0.05, 0.05), 5, 0, 1);
        var series = new FocalSeries(parameters, [frame, frame]);
        var aligned = new AlignedSeries(series, [new(0, 0, 0), new(1, 4, -7)]);

        List<(int Index, float[] Pixels)> frames = [.. AlignedFrames.Enumerate(aligned).Select(static f => (f.Index, f.Pixels.ToArray()))];

        Assert.Equal([0, 1], frames.Select(static f => f.Index));
        float[] normalised = series.GetFrame(0);
        for (int r = 0; r < Rows; r++)
        {
            for (int c = 0; c < Columns; c++)
            {
                // The aligned frame is the frame shifted by (−dx, −dy): what lay at (c + 4, r − 7) lies at (c, r).
                Assert.Equal(normalised[(r * Columns) + c], frames[0].Pixels[(r * Columns) + c], 2e-6);
                Assert.Equal(normalised[((r - 7 + Rows) % Rows * Columns) + ((c + 4) % Columns)], frames[1].Pixels[(r * Columns) + c], 2e-6);
            }
        }
    }

    [Fact]
    public void It_stops_between_two_frames()
    {
        ReconstructionParameters parameters = SmallSeries.Parameters(new Calibration(16, 16, 0.05, 0.05), 5, 0, 1, 2);
        var series = new FocalSeries(parameters, [.. Enumerable.Range(0, 3).Select(static n => SmallSeries.Noise(256, 1, 0.1, n))]);
        using var cancelled = new CancellationTokenSource();
        int seen = 0;

        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach ((int _, float[] _) in AlignedFrames.Enumerate(AlignedSeries.Unmoved(series), cancelled.Token))
            {
                seen++;
                cancelled.Cancel();
            }
        });
        Assert.Equal(1, seen);
    }
}
