using FsRec.Fourier;
using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>The frames of a series moved onto the common frame by phase ramps; content that leaves one edge comes in at the other.</summary>
public static class AlignedFrames
{
    /// <summary>Moves each frame and hands it on, in the order of the series.</summary>
    /// <param name="aligned">The series and its displacements.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>Position in the series and pixels, row-major; the array is used again for the next frame.</returns>
    public static IEnumerable<(int Index, float[] Pixels)> Enumerate(AlignedSeries aligned, CancellationToken cancellationToken = default)
    {
        FocalSeries series = aligned.Series;
        FrameSpectra spectra = series.Spectra(1, null, cancellationToken);
        RealTransform transform = spectra.Transform;
        using var ramp = new PhaseRamp(transform.Rows, transform.Columns);
        using ComplexPlane plane = transform.CreateHalfPlane();
        using RealTransformScratch scratch = transform.CreateScratch();
        // The frames as they were recorded, with the colour of their noise.
        FrequencyGrid grid = FrequencyGrid.Of(series.Calibration);
        using RealTable all = series.Detector is { Noise: not null } detector
            ? new RealTable((transform.Rows / 2) + 1, transform.HalfColumns, (ky, kx) => detector.NoiseDeviation(grid.SquaredFrequency(ky, kx)))
            : RealTable.One(transform.HalfColumns);
        var pixels = new float[series.Calibration.PixelCount];
        for (int n = 0; n < series.Count; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ramp.Set(aligned.Displacements[n].Dx, aligned.Displacements[n].Dy);
            using (SpectrumLease spectrum = spectra.Take(n))
            {
                SpectrumKernels.MultiplyRamped(spectrum.Plane, ramp, all, plane);
            }

            transform.InverseColumns(plane, scratch);
            transform.InverseRows(plane, 0, transform.Rows, 0, transform.Columns, pixels, scratch);
            yield return (n, pixels);
        }
    }
}
