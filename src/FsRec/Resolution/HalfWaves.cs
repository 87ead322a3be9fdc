using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Resolution;

/// <summary>The waves of two halves of a series, restored apart at the displacements and foci of the whole.</summary>
internal static class HalfWaves
{
    /// <summary>Restores the halves: every other frame of those that belong, in the order of the series.</summary>
    /// <param name="reconstruction">The reconstruction.</param>
    /// <param name="method">Linear or Wiener; the latter with noise and prior powers of the whole series.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <returns>The two waves' spectra on the band, 0 at g = 0.</returns>
    /// <exception cref="FsRecException">There are fewer than four frames.</exception>
    public static (ComplexPlane First, ComplexPlane Second) Restore(
        Reconstruction reconstruction, RestorationMethod method, int threads, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        FocalSeries series = reconstruction.Series;
        RestoredStatistics? whole = method == RestorationMethod.Linear
            ? null
            : RestoredStatistics.Of(reconstruction.Aligned, threads, progress, cancellationToken);
        int[] frames = [.. Enumerable.Range(0, series.Count).Where(n => whole is null || !whole.Outliers[n])];
        if (frames.Length < 4)
        {
            throw new FsRecException($"A comparison of two halves takes at least four frames; the series has {frames.Length} that belong.");
        }

        FrameSpectra spectra = series.Spectra(threads, progress, cancellationToken);
        WaveBand band = SeriesOptics.Band(series);
        ComplexPlane Half(int parity)
        {
            int[] half = [.. frames.Where((_, i) => i % 2 == parity)];
            LinearParameters linear = series.Parameters.Linear;
            using RestorationFilter filter = whole is null
                ? new RestorationFilter(
                    band, SeriesOptics.Transfers(series, [.. half.Select(n => series.Foci[n])]), linear.FilterCutoff, SeriesOptics.HasEnvelopes(series), threads, cancellationToken)
                : WienerFilter.Create(whole.Statistics.Part(half), threads, cancellationToken);
            using var projector = new BackProjector(band, new FrameSpectra(spectra, half), filter, half.Length, threads, cancellationToken);
            ComplexPlane wave = band.CreateSpectrum();
            projector.Run([.. half.Select(n => reconstruction.Displacements[n])], wave, cancellationToken);
            new AzimuthalAberrations(series.Microscope).Remove(wave, band);
            return wave;
        }

        return (Half(0), Half(1));
    }
}
