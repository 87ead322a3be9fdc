using System.Numerics;
using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.Alignment;

/// <summary>
/// What the full images of an alignment's wave, |F⁻¹[ψ t E]|², hold beyond the linear theory, on the points of the alignment. In a frame near the reversal of
/// contrast the linear part all but vanishes, and what scattered beams make with one another decides where a lattice seems to lie.
/// </summary>
internal sealed unsafe class AlignmentImages : IDisposable
{
    // Nearer to a frame's edge its own noise and what others have there are all that a wave shows.
    private const float LeastWindow = 0.2f;

    private readonly AlignmentPoints _points;
    private readonly ImageSimulator _simulator;
    private readonly ImageWorkspace _workspace;
    private readonly RealTransformScratch _scratch;
    private readonly ComplexPlane[] _transfers;
    private readonly ComplexPlane _wave;
    private readonly ComplexPlane _spectrum;
    private readonly float[] _image;
    private readonly ComplexPlane _unchanged;
    private readonly float[] _rows;
    private readonly float[] _columns;

    // From the first element of the wave to that of each point, and of its opposite.
    private readonly (int Here, int Opposite)[] _places;

    /// <summary>The factors of each frame's images, which the threads share.</summary>
    public static ComplexPlane[] Transfers(AlignmentPoints points, IReadOnlyList<TransferFunction> transfers) =>
        [.. transfers.Select(t => FrameOptics.ImageTransfer(points.Band, t, envelopes: true))];

    /// <summary>Takes a thread's memory.</summary>
    public AlignmentImages(AlignmentPoints points, ComplexPlane[] transfers)
    {
        _points = points;
        _simulator = new ImageSimulator(points.Band);
        _workspace = _simulator.CreateWorkspace();
        _scratch = points.Transform.CreateScratch();
        _transfers = transfers;
        _wave = points.Band.CreateSpectrum();
        _spectrum = points.Transform.CreateHalfPlane();
        _places = [.. points.Ky.Zip(points.Kx, (y, x) => (At(y, x), At(-y, -x)))];
        _unchanged = Unchanged(points.Band);
        _rows = Unfaded(points.Transform.Rows);
        _columns = Unfaded(points.Transform.Columns);
        _image = new float[points.Transform.Rows * points.Transform.Columns];

        int At(int ky, int kx) => ((points.Band.RowReach + ky) * _wave.RowStride) + ComplexPlane.Offset(points.Band.ColumnReach + kx);
    }

    /// <summary>
    /// What the image of a frame holds beyond the linear theory, |u|² of the scattered image wave u, and what the unit of a frame, its mean,
    /// makes of that: (ŷ + |u|²) / (1 + mean of |u|²) − ŷ.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <param name="forecast">What the others say of it by the linear theory.</param>
    /// <param name="target">Its spectrum on the points.</param>
    public void Beyond(int frame, FrameForecast forecast, PointPairs target) => Beyond(_transfers[frame], forecast, target);

    /// <summary>The same of a frame at any focus.</summary>
    /// <param name="transfer">The factors of its images.</param>
    /// <param name="forecast">What the others say of it by the linear theory.</param>
    /// <param name="target">Its spectrum on the points.</param>
    public void Beyond(ComplexPlane transfer, FrameForecast forecast, PointPairs target)
    {
        float root = MathF.Sqrt(_image.Length);
        for (int i = 0; i < target.Length; i++)
        {
            (float ar, float ai) = forecast.WaveA[i];
            (float pr, float pi) = forecast.WaveP[i];
            Set(i, root, ar, ai, pr, pi);
        }

        double power = Square(transfer);
        float unit = (float)(1 / (1 + power));
        Squared(target);
        for (int i = 0; i < target.Length; i++)
        {
            (float re, float im) = target[i];
            (float lr, float li) = forecast.Image[i];
            target[i] = ((unit * (lr + re)) - lr, (unit * (li + im)) - li);
        }
    }

