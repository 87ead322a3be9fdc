using System.Numerics;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Tests.Alignment.Places;

/// <summary>
/// Focal series made without the product's optics and simulation: a phase object of Gaussian atoms and a film on a field larger than
/// the frame, its wave summed beam by beam over focus nodes, Poisson noise.
/// </summary>
internal sealed class FieldSeries
{
    private const double Pixel = 0.05;
    private const double Voltage = 300;
    private const double C3 = 1.2e6;
    private const double FocusSpread = 4;

    // Abscissas and weights of Gauss and Hermite's rule of five nodes.
    private static readonly (double X, double W)[] Nodes =
        [(-2.0201828705, 0.0112574113), (-0.9585724646, 0.2220759220), (0, 0.5333333333), (0.9585724646, 0.2220759220), (2.0201828705, 0.0112574113)];

    private readonly Random _random;
    private readonly Complex[] _wave;

    /// <summary>Makes the specimen.</summary>
    public FieldSeries(int seed, int size = 96, double lattice = 0.4, double peak = 0.3, double film = 0.02, double vacancies = 0.03, bool whole = false)
    {
        (Size, Field) = (size, 2 * size);
        _random = new Random(seed);
        _wave = Specimen(lattice, peak, film, vacancies, whole);
        Transform(_wave, Field, -1);
    }

    /// <summary>Pixels of a frame's side.</summary>
    public int Size { get; }

    /// <summary>Number of frames.</summary>
    public int Count { get; init; } = 10;

    /// <summary>Electrons a pixel; 0 for no noise.</summary>
    public double Dose { get; init; } = 400;

    /// <summary>Largest step of the drift in px.</summary>
    public double Step { get; init; } = 1.5;

    /// <summary>By how much the true focus of some frames, in nm, is another than <see cref="Foci"/> says.</summary>
    public IReadOnlyDictionary<int, double> FocusErrors { get; init; } = new Dictionary<int, double>();

    /// <summary>True displacements.</summary>
    public (double Dx, double Dy)[] Truth { get; private set; } = [];

    private int Field { get; }

    private double Wavelength => 1.2264263 / Math.Sqrt(Voltage * (1000 + (0.97847538 * Voltage)));

    /// <summary>Foci of the frames in nm.</summary>
    public double[] Foci => [.. Enumerable.Range(0, Count).Select(n => -250 + (190.0 * n / (Count - 1)))];

    /// <summary>The frames, in counts.</summary>
    public float[][] Frames()
    {
        var places = new (double Dx, double Dy)[Count];
        for (int n = 1; n < Count; n++)
        {
            places[n] = (places[n - 1].Dx + (Step * ((2 * _random.NextDouble()) - 1)), places[n - 1].Dy + (Step * ((2 * _random.NextDouble()) - 1)));
        }

        Truth = places;
        return [.. Foci.Select((z, n) => Frame(z + FocusErrors.GetValueOrDefault(n), places[n]))];
    }

    /// <summary>The series of frames.</summary>
    public FocalSeries Series(float[][] frames, string? method = null, RestorationMethod restoration = RestorationMethod.Linear) => new(
        new ReconstructionParameters
        {
            Files = new FileParameters { InputFileName = "f_", ImageCount = Count, OutputFileName = "out" },
            Image = new ImageParameters { Calibration = new Calibration(Size, Size, Pixel, Pixel) },
            Microscope = new Microscope { Voltage = Voltage, C3 = C3, FocusSpread = FocusSpread, Semiconvergence = 0, ImageSpread = 0 },
            Foci = Foci,
            Alignment = new AlignmentParameters { Method = method, Filter = new FrequencyBand(0.5, 2) },
            Restoration = new RestorationParameters { Method = restoration },
            Linear = new LinearParameters { Limit = 6, Iterations = 5 },
        },
        frames);

    /// <summary>RMS of displacements about the truth without mean and tilt, in px, over the frames that are not left out.</summary>
    public double Error(IReadOnlyList<FrameDisplacement> found, params int[] without)
    {
        FrameDisplacement[] errors = [.. found.Select((d, n) => new FrameDisplacement(n, d.Dx - Truth[n].Dx, d.Dy - Truth[n].Dy)).Where(d => !without.Contains(d.ImageNumber))];
        return DisplacementAlgebra.Rms(DisplacementAlgebra.WithoutTilt(errors, [.. Foci.Where((_, n) => !without.Contains(n))]));
    }

    /// <summary>A frame of nothing but counting noise.</summary>
    public float[] Blank() => [.. Enumerable.Range(0, Size * Size).Select(_ => (float)Poisson(Dose))];

