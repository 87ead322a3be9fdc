using FsRec.Fourier;

namespace FsRec.Optics;

/// <summary>A wave's spectrum on its band, and the way from it to the wave in real space and back.</summary>
internal static class WaveSpectrum
{
    /// <summary>Sum of |ψ(g)|² over the band without g = 0, as a share of the total power: the scattered fraction.</summary>
    public static double ScatteredFraction(ComplexPlane spectrum, WaveBand band)
    {
        (float meanRe, float meanIm) = spectrum[band.RowReach, band.ColumnReach];
        spectrum[band.RowReach, band.ColumnReach] = (0, 0);
        double sum = SpectrumKernels.Power(spectrum);
        spectrum[band.RowReach, band.ColumnReach] = (meanRe, meanIm);
        double pixels = (double)band.Grid.Rows * band.Grid.Columns;
        return sum / (pixels * pixels);
    }

    /// <summary>
    /// Sets ψ(0) so that the total intensity is 1: c² = 1 − scattered fraction. Where more is scattered than there is, c is 0.
    /// </summary>
    public static double Normalise(ComplexPlane spectrum, WaveBand band)
    {
        double scattered = ScatteredFraction(spectrum, band);
        double c = Math.Sqrt(Math.Max(0, 1 - scattered)) * band.Grid.Rows * band.Grid.Columns;
        spectrum[band.RowReach, band.ColumnReach] = ((float)c, 0);
        return scattered;
    }

    /// <summary>Divides by the mean: ψ(0) becomes the number of pixels.</summary>
    public static void DivideByMean(ComplexPlane spectrum, WaveBand band)
    {
        (float mr, float mi) = spectrum[band.RowReach, band.ColumnReach];
        double power = ((double)mr * mr) + ((double)mi * mi);
        double pixels = (double)band.Grid.Rows * band.Grid.Columns;
        for (int row = 0; row < band.Rows; row++)
        {
            for (int column = 0; column < band.Columns; column++)
            {
                (float re, float im) = spectrum[row, column];
                spectrum[row, column] = ((float)(pixels * ((re * mr) + (im * mi)) / power), (float)(pixels * ((im * mr) - (re * mi)) / power));
            }
        }
    }

    /// <summary>The wave in real space.</summary>
    /// <param name="spectrum">Spectrum on the band.</param>
    /// <param name="band">The band.</param>
    /// <param name="calibration">Shape and scale of the wave.</param>
    /// <param name="filter">A hard band-pass low &lt; |g| ≤ high that the mean passes as well; <see langword="null"/> for none.</param>
    public static unsafe ExitWave ToWave(ComplexPlane spectrum, WaveBand band, Calibration calibration, FrequencyBand? filter = null)
    {
        using var plane = new ComplexPlane(calibration.Rows, calibration.Columns);
        ToPlane(spectrum, band, plane, filter);
        var transform = new FourierTransform(calibration.Rows, calibration.Columns);
        using (FourierScratch scratch = transform.CreateScratch())
        {
            transform.Inverse(plane, scratch);
        }

        return new ExitWave(calibration, plane.ToInterleaved());
    }

    /// <summary>The spectrum of a wave on a band; what lies outside is dropped.</summary>
    public static ComplexPlane FromWave(ExitWave wave, WaveBand band)
    {
        Calibration calibration = wave.Calibration;
        using var plane = new ComplexPlane(calibration.Rows, calibration.Columns);
        ReadOnlySpan<float> data = wave.Interleaved;
        for (int r = 0, i = 0; r < calibration.Rows; r++)
        {
            for (int c = 0; c < calibration.Columns; c++, i += 2)
            {
                plane[r, c] = (data[i], data[i + 1]);
            }
        }

        var transform = new FourierTransform(calibration.Rows, calibration.Columns);
        using (FourierScratch scratch = transform.CreateScratch())
        {
            transform.Forward(plane, scratch);
        }

        ComplexPlane spectrum = band.CreateSpectrum();
        FromPlane(plane, band, spectrum);
        return spectrum;
    }

    /// <summary>Puts a spectrum to where a transform of the whole plane has its frequencies; all others become 0.</summary>
    /// <param name="spectrum">Spectrum on the band.</param>
    /// <param name="band">The band.</param>
    /// <param name="plane">The plane.</param>
    /// <param name="filter">A hard band-pass low &lt; |g| ≤ high that the mean passes as well; <see langword="null"/> for none.</param>
    public static unsafe void ToPlane(ComplexPlane spectrum, WaveBand band, ComplexPlane plane, FrequencyBand? filter = null)
    {
        plane.Clear();
        for (int ky = -band.RowReach; ky <= band.RowReach; ky++)
        {
            float* from = spectrum.Row(ky + band.RowReach);
            float* to = plane.Row(FrequencyGrid.Index(ky, plane.Rows));
            for (int kx = -band.ColumnReach; kx <= band.ColumnReach; kx++)
            {
                if (filter is { } f && (ky != 0 || kx != 0))
                {
                    double g = Math.Sqrt(band.Grid.SquaredFrequency(ky, kx));
                    if (g <= f.Low || g > f.High)
                    {
                        continue;
                    }
                }

                float* source = from + ComplexPlane.Offset(kx + band.ColumnReach);
                float* target = to + ComplexPlane.Offset(FrequencyGrid.Index(kx, plane.Columns));
                (target[0], target[ComplexPlane.Lanes]) = (source[0], source[ComplexPlane.Lanes]);
            }
        }
    }

    /// <summary>Takes the frequencies of a band out of a transform of the whole plane; the spectrum is 0 elsewhere.</summary>
    /// <param name="plane">The plane.</param>
    /// <param name="band">The band.</param>
    /// <param name="spectrum">Spectrum on the band.</param>
    public static unsafe void FromPlane(ComplexPlane plane, WaveBand band, ComplexPlane spectrum)
    {
        for (int ky = -band.RowReach; ky <= band.RowReach; ky++)
        {
            float* from = plane.Row(FrequencyGrid.Index(ky, plane.Rows));
            float* to = spectrum.Row(ky + band.RowReach);
            for (int kx = -band.ColumnReach; kx <= band.ColumnReach; kx++)
            {
                if (band.Contains(ky, kx))
                {
                    float* source = from + ComplexPlane.Offset(FrequencyGrid.Index(kx, plane.Columns));
                    float* target = to + ComplexPlane.Offset(kx + band.ColumnReach);
                    (target[0], target[ComplexPlane.Lanes]) = (source[0], source[ComplexPlane.Lanes]);
                }
            }
        }
    }
}