    /// <summary>
    /// The amplitude that a phase brings with it: a specimen that absorbs nothing has the wave exp(ip), whose real part is 1 − p²/2. Half
    /// of |u|² at focus; near the reversal of contrast the two cancel, and a frame there would otherwise be expected to show what it does not.
    /// </summary>
    /// <param name="evidence">The frames that make the wave.</param>
    /// <param name="target">Its spectrum on the points.</param>
    public void AmplitudeOfPhase(ModelEvidence evidence, PointPairs target)
    {
        float root = MathF.Sqrt(_image.Length);
        for (int i = 0; i < target.Length; i++)
        {
            (_, _, double pr, double pi) = evidence.Wave(i);
            Set(i, root, 0, 0, (float)pr, (float)pi);
        }

        Square(_unchanged);
        Squared(target);
        for (int i = 0; i < target.Length; i++)
        {
            (float re, float im) = target[i];
            target[i] = (-0.5f * re, -0.5f * im);
        }
    }

    /// <summary>Sets the scattered wave a + ip at a frequency and its opposite, times the root of the number of pixels.</summary>
    private void Set(int point, float root, float ar, float ai, float pr, float pi)
    {
        float* here = _wave.Data + _places[point].Here;
        float* opposite = _wave.Data + _places[point].Opposite;
        (here[0], here[ComplexPlane.Lanes]) = (root * (ar - pi), root * (ai + pr));
        (opposite[0], opposite[ComplexPlane.Lanes]) = (root * (ar + pi), root * (pr - ai));
    }

    /// <summary>
    /// The spectrum of |u|² as frames have it, faded out once; the square of a wave made of such frames is faded out twice. Returns its mean.
    /// </summary>
    private double Square(ComplexPlane transfer)
    {
        WaveBand band = _points.Band;
        _wave[band.RowReach, band.ColumnReach] = (0, 0);
        var whole = new ImageRegion(0, 0, _points.Transform.Rows, _points.Transform.Columns);
        _simulator.Intensity(_wave, transfer, whole, _image, _workspace);
        double power = 0;
        for (int r = 0; r < _rows.Length; r++)
        {
            power += FadeRow(_image.AsSpan(r * _columns.Length, _columns.Length), _rows[r], _columns);
        }

        // The points lie within the band.
        _points.Transform.Forward(_image, _spectrum, _scratch, ComplexPlane.BlocksOf(band.ColumnReach + 1));
        return power / _image.Length;
    }

    /// <summary>Multiplies a row of an image by its window; returns what it summed up to before.</summary>
    /// <param name="image">The row.</param>
    /// <param name="row">The window at the row.</param>
    /// <param name="columns">The window along it.</param>
    internal static double FadeRow(Span<float> image, float row, ReadOnlySpan<float> columns)
    {
        int lanes = Vector<float>.Count;
        int c = 0;
        (Vector<double> low, Vector<double> high) = (Vector<double>.Zero, Vector<double>.Zero);
        for (; c <= image.Length - lanes; c += lanes)
        {
            var values = new Vector<float>(image[c..]);
            Vector.Widen(values, out Vector<double> first, out Vector<double> second);
            (low, high) = (low + first, high + second);
            (values * (row * new Vector<float>(columns[c..]))).CopyTo(image[c..]);
        }

        double sum = Vector.Sum(low + high);
        for (; c < image.Length; c++)
        {
            sum += image[c];
            image[c] *= row * columns[c];
        }

        return sum;
    }

    private void Squared(PointPairs target)
    {
        _points.Gather(_spectrum, 1, target);
        float root = MathF.Sqrt(_image.Length);
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = (target.Re[i] / root, target.Im[i] / root);
        }
    }

    private static ComplexPlane Unchanged(WaveBand band)
    {
        var table = new ComplexPlane(band.RowReach + 1, band.Columns);
        for (int ky = 0; ky <= band.RowReach; ky++)
        {
            for (int kx = -band.ColumnReach; kx <= band.ColumnReach; kx++)
            {
                table[ky, band.ColumnReach + kx] = (band.Contains(ky, kx) ? 1 : 0, 0);
            }
        }

        return table;
    }

    private static float[] Unfaded(int count) => [.. AlignmentPoints.Window(count).Select(static w => 1 / MathF.Max(w, LeastWindow))];

    /// <inheritdoc />
    public void Dispose()
    {
        _workspace.Dispose();
        _scratch.Dispose();
        _wave.Dispose();
        _spectrum.Dispose();
        _unchanged.Dispose();
    }
}