    private Complex[] Specimen(double lattice, double peak, double film, double vacancies, bool whole)
    {
        var phase = new double[Field * Field];
        double radius = whole ? double.PositiveInfinity : 0.36 * Size * Pixel;
        double angle = 0.2 + (0.5 * _random.NextDouble());
        (double cos, double sin) = (Math.Cos(angle), Math.Sin(angle));
        int reach = (int)(Field * Pixel / lattice) + 2;
        const double width = 0.05;
        int patch = (int)(4 * width / Pixel) + 1;
        for (int i = -reach; i <= reach; i++)
        {
            for (int j = -reach; j <= reach; j++)
            {
                (double x, double y) = (lattice * ((cos * i) - (sin * j)), lattice * ((sin * i) + (cos * j)));
                double away = Math.Sqrt((x * x) + (y * y)) / (1 + (0.25 * Math.Cos(3 * Math.Atan2(y, x))));
                if (peak == 0 || away > radius || _random.NextDouble() < vacancies)
                {
                    continue;
                }

                (double px, double py) = ((Field / 2.0) + (x / Pixel), (Field / 2.0) + (y / Pixel));
                for (int r = (int)py - patch; r <= (int)py + patch; r++)
                {
                    for (int c = (int)px - patch; c <= (int)px + patch; c++)
                    {
                        if (r >= 0 && c >= 0 && r < Field && c < Field)
                        {
                            double square = (((c - px) * (c - px)) + ((r - py) * (r - py))) * Pixel * Pixel;
                            phase[(r * Field) + c] += peak * Math.Exp(-square / (2 * width * width));
                        }
                    }
                }
            }
        }

        Complex[] noise = [.. Enumerable.Range(0, Field * Field).Select(_ => new Complex(Normal(), 0))];
        Transform(noise, Field, -1);
        ForEach((i, gx, gy) =>
        {
            double g2 = (gx * gx) + (gy * gy);
            noise[i] *= Math.Exp(-g2 / 16) * (1 - Math.Exp(-g2 / 0.09));
        });
        Transform(noise, Field, 1);
        double rms = Math.Sqrt(noise.Average(static v => v.Real * v.Real));
        return [.. phase.Select((p, i) => Complex.Exp(new Complex(-0.1, 1) * (p + (film * noise[i].Real / rms))))];
    }

    private float[] Frame(double focus, (double Dx, double Dy) place)
    {
        var sum = new double[Field * Field];
        foreach ((double x, double weight) in Nodes)
        {
            double z = focus + (FocusSpread * x);
            var image = new Complex[_wave.Length];
            ForEach((i, gx, gy) =>
            {
                double g2 = (gx * gx) + (gy * gy);
                double chi = (Math.PI * Wavelength * z * g2) + (0.5 * Math.PI * C3 * Math.Pow(Wavelength, 3) * g2 * g2);
                double move = 2 * Math.PI * Pixel * ((gx * place.Dx) + (gy * place.Dy));
                image[i] = _wave[i] * Complex.FromPolarCoordinates(1, -chi - move);
            });
            Transform(image, Field, 1);
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += weight * ((image[i].Real * image[i].Real) + (image[i].Imaginary * image[i].Imaginary));
            }
        }

        int from = (Field - Size) / 2;
        var frame = new float[Size * Size];
        for (int r = 0; r < Size; r++)
        {
            for (int c = 0; c < Size; c++)
            {
                double value = sum[((from + r) * Field) + from + c];
                frame[(r * Size) + c] = (float)(Dose > 0 ? Poisson(Dose * value) : value);
            }
        }

        return frame;
    }

    private void ForEach(Action<int, double, double> body)
    {
        for (int r = 0; r < Field; r++)
        {
            for (int c = 0; c < Field; c++)
            {
                body((r * Field) + c, Frequency(c), Frequency(r));
            }
        }

        double Frequency(int index) => (index < Field / 2 ? index : index - Field) / (Field * Pixel);
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private double Poisson(double mean)
    {
        if (mean > 50)
        {
            return Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * Normal())));
        }

        double limit = Math.Exp(-mean);
        double product = _random.NextDouble();
        int count = 0;
        while (product > limit)
        {
            product *= _random.NextDouble();
            count++;
        }

        return count;
    }

    /// <summary>The discrete Fourier transform of a square plane, by rows and columns with MathNet, which the product does not transform with.</summary>
    private static void Transform(Complex[] plane, int size, int sign)
    {
        var line = new Complex[size];
        for (int pass = 0; pass < 2; pass++)
        {
            for (int k = 0; k < size; k++)
            {
                for (int i = 0; i < size; i++)
                {
                    line[i] = plane[pass == 0 ? (k * size) + i : (i * size) + k];
                }

                if (sign < 0)
                {
                    MathNet.Numerics.IntegralTransforms.Fourier.Forward(line, MathNet.Numerics.IntegralTransforms.FourierOptions.AsymmetricScaling);
                }
                else
                {
                    MathNet.Numerics.IntegralTransforms.Fourier.Inverse(line, MathNet.Numerics.IntegralTransforms.FourierOptions.AsymmetricScaling);
                }

                for (int i = 0; i < size; i++)
                {
                    plane[pass == 0 ? (k * size) + i : (i * size) + k] = line[i];
                }
            }
        }
    }
}
