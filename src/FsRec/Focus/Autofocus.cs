using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Series;
using FsRec.Statistics;
using MathNet.Numerics.Optimization;

namespace FsRec.Focus;

/// <summary>
/// Autofocus of a wave: it is propagated over a range of foci, and the focus of least contrast inside the reference area is that of the exit
/// plane of a phase object.
/// </summary>
public static class Autofocus
{
    /// <summary>How closely the focus is refined between the steps, in nm.</summary>
    private const double Precision = 0.005;

    /// <summary>Finds the focus of least contrast and corrects wave and foci by it.</summary>
    /// <param name="reconstruction">The wave, with the series whose foci are to be corrected.</param>
    /// <param name="criterion">Whose contrast is made least.</param>
    /// <param name="threads">Threads to use; 0 for one a processor. The result does not depend on it.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two foci.</param>
    public static AutofocusResult Run(
        Reconstruction reconstruction,
        AutofocusCriterion criterion = AutofocusCriterion.RealPart,
        int threads = 0,
        IProgress<RunProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        FocalSeries series = reconstruction.Series;
        TransferCheck.Require(series);
        ReconstructionParameters parameters = series.Parameters;
        double limit = parameters.Linear.Limit;
        double step = 1 / (4 * series.Microscope.Wavelength * limit * limit);
        double half = parameters.Autofocus.HalfRange;
        int steps = Math.Max(1, SearchSteps.Count(2 * half, step, "The autofocus", FormattableString.Invariant($"Autofocusrange={half:g6} nm")));
        double[] foci = [.. Enumerable.Range(0, steps).Select(i => -half + (i * step))];
        var curve = new FocusContrast[foci.Length];
        using var search = new ContrastSearch(reconstruction, criterion, threads);
        int done = 0;
        FrameLoop.Run(foci.Length, threads, cancellationToken, (worker, i) =>
        {
            curve[i] = new FocusContrast(foci[i], search.Contrast(foci[i], worker));
            progress?.Report(new RunProgress("Autofocus", Interlocked.Increment(ref done), foci.Length));
        });

        int least = 0;
        for (int i = 1; i < curve.Length; i++)
        {
            least = curve[i].Contrast < curve[least].Contrast ? i : least;
        }

        bool atEdge = least == 0 || least == curve.Length - 1;
        double focus = atEdge ? foci[least] : Refine(search, foci[least], step);
        return new AutofocusResult
        {
            Criterion = criterion,
            Focus = focus,
            SearchFocus = foci[least],
            SearchStep = step,
            AtEdge = atEdge,
            Curve = curve,
            // The end of the range is no focus that was found.
            Reconstruction = atEdge ? reconstruction : Correct(reconstruction, focus, criterion),
        };
    }

    /// <summary>Propagates the wave by a focus, and subtracts it from all foci, so that both still describe the same frames.</summary>
    /// <param name="reconstruction">What to correct.</param>
    /// <param name="focus">Focus in nm.</param>
    /// <param name="criterion">Whose lens propagates: see <see cref="AutofocusCriterion"/>.</param>
    public static Reconstruction Correct(Reconstruction reconstruction, double focus, AutofocusCriterion criterion = AutofocusCriterion.RealPart)
    {
        FocalSeries series = reconstruction.Series;
        var calibration = reconstruction.Wave.Calibration;
        FrequencyGrid grid = FrequencyGrid.Of(calibration);
        // All frequencies that the grid holds: the file's wave is corrected whole, whatever Limit says now.
        var band = new WaveBand(grid, 2 * Math.Max(grid.Rows * grid.RowStep, grid.Columns * grid.ColumnStep));
        using ComplexPlane spectrum = WaveSpectrum.FromWave(reconstruction.Wave, band);
        Propagation.Apply(spectrum, band, new TransferFunction(Propagation.Lens(series.Microscope, criterion), focus));
        ExitWave wave = WaveSpectrum.ToWave(spectrum, band, calibration);
        var aligned = new AlignedSeries(series.WithFoci([.. series.Foci.Select(z => z - focus)]), reconstruction.Displacements);
        return reconstruction with
        {
            Aligned = aligned,
            Wave = wave,
            FilteredWave = LinearReconstruction.Filtered(wave, series.Parameters),
        };
    }

    /// <summary>The least contrast between the neighbours of the least step; it is convex there.</summary>
    private static double Refine(ContrastSearch search, double focus, double step)
    {
        var objective = ObjectiveFunction.ScalarValue(z => search.Contrast(z, 0));
        return GoldenSectionMinimizer.Minimum(objective, focus - step, focus + step, Precision, 100).MinimizingPoint;
    }
}
