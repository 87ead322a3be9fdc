using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Results;
using FsRec.Series;
using FsRec.Simulation;

namespace FsRec.Tests.Simulation;

/// <summary>Holds reconstructions against what was simulated, after removing what the data cannot tell.</summary>
internal static class Truth
{
    /// <summary>
    /// RMS difference of two waves between 0.5/nm and a limit over the middle of the frame, over the true wave's own RMS there, after a
    /// common shift, defocus and phase were fitted.
    /// </summary>
    public static double WaveError(ExitWave wave, ExitWave truth, double limit, double wavelength)
    {
        var band = new WaveBand(FrequencyGrid.Of(truth.Calibration), limit);
        using ComplexPlane a = WaveSpectrum.FromWave(Windowed(wave), band);
        using ComplexPlane b = WaveSpectrum.FromWave(Windowed(truth), band);
        var points = new List<(double X, double Y, double Z, double Re, double Im)>();
        double powerA = 0;
        double powerB = 0;
        for (int ky = -band.RowReach; ky <= band.RowReach; ky++)
        {
            for (int kx = -band.ColumnReach; kx <= band.ColumnReach; kx++)
            {
                double g2 = band.Grid.SquaredFrequency(ky, kx);
                if (g2 < 0.25 || !band.Contains(ky, kx))
                {
                    continue;
                }

                (float ar, float ai) = a[band.RowReach + ky, band.ColumnReach + kx];
                (float br, float bi) = b[band.RowReach + ky, band.ColumnReach + kx];
                points.Add((
                    2 * Math.PI * kx / band.Grid.Columns,
                    2 * Math.PI * ky / band.Grid.Rows,
                    Math.PI * wavelength * g2,
                    ((double)ar * br) + ((double)ai * bi),
                    ((double)ai * br) - ((double)ar * bi)));
                powerA += ((double)ar * ar) + ((double)ai * ai);
                powerB += ((double)br * br) + ((double)bi * bi);
            }
        }

        // The overlap |Σ a b* exp(i(x·X + y·Y + z·Z))| is maximised one direction after the other.
        double Overlap(double[] place)
        {
            double re = 0;
            double im = 0;
            foreach (var p in points)
            {
                (double sin, double cos) = Math.SinCos(
                    (place[0] * p.X) + (place[1] * p.Y) + (place[2] * p.Z));
                re += (p.Re * cos) - (p.Im * sin);
                im += (p.Re * sin) + (p.Im * cos);
            }

            return Math.Sqrt((re * re) + (im * im));
        }

        double[] place = [0, 0, 0];
        double[] step = [0.3, 0.3, 1];
        double best = Overlap(place);
        for (int round = 0; round < 60; round++)
        {
            bool moved = false;
            for (int axis = 0; axis < 3; axis++)
            {
                foreach (int sign in (int[])[1, -1])
                {
                    double[] trial = [.. place];
                    trial[axis] += sign * step[axis];
                    double value = Overlap(trial);
                    if (value > best)
                    {
                        (best, place, moved) = (value, trial, true);
                        break;
                    }
                }
            }

            if (!moved)
            {
                step = [.. step.Select(static s => s / 2)];
            }
        }

        // The common phase is the one that makes the overlap real.
        return Math.Sqrt(Math.Max(0, (powerA + powerB - (2 * best)) / powerB));
    }

    /// <summary>The error of a reconstruction's wave.</summary>
    public static double WaveError(this SimulatedSeries simulated, ExitWave wave) =>
        WaveError(wave, simulated.TrueWave, simulated.Parameters.Limit, simulated.Parameters.Microscope.Wavelength);

    /// <summary>
    /// The error of a reconstruction's wave. A part τ·Z of the displacements' error is a tilt of the beam by k = −τ/λ: the wave came out
    /// times exp(2πi k·r), and with the coma 2πC3λ³g² g·k. Both are taken off; a wave of the linear theory, whose mean is the direct beam,
    /// cannot follow the tilt and may be nearer as it is.
    /// </summary>
    public static double WaveError(this SimulatedSeries simulated, Reconstruction reconstruction)
    {
        double[] foci = [.. simulated.TrueFoci.Select(static f => f.Defocus)];
        double mean = foci.Average();
        double squares = foci.Sum(z => (z - mean) * (z - mean));
        IReadOnlyList<FrameDisplacement> errors = DisplacementAlgebra.Subtract(reconstruction.Displacements, simulated.TrueDisplacements);
        Calibration c = simulated.TrueWave.Calibration;
        Microscope m = simulated.Parameters.Microscope;
        double kx = -c.ColumnSampling * errors.Select((d, n) => d.Dx * (foci[n] - mean)).Sum() / squares / m.Wavelength;
        double ky = -c.RowSampling * errors.Select((d, n) => d.Dy * (foci[n] - mean)).Sum() / squares / m.Wavelength;
        return Math.Min(
            simulated.WaveError(reconstruction.Wave),
            simulated.WaveError(WithoutTilt(reconstruction.Wave, m, simulated.Parameters.Limit, kx, ky)));
    }

