namespace FsRec.Optics;

/// <summary>
/// The detector as frames show it after they were freed of the colour of their noise. It passes MTF(g) of an image and has noise of the
/// power NPS(g); frames are divided by √NPS, so that their noise is white, and what is left of the image is MTF/√NPS. Frequencies count in
/// units of the Nyquist frequency of the coarser sampling, and both curves are round in 1/nm. Immutable.
/// </summary>
internal sealed class Detector : IEquatable<Detector>
{
    // Steps of the table in a unit of the Nyquist frequency: a straight line between two of them is off by 10⁻⁷ of a curve that bends as a Gaussian.
    private const int Steps = 2048;

    // Of the Nyquist frequency of the coarser sampling: the corner of a spectrum lies at √2 where pixels are square.
    private const int Reach = 8;

    private readonly float[] _signal;
    private readonly float[] _deviation;

    /// <summary>Describes a detector.</summary>
    /// <param name="transfer">MTF; <see langword="null"/> for one that passes all.</param>
    /// <param name="noise">NPS; <see langword="null"/> for white noise.</param>
    /// <param name="nyquist">The Nyquist frequency in 1/nm.</param>
    public Detector(DetectorCurve? transfer, DetectorCurve? noise, double nyquist)
    {
        (Transfer, Noise, Nyquist) = (transfer, noise, nyquist);
        _deviation = Table(x => Math.Sqrt(noise?.At(x) ?? 1));
        _signal = Table(x => (transfer?.At(x) ?? 1) / Math.Sqrt(noise?.At(x) ?? 1));
    }

    /// <summary>MTF, the share of an image that is passed.</summary>
    public DetectorCurve? Transfer { get; }

    /// <summary>NPS, the power of the noise relative to that at frequency 0.</summary>
    public DetectorCurve? Noise { get; }

    /// <summary>The Nyquist frequency in 1/nm.</summary>
    public double Nyquist { get; }

    /// <summary>MTF/√NPS: what is left of an image in frames of white noise.</summary>
    /// <param name="g2">g² in 1/nm².</param>
    public double Signal(double g2) => At(_signal, g2);

    /// <summary>√NPS, by which frames were divided.</summary>
    /// <param name="g2">g² in 1/nm².</param>
    public double NoiseDeviation(double g2) => At(_deviation, g2);

    /// <summary>The same curves on another sampling.</summary>
    /// <param name="nyquist">The Nyquist frequency in 1/nm.</param>
    public Detector At(double nyquist) => nyquist == Nyquist ? this : new Detector(Transfer, Noise, nyquist);

    /// <summary>All points of both curves as text, to know the detector again by.</summary>
    public string Points => string.Join(';', new[] { Transfer, Noise }.Select(static curve => curve is null ? "" : string.Join(
        ',', curve.Frequencies.Concat(curve.Values).Select(static v => v.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))));

    /// <inheritdoc />
    public bool Equals(Detector? other) =>
        other is not null && Nyquist == other.Nyquist && Equals(Transfer, other.Transfer) && Equals(Noise, other.Noise);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Detector);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Transfer, Noise, Nyquist);

    /// <inheritdoc />
    public override string ToString() => $"MTF {Transfer?.ToString() ?? "1"}, NPS {Noise?.ToString() ?? "white"}";

    private static float[] Table(Func<double, double> curve)
    {
        var table = new float[(Reach * Steps) + 1];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = (float)curve((double)i / Steps);
        }

        return table;
    }

    private double At(float[] table, double g2)
    {
        double place = Math.Sqrt(g2) / Nyquist * Steps;
        int i = (int)Math.Min(place, table.Length - 2);
        double t = Math.Min(1, place - i);
        return table[i] + (t * (table[i + 1] - table[i]));
    }
}
