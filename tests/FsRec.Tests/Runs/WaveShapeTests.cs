using FsRec.Runs;

namespace FsRec.Tests.Runs;

public sealed class WaveShapeTests : IDisposable
{
    private readonly RunFolder _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void The_record_beside_a_wave_tells_its_shape_and_scale_and_that_of_no_other()
    {
        ReconstructionRun.Run(_run.Parameters, new RunOptions(), new RunContext());

        Assert.Equal(_run.Parameters.Image.Calibration, WaveShape.Beside(_run.Out("rec.wav")));
        Assert.Equal(_run.Parameters.Image.Calibration, WaveShape.Beside(_run.Out("rec_filt.wav")));
        File.Copy(_run.Out("rec.wav"), _run.Out("rec_copy.wav"));
        Assert.Null(WaveShape.Beside(_run.Out("rec_copy.wav")));
        // A wave of another length is not the one that the record is of.
        File.AppendAllText(_run.Out("rec.wav"), "more");
        Assert.Null(WaveShape.Beside(_run.Out("rec.wav")));
        Assert.Null(WaveShape.Beside(_run.Out("none/rec.wav")));
    }

    [Fact]
    public void A_damaged_record_tells_nothing()
    {
        ReconstructionRun.Run(_run.Parameters, new RunOptions(), new RunContext());
        File.WriteAllText(_run.Out("rec_run.json"), "{ \"Format\": 1 ");

        Assert.Null(WaveShape.Beside(_run.Out("rec.wav")));
    }
}
