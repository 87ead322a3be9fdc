using FsRec.Series;

namespace FsRec.Rendering;

/// <summary>Pictures of waves and frames.</summary>
public static class WavePictures
{
    /// <summary>The amplitude of a wave, grey, over the range of the data.</summary>
    /// <param name="wave">The wave.</param>
    /// <param name="options">Colours and range.</param>
    public static Picture Amplitude(ExitWave wave, RenderOptions? options = null) => Draw(wave.GetAmplitude(), wave.Calibration, options);

    /// <summary>The phase of a wave in the colours of <see cref="WaveMaps.Phase"/>.</summary>
    /// <param name="wave">The wave.</param>
    /// <param name="options">Colours and range in rad.</param>
    public static Picture Phase(ExitWave wave, RenderOptions? options = null) => Picture.Draw(WaveMaps.Phase(wave), options ?? new RenderOptions());

    /// <summary>A frame of a series, grey, over the range of the data.</summary>
    /// <param name="series">The series.</param>
    /// <param name="index">Position of the frame, from 0.</param>
    /// <param name="options">Colours and range; the vacuum level is 1.</param>
    public static Picture Frame(FocalSeries series, int index, RenderOptions? options = null) => Draw(series.GetFrame(index), series.Calibration, options);

    private static Picture Draw(ReadOnlySpan<float> values, Calibration calibration, RenderOptions? options) =>
        Picture.Draw(values, calibration.Rows, calibration.Columns, options);
}
