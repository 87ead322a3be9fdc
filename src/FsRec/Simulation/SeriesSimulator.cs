using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Simulation;

/// <summary>
/// Simulates the focal series that a microscope records of a known wave. The image model is the full one, so that what is
/// reconstructed can be held against the truth.
/// </summary>
public static class SeriesSimulator
{
    // Numbers of the random streams; the frames' noise has the numbers from 0.
    private const int SpecimenStream = -1;
    private const int DriftStream = -2;
    private const int FocusStream = -3;
    private const int DoseStream = -4;

    /// <summary>Simulates a series.</summary>
    /// <param name="parameters">Specimen, microscope, drift, noise; <see langword="null"/> for the demonstration's.</param>
    /// <param name="threads">Threads to use; 0 for one a processor. The result does not depend on it.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>The series with its truth.</returns>
    /// <exception cref="FsRecException">The parameters allow no series.</exception>
    public static SimulatedSeries Simulate(
        SimulationParameters? parameters = null,
        int threads = 0,
        IProgress<RunProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        parameters ??= SimulationParameters.Demo;
        parameters.Validate();
        IReadOnlyList<double> nominal = parameters.NominalFoci;
        IReadOnlyList<double> foci = parameters.FocusErrors.Draw(nominal, new RandomStream(parameters.Seed, FocusStream));
        IReadOnlyList<FrameDisplacement> displacements = parameters.Drift.Draw(nominal.Count, new RandomStream(parameters.Seed, DriftStream));
        double[] doses = Doses(parameters, nominal.Count, new RandomStream(parameters.Seed, DoseStream));
        SimulationGrid grid = Grid(parameters, foci, displacements);
        SimulatedSpecimen specimen = parameters.CustomSpecimen
            ?? SpecimenFactory.Create(parameters.Specimen, grid, new RandomStream(parameters.Seed, SpecimenStream));

        // Two thirds of the Nyquist frequency: products of two such waves fold back only beyond it.
        var band = new WaveBand(FrequencyGrid.Of(grid.Plane), 2.0 / 3 * grid.Plane.Nyquist);
        using ComplexPlane wave = SpecimenWave.Spectrum(specimen, grid, band, parameters.Microscope, progress, cancellationToken);
        ExitWave truth = grid.Cut(WaveSpectrum.ToWave(wave, band, grid.Plane));

        using var formation = new ImageFormation(parameters, grid, band, wave);
        using var workspaces = new PerWorker<ImageFormation.Workspace>(FrameLoop.Workers(threads, nominal.Count), formation.CreateWorkspace);
        Detector? detector = SeriesDetector.Of(new ReconstructionParameters { Detector = parameters.Detector, Image = new ImageParameters { Calibration = parameters.Calibration } });
        using DetectorRecording? recording = detector is null ? null : new DetectorRecording(detector, grid);
        using var recordings = new PerWorker<DetectorRecording.Workspace>(FrameLoop.Workers(threads, nominal.Count), () => recording!.CreateWorkspace());
        var frames = new float[nominal.Count][];
        int done = 0;
        FrameLoop.Run(frames.Length, threads, cancellationToken, (worker, n) =>
        {
            var frame = new float[parameters.Calibration.PixelCount];
            if (recording is null)
            {
                formation.Image(displacements[n].Dx, displacements[n].Dy, foci[n], formation.Frame, frame, workspaces[worker]);
                Record(frame, parameters, doses[n], n);
            }
            else
            {
                DetectorRecording.Workspace w = recordings[worker];
                formation.Image(displacements[n].Dx, displacements[n].Dy, foci[n], formation.WholePlane, w.Plane, workspaces[worker]);
                for (int i = 0; i < w.Plane.Length; i++)
                {
                    w.Plane[i] = (float)(doses[n] * (w.Plane[i] + parameters.Background));
                }

                recording.Record(w, parameters.CountsPerPixel, new RandomStream(parameters.Seed, n), frame);
            }

            frames[n] = frame;
            progress?.Report(new RunProgress("Simulating frames", Interlocked.Increment(ref done), frames.Length));
        });
        return new SimulatedSeries(
            parameters,
            new FocalSeries(parameters.ToReconstructionParameters(), frames),
            truth,
            displacements,
            foci.Select(static (z, n) => new FrameFocus(n, z)).ToArray(),
            [.. doses.Select(d => d * parameters.Dose)],
            frames);
    }

    /// <summary>The frames' doses in units of the mean dose; none is less than a twentieth.</summary>
    private static double[] Doses(SimulationParameters parameters, int count, RandomStream random) =>
        [.. Enumerable.Range(0, count).Select(_ => parameters.DoseSpread == 0 ? 1 : Math.Max(0.05, 1 + (parameters.DoseSpread * random.Normal())))];

    /// <summary>What the detector makes of an intensity: counts, or without noise the intensity times the frame's share of the dose.</summary>
    private static void Record(float[] frame, SimulationParameters parameters, double dose, int number)
    {
        double counts = parameters.CountsPerPixel;
        var random = new RandomStream(parameters.Seed, number);
        for (int i = 0; i < frame.Length; i++)
        {
            double value = dose * (frame[i] + parameters.Background);
            frame[i] = (float)(counts <= 0 ? value : random.Poisson(value * counts));
        }
    }

    /// <summary>
    /// Room for the drift and for the reach of the image: frequency g lies λ·|Zg + C3λ²g³ + C5λ⁴g⁵| away from where it left the
    /// specimen, and what would come round the edge must not reach the frame.
    /// </summary>
    private static SimulationGrid Grid(
        SimulationParameters parameters, IReadOnlyList<double> foci, IReadOnlyList<FrameDisplacement> displacements)
    {
        Calibration frame = parameters.Calibration;
        if (parameters.Drift.Periodic)
        {
            return SimulationGrid.Periodic(frame);
        }

        Microscope microscope = parameters.Microscope;
        double reach = 0;
        foreach (double z in foci)
        {
            var transfer = new TransferFunction(microscope, z);
            for (double g = 0.1; g <= 2.0 / 3 * frame.Nyquist; g += 0.1)
            {
                bool seen = transfer.Envelope(g * g) > 0.01;
                reach = seen ? Math.Max(reach, Math.Abs(WaveFactors.Slope(microscope, z, g))) : reach;
            }
        }

        // Atoms are half a nanometre wide; a quarter of the frame on each side is room enough for any sensible series.
        double extent = Math.Max(frame.Rows * frame.RowSampling, frame.Columns * frame.ColumnSampling);
        double room = Math.Min(microscope.Wavelength * reach, 0.25 * extent) + 0.5;
        int Margin(double largest, double sampling) => (int)Math.Ceiling(largest + (room / sampling));
        return SimulationGrid.Around(
            frame,
            Margin(displacements.Max(static d => Math.Abs(d.Dy)), frame.RowSampling),
            Margin(displacements.Max(static d => Math.Abs(d.Dx)), frame.ColumnSampling));
    }
}
