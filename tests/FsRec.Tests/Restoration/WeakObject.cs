using System.Numerics;
using FsRec.Alignment;
using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Series;
using FsRec.Tests.Optics;
using FsRec.Tests.Series;

namespace FsRec.Tests.Restoration;

/// <summary>
/// A wave of known coefficients between 1 and 3.5 1/nm, periodic on a small frame, and the images the library's own forward model makes of
/// it at eight foci. It scatters so little that linear restoration is right but for its square.
/// </summary>
internal sealed class WeakObject
{
    /// <summary>Share of the electrons that it scatters, 10⁻⁴: the scattered amplitude is a hundredth.</summary>
    public const double Scattered = 1e-4;

    public WeakObject(int rows = 64, int columns = 72, int seed = 11)
    {
        var calibration = new Calibration(rows, columns, 0.05, 0.05);
        ReconstructionParameters parameters = SmallSeries.Parameters(calibration, 4, [.. Enumerable.Range(0, 8).Select(static n => -200.0 + (20 * n))]);
        Parameters = parameters with
        {
            Microscope = new Microscope { C3 = 1e4, Semiconvergence = 0.1 },
            Alignment = parameters.Alignment with { Filter = new FrequencyBand(0.8, 3) },
            Linear = parameters.Linear with { Envelopes = true, Iterations = 8 },
        };
        Band = new WaveBand(FrequencyGrid.Of(calibration), 4);
        Spectrum = Band.CreateSpectrum();
        var random = new Random(seed);
        double pixels = calibration.PixelCount;
        for (int ky = -Band.RowReach; ky <= Band.RowReach; ky++)
        {
            for (int kx = -Band.ColumnReach; kx <= Band.ColumnReach; kx++)
            {
                if (Math.Sqrt(Band.Grid.SquaredFrequency(ky, kx)) is >= 1 and <= 3.5)
                {
                    Spectrum.Set(Band, ky, kx, Complex.FromPolarCoordinates(pixels * random.NextDouble(), 2 * Math.PI * random.NextDouble()));
                }
            }
        }

        double scale = Math.Sqrt(Scattered / WaveSpectrum.ScatteredFraction(Spectrum, Band));
        for (int row = 0; row < Band.Rows; row++)
        {
            for (int column = 0; column < Band.Columns; column++)
            {
                (float re, float im) = Spectrum[row, column];
                Spectrum[row, column] = ((float)(re * scale), (float)(im * scale));
            }
        }

        WaveSpectrum.Normalise(Spectrum, Band);
        Wave = WaveSpectrum.ToWave(Spectrum, Band, calibration);
    }

    public ReconstructionParameters Parameters { get; }

    public WaveBand Band { get; }

    public ComplexPlane Spectrum { get; }

    public ExitWave Wave { get; }

    /// <summary>Its images, their content displaced (the object is periodic, nothing is lost).</summary>
    public float[][] Frames(IReadOnlyList<FrameDisplacement> drift)
    {
        Calibration shape = Parameters.Image.Calibration;
        var simulator = new ImageSimulator(Band);
        using ImageWorkspace workspace = simulator.CreateWorkspace();
        var frames = new float[drift.Count][];
        for (int n = 0; n < frames.Length; n++)
        {
            frames[n] = new float[shape.PixelCount];
            using ComplexPlane transfer = FrameOptics.ImageTransfer(Band, new TransferFunction(Parameters.Microscope, Parameters.SelectedFoci[n]), Parameters.Linear.Envelopes);
            simulator.Intensity(Spectrum, transfer, new ImageRegion(0, 0, shape.Rows, shape.Columns), frames[n], workspace);
        }

        var still = new FocalSeries(Parameters, frames);
        // Moved back by the opposite displacement is moved by the displacement.
        var opposite = new AlignedSeries(still, [.. drift.Select(static d => d with { Dx = -d.Dx, Dy = -d.Dy })]);
        return [.. AlignedFrames.Enumerate(opposite).Select(static f => f.Pixels.ToArray())];
    }

    public FocalSeries Series(IReadOnlyList<FrameDisplacement> drift) => new(Parameters, Frames(drift));

    public AlignedSeries Still() => AlignedSeries.Unmoved(Series(NoDrift()));

    public static FrameDisplacement[] NoDrift() => [.. Enumerable.Range(0, 8).Select(static n => new FrameDisplacement(n, 0, 0))];

    /// <summary>Drifts of up to 1.2 pixels without mean and without a part linear in defocus.</summary>
    public FrameDisplacement[] Drift()
    {
        (double Dx, double Dy)[] steps = [(0.9, -0.4), (-0.6, 0.8), (-0.7, 0.3), (0.5, -0.9), (0.4, 0.5), (-1, -0.6), (0.2, 0.4), (0.3, -0.1)];
        return [.. DisplacementAlgebra.WithoutTilt([.. steps.Select(static (s, n) => new FrameDisplacement(n, s.Dx, s.Dy))], Parameters.SelectedFoci)];
    }

    /// <summary>Root mean square difference of two waves in units of this object's scattered wave.</summary>
    public static double Difference(ExitWave a, ExitWave b)
    {
        double sum = 0;
        for (int i = 0; i < a.Interleaved.Length; i++)
        {
            double d = a.Interleaved[i] - b.Interleaved[i];
            sum += d * d;
        }

        return Math.Sqrt(sum / a.Calibration.PixelCount) / Math.Sqrt(Scattered);
    }
}
