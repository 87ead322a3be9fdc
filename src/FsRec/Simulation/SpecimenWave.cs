using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.Simulation;

/// <summary>
/// The wave behind a specimen: ψ = exp(iφ − κφ) for a thin one; for a thick one slice by slice, with propagation by
/// exp(−iπλ Δz g²) between two slices (J. M. Cowley and A. F. Moodie, Acta Cryst. 10 (1957) 609). After each slice the wave is
/// limited to its band, at most two thirds of the Nyquist frequency, so that products cannot fold back into it.
/// </summary>
internal static unsafe class SpecimenWave
{
    /// <summary>Computes the spectrum of the wave on its band.</summary>
    public static ComplexPlane Spectrum(
        SimulatedSpecimen specimen,
        SimulationGrid grid,
        WaveBand band,
        Microscope microscope,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken)
    {
        var transform = new FourierTransform(band.Grid.Rows, band.Grid.Columns);
        using FourierScratch scratch = transform.CreateScratch();
        using var potential = new ProjectedPotential(grid, band, microscope);
        using var phase = new ComplexPlane(band.Grid.Rows, band.Grid.Columns);
        using var wave = new ComplexPlane(band.Grid.Rows, band.Grid.Columns);
        IReadOnlyList<IReadOnlyCollection<SpecimenAtom>> slices = Slices(specimen);
        Fill(wave);
        for (int slice = 0; slice < slices.Count; slice++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool last = slice == slices.Count - 1;
            if (slices[slice].Count > 0)
            {
                potential.Fill(slices[slice], phase);
                Transmit(wave, phase, Scale(specimen, phase), specimen.Absorption);
            }

            transform.Forward(wave, scratch);
            Propagate(wave, band, last ? 0 : Math.PI * microscope.Wavelength * specimen.SliceThickness);
            if (!last)
            {
                transform.Inverse(wave, scratch);
            }

            progress?.Report(new RunProgress("Specimen wave", slice + 1, slices.Count));
        }

        return OnBand(wave, band);
    }

    private static IReadOnlyList<IReadOnlyCollection<SpecimenAtom>> Slices(SimulatedSpecimen specimen)
    {
        if (specimen.Atoms.Count == 0 || specimen.SliceThickness <= 0)
        {
            return [specimen.Atoms];
        }

        double top = specimen.Atoms.Min(static a => a.Z);
        int Slice(SpecimenAtom atom) => (int)Math.Floor((atom.Z - top) / specimen.SliceThickness);
        ILookup<int, SpecimenAtom> slices = specimen.Atoms.ToLookup(Slice);
        return [.. Enumerable.Range(0, specimen.Atoms.Max(Slice) + 1).Select(s => (IReadOnlyCollection<SpecimenAtom>)[.. slices[s]])];
    }

    private static double Scale(SimulatedSpecimen specimen, ComplexPlane phase)
    {
        if (specimen.LargestPhase is not { } wanted || specimen.SliceThickness > 0)
        {
            return 1;
        }

        float largest = 0;
        for (int r = 0; r < phase.Rows; r++)
        {
            for (int c = 0; c < phase.Columns; c++)
            {
                largest = Math.Max(largest, Math.Abs(phase.Row(r)[ComplexPlane.Offset(c)]));
            }
        }

        return largest > 0 ? wanted / largest : 1;
    }

    private static void Fill(ComplexPlane wave)
    {
        for (int r = 0; r < wave.Rows; r++)
        {
            for (int c = 0; c < wave.Columns; c++)
            {
                wave.Row(r)[ComplexPlane.Offset(c)] = 1;
            }
        }
    }

    private static void Transmit(ComplexPlane wave, ComplexPlane phase, double scale, double absorption)
    {
        for (int r = 0; r < wave.Rows; r++)
        {
            float* w = wave.Row(r);
            float* p = phase.Row(r);
            for (int c = 0; c < wave.Columns; c++)
            {
                int at = ComplexPlane.Offset(c);
                float phi = (float)scale * p[at];
                (float sin, float cos) = MathF.SinCos(phi);
                float amplitude = MathF.Exp((float)-absorption * phi);
                (float re, float im) = (w[at], w[at + ComplexPlane.Lanes]);
                w[at] = amplitude * ((re * cos) - (im * sin));
                w[at + ComplexPlane.Lanes] = amplitude * ((re * sin) + (im * cos));
            }
        }
    }

    /// <summary>Multiplies by exp(−i·curvature·g²) inside the band and by 0 outside.</summary>
    private static void Propagate(ComplexPlane wave, WaveBand band, double curvature)
    {
        for (int row = 0; row < wave.Rows; row++)
        {
            int ky = FrequencyGrid.Signed(row, wave.Rows);
            float* w = wave.Row(row);
            for (int column = 0; column < wave.Columns; column++)
            {
                int at = ComplexPlane.Offset(column);
                int kx = FrequencyGrid.Signed(column, wave.Columns);
                double g2 = band.Grid.SquaredFrequency(ky, kx);
                if (Math.Abs(ky) > band.RowReach || Math.Abs(kx) > band.ColumnReach || g2 > band.Limit * band.Limit)
                {
                    w[at] = w[at + ComplexPlane.Lanes] = 0;
                }
                else if (curvature != 0)
                {
                    (float sin, float cos) = MathF.SinCos((float)(-curvature * g2));
                    (float re, float im) = (w[at], w[at + ComplexPlane.Lanes]);
                    w[at] = (re * cos) - (im * sin);
                    w[at + ComplexPlane.Lanes] = (re * sin) + (im * cos);
                }
            }
        }
    }

    private static ComplexPlane OnBand(ComplexPlane wave, WaveBand band)
    {
        ComplexPlane spectrum = band.CreateSpectrum();
        for (int ky = -band.RowReach; ky <= band.RowReach; ky++)
        {
            for (int kx = -band.ColumnReach; kx <= band.ColumnReach; kx++)
            {
                spectrum[ky + band.RowReach, kx + band.ColumnReach] =
                    wave[FrequencyGrid.Index(ky, wave.Rows), FrequencyGrid.Index(kx, wave.Columns)];
            }
        }

        return spectrum;
    }
}
