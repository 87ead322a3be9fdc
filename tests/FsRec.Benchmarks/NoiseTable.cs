using System.Globalization;
using FsRec.Alignment;
using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Reconstructions;
using FsRec.Refinement;
using FsRec.Restoration;
using FsRec.Series;
using FsRec.Simulation;

namespace FsRec.Benchmarks;

/// <summary>
/// Frames that hold nothing but Poisson noise, reconstructed every way: a way that aligns noise to noise makes structure where it aligns.
/// The variance of the wave inside the reference area over that outside, as it is and once every ring of its spectrum was given the same
/// power, which scatters less; one row a seed, and their mean with its standard error. The loop starts from no displacements, since the
/// pre-alignment frame against frame stops at frames that it finds outside of the room round the area.
/// </summary>
internal static class NoiseTable
{
    private const int Edge = 24;

    private static readonly string[] Ways = ["Wiener, nothing aligned", "nonlinear", "nonlinear, never the linear one", "Wiener", "Wiener after the loop", "loop"];

    /// <summary>Runs the seeds and prints the rows.</summary>
    /// <param name="args">The first and the last seed, and the side of the frames in pixels.</param>
    public static void Run(string[] args)
    {
        int[] numbers = [.. args.Select(static a => int.Parse(a, CultureInfo.InvariantCulture))];
        int first = numbers.Length > 0 ? numbers[0] : 1;
        int last = numbers.Length > 1 ? numbers[1] : first;
        int side = numbers.Length > 2 ? numbers[2] : 256;
        Console.WriteLine($"| seed | displacements, px | {string.Join(" | ", Ways.SelectMany(static w => (string[])[w, "even rings"]))} |");
        Console.WriteLine($"|---|---|{string.Concat(Enumerable.Repeat("---|", 2 * Ways.Length))}");
        var ratios = Enumerable.Range(0, 2 * Ways.Length).Select(static _ => new List<double>()).ToArray();
        for (int seed = first; seed <= last; seed++)
        {
            SimulatedSeries simulated = SeriesSimulator.Simulate(new SimulationParameters
            {
                Specimen = SpecimenKind.Vacuum,
                Calibration = new Calibration(side, side, 0.045, 0.045),
                Microscope = new() { Voltage = 300, C3 = 2.7e6, Semiconvergence = 0.1, FocusSpread = 4, ImageSpread = 20 },
                Drift = DriftModel.None,
                FrameCount = 30,
                Dose = 60,
                Seed = seed,
            });
            FocalSeries series = simulated.Series;
            AlignedSeries model = ModelAlignment.Run(series).Aligned;
            var still = new AlignedSeries(series, simulated.TrueDisplacements);
            var waves = new Func<ExitWave>[]
            {
                () => WienerRestoration.Run(still),
                () => NonlinearReconstruction.Refine(TruthTable.Start(model), new NonlinearOptions()).Reconstruction.Wave,
                () => NonlinearReconstruction.Refine(TruthTable.Start(model), new NonlinearOptions { KeepLinearWhereBetter = false }).Reconstruction.Wave,
                () => WienerRestoration.Run(model),
                () => WaveReconstruction.Run(still, null, new ReconstructionOptions { Method = RestorationMethod.Wiener }).Reconstruction.Wave,
                () => LinearReconstruction.Run(still).Wave,
            };
            double[] row = [.. waves.SelectMany(wave => Ratios(wave(), series))];
            foreach ((List<double> all, double ratio) in ratios.Zip(row))
            {
                all.Add(ratio);
            }

            Console.WriteLine(FormattableString.Invariant(
                $"| {seed} | {DisplacementAlgebra.Rms(model.Displacements):0.00} | {string.Join(" | ", row.Select(static r => r.ToString("0.0000", CultureInfo.InvariantCulture)))} |"));
        }

        Console.WriteLine($"| mean | | {string.Join(" | ", ratios.Select(Mean))} |");
    }

    private static string Mean(List<double> values)
    {
        double[] found = [.. values.Where(double.IsFinite)];
        if (found.Length < 2)
        {
            return "";
        }

        double mean = found.Average();
        double error = Math.Sqrt(found.Sum(v => (v - mean) * (v - mean)) / (found.Length - 1) / found.Length);
        return FormattableString.Invariant($"{mean:0.0000} ± {error:0.0000}");
    }

    private static double[] Ratios(ExitWave wave, FocalSeries series) =>
        [Ratio(wave, series.ReferenceArea), Ratio(EvenRings(wave, series.Parameters.Linear.Limit), series.ReferenceArea)];

    /// <summary>The scattered wave from 0.5/nm to the limit with the same mean power in every ring.</summary>
    private static ExitWave EvenRings(ExitWave wave, double limit)
    {
        var band = new WaveBand(FrequencyGrid.Of(wave.Calibration), limit);
        using ComplexPlane spectrum = WaveSpectrum.FromWave(wave, band);
        var powers = new double[band.Rows + band.Columns];
        var counts = new double[powers.Length];
        int Ring(int row, int column) => (int)Math.Sqrt(band.Grid.SquaredFrequency(row - band.RowReach, column - band.ColumnReach) / (band.Grid.RowStep * band.Grid.RowStep));
        void Each(Action<int, int, int> action)
        {
            for (int row = 0; row < band.Rows; row++)
            {
                for (int column = 0; column < band.Columns; column++)
                {
                    action(row, column, Ring(row, column));
                }
            }
        }

        Each((row, column, ring) =>
        {
            (float re, float im) = spectrum[row, column];
            powers[ring] += (re * (double)re) + (im * (double)im);
            counts[ring]++;
        });
        Each((row, column, ring) =>
        {
            (float re, float im) = spectrum[row, column];
            float factor = powers[ring] > 0 && ring * band.Grid.RowStep > 0.5 ? (float)Math.Sqrt(counts[ring] / powers[ring]) : 0;
            spectrum[row, column] = (factor * re, factor * im);
        });
        return WaveSpectrum.ToWave(spectrum, band, wave.Calibration);
    }

    private static double Ratio(ExitWave wave, ReferenceArea area)
    {
        (double re, double im) = wave.Mean();
        Calibration frame = wave.Calibration;
        var sums = new double[2];
        var counts = new double[2];
        for (int r = Edge; r < frame.Rows - Edge; r++)
        {
            for (int k = Edge; k < frame.Columns - Edge; k++)
            {
                int inside = r >= area.Top && r < area.Top + area.Rows && k >= area.Left && k < area.Left + area.Columns ? 1 : 0;
                int i = 2 * ((r * frame.Columns) + k);
                sums[inside] += Math.Pow(wave.Interleaved[i] - re, 2) + Math.Pow(wave.Interleaved[i + 1] - im, 2);
                counts[inside]++;
            }
        }

        return sums[1] / counts[1] / (sums[0] / counts[0]);
    }
}
