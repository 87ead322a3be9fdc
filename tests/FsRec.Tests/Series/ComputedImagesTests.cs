using FsRec.Series;

namespace FsRec.Tests.Series;

public class ComputedImagesTests
{
    private static readonly Calibration Frame = new(32, 32, 0.05, 0.05);

    /// <summary>
    /// Single electrons less the squares of a wave that is next to nothing: most pixels are some millionths, and a few a million times as much. Of a camera such a
    /// frame is damaged; of an image that was computed it is what was computed.
    /// </summary>
    [Fact]
    public void A_computed_image_is_not_looked_at_for_what_a_camera_does()
    {
        float[] image = [.. Enumerable.Range(0, Frame.PixelCount).Select(static i => i % 5 == 0 ? 5f : 2e-6f)];
        FocalSeries series = new(SmallSeries.Parameters(Frame, 4, -60, -40), [SmallSeries.Noise(Frame.PixelCount, 5, 1, 1), SmallSeries.Noise(Frame.PixelCount, 5, 1, 2)]);
        Assert.Throws<DataException>(() => new FocalSeries(series.Parameters, [image, image]));

        FocalSeries computed = series.WithFoci([-61, -39]).WithImages([image, image]);

        Assert.Equal([-61, -39], computed.Foci);
        Assert.Equal(1, computed.GetFrame(1).Average(), 1e-5);
        Assert.Equal(2.5e6, computed.GetFrame(0)[0] / computed.GetFrame(0)[1], 1e3);
        Assert.Throws<FsRecException>(() => series.WithImages([image, new float[Frame.PixelCount]]));
    }
}