    private static ExitWave WithoutTilt(ExitWave wave, Microscope m, double limit, double kx, double ky)
    {
        Calibration c = wave.Calibration;
        var band = new WaveBand(FrequencyGrid.Of(c), limit);
        using ComplexPlane spectrum = WaveSpectrum.FromWave(wave, band);
        for (int row = 0; row < band.Rows; row++)
        {
            for (int column = 0; column < band.Columns; column++)
            {
                double gy = (row - band.RowReach) * band.Grid.RowStep;
                double gx = (column - band.ColumnReach) * band.Grid.ColumnStep;
                double coma = 2 * Math.PI * m.C3 * Math.Pow(m.Wavelength, 3) * ((gx * gx) + (gy * gy)) * ((gx * kx) + (gy * ky));
                spectrum[row, column] = Turned(spectrum[row, column], -coma);
            }
        }

        ExitWave sharp = WaveSpectrum.ToWave(spectrum, band, c);
        var data = new float[2 * c.PixelCount];
        for (int r = 0, i = 0; r < c.Rows; r++)
        {
            for (int k = 0; k < c.Columns; k++, i += 2)
            {
                double ramp = -2 * Math.PI * ((kx * k * c.ColumnSampling) + (ky * r * c.RowSampling));
                (data[i], data[i + 1]) = Turned((sharp.Interleaved[i], sharp.Interleaved[i + 1]), ramp);
            }
        }

        return new ExitWave(c, data);
    }

    private static (float Re, float Im) Turned((float Re, float Im) value, double angle)
    {
        (double sin, double cos) = Math.SinCos(angle);
        return ((float)((value.Re * cos) - (value.Im * sin)), (float)((value.Re * sin) + (value.Im * cos)));
    }

    /// <summary>RMS error in px of displacements, mean and part linear in defocus removed.</summary>
    public static double DisplacementError(this SimulatedSeries simulated, IReadOnlyList<FrameDisplacement> displacements) =>
        DisplacementAlgebra.Rms(DisplacementAlgebra.WithoutTilt(
            DisplacementAlgebra.Subtract(displacements, simulated.TrueDisplacements), simulated.Series.Foci));

    /// <summary>RMS error in nm of foci about the straight line, and the error of the slope.</summary>
    public static (double Rms, double Slope) FocusError(this SimulatedSeries simulated, IReadOnlyList<double> foci)
    {
        double[] truth = [.. simulated.TrueFoci.Select(static f => f.Defocus)];
        double mean = truth.Average();
        double offset = foci.Average() - mean;
        double squares = truth.Sum(z => (z - mean) * (z - mean));
        double slope = foci.Select((z, n) => (z - truth[n] - offset) * (truth[n] - mean)).Sum() / squares;
        double rms = Math.Sqrt(foci.Select((z, n) => z - truth[n] - offset - (slope * (truth[n] - mean))).Average(static e => e * e));
        return (rms, slope);
    }

    /// <summary>The true displacements and foci on the series.</summary>
    public static AlignedSeries TrueAligned(this SimulatedSeries simulated) =>
        new(simulated.Series.WithFoci([.. simulated.TrueFoci.Select(static f => f.Defocus)]), simulated.TrueDisplacements);

    private static ExitWave Windowed(ExitWave wave)
    {
        (double meanRe, double meanIm) = wave.Mean();
        Calibration c = wave.Calibration;
        var data = new float[2 * c.PixelCount];
        for (int r = 0, i = 0; r < c.Rows; r++)
        {
            for (int k = 0; k < c.Columns; k++, i += 2)
            {
                double weight = Window(r, c.Rows) * Window(k, c.Columns);
                data[i] = (float)(weight * (wave.Interleaved[i] - meanRe));
                data[i + 1] = (float)(weight * (wave.Interleaved[i + 1] - meanIm));
            }
        }

        return new ExitWave(c, data);
    }

    /// <summary>1 over the middle half, falling to 0 at 15 % from the edges.</summary>
    private static double Window(int place, int count)
    {
        double fromEdge = Math.Min(place + 0.5, count - place - 0.5) / count;
        return fromEdge >= 0.25 ? 1 : fromEdge <= 0.15 ? 0 : 0.5 * (1 - Math.Cos(Math.PI * (fromEdge - 0.15) / 0.1));
    }
}
