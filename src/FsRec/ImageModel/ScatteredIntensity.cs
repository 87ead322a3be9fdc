using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.ImageModel;

/// <summary>The intensity |u|² of what is scattered, ψ = 1 + u.</summary>
internal static class ScatteredIntensity
{
    /// <summary>
    /// The root mean square of |u|² over the frame. A particle that scatters as much as it lets through and covers a tenth of the frame has
    /// a mean of 0.1 and this of 0.3: it is between what the wave is on average and what it is where the specimen is.
    /// </summary>
    /// <param name="wave">Spectrum of the wave, ψ(0) the number of pixels.</param>
    /// <param name="grid">Its grid.</param>
    public static double Rms(ComplexPlane wave, ModelGrid grid)
    {
        ExitWave frame = grid.Cut(WaveSpectrum.ToWave(wave, grid.Band, grid.Plane, new FrequencyBand(0, grid.Band.Limit)), 1);
        ReadOnlySpan<float> values = frame.Interleaved;
        double squares = 0;
        for (int i = 0; i < values.Length; i += 2)
        {
            double re = values[i] - 1.0;
            double im = values[i + 1];
            double intensity = (re * re) + (im * im);
            squares += intensity * intensity;
        }

        return Math.Sqrt(squares / grid.Frame.PixelCount);
    }
}
