namespace FsRec.Optics;

/// <summary>
/// What a detector does at each frequency, in units of the Nyquist frequency: how much of the signal it passes, or how much noise it has.
/// Relative to frequency 0, and round. Immutable; two are equal when their points are.
/// </summary>
public sealed class DetectorCurve : IEquatable<DetectorCurve>
{
    // Of the last frequency: the points from there on say how the curve goes on.
    private const double TailFrom = 0.75;

    // Of the last value: what nobody has measured is taken for no less.
    private const double LeastBeyond = 0.25;

    private readonly double[] _frequencies;
    private readonly double[] _values;
    private readonly double _fall;

    /// <summary>Takes points of a curve.</summary>
    /// <param name="frequencies">Rising, the first 0 or taken to be the value at 0 too, in units of the Nyquist frequency.</param>
    /// <param name="values">Larger than 0; divided by the first.</param>
    /// <exception cref="ArgumentException">They are not that.</exception>
    public DetectorCurve(IReadOnlyList<double> frequencies, IReadOnlyList<double> values)
    {
        if (frequencies.Count < 2 || values.Count != frequencies.Count
            || values.Any(static v => !(v > 0) || !double.IsFinite(v))
            || !(frequencies[0] >= 0) || !double.IsFinite(frequencies[^1])
            || frequencies.Zip(frequencies.Skip(1)).Any(static pair => !(pair.First < pair.Second)))
        {
            throw new ArgumentException("A curve takes two points or more with rising frequencies, the first 0 or more, and values larger than 0.");
        }

        _frequencies = [.. frequencies];
        _values = [.. values.Select(v => v / values[0])];
        _fall = Fall();
    }

    /// <summary>A curve of values at even steps from 0 to the Nyquist frequency.</summary>
    /// <param name="values">Two or more, larger than 0; divided by the first.</param>
    /// <exception cref="ArgumentException">They are not that.</exception>
    public static DetectorCurve Even(IReadOnlyList<double> values) =>
        new([.. Enumerable.Range(0, values.Count).Select(i => i / (values.Count - 1.0))], values);

    /// <summary>Frequencies of the points in units of the Nyquist frequency.</summary>
    public IReadOnlyList<double> Frequencies => _frequencies;

    /// <summary>Values at the points, 1 at the first.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <summary>The last frequency that the points tell, in units of the Nyquist frequency.</summary>
    public double Reach => _frequencies[^1];

    /// <summary>
    /// The value at a frequency: on straight lines between the points, and beyond the last a Gaussian that continues the last quarter of them,
    /// neither rising nor below a quarter of the last value.
    /// </summary>
    /// <param name="frequency">In units of the Nyquist frequency.</param>
    public double At(double frequency)
    {
        if (frequency >= Reach)
        {
            return _values[^1] * Math.Max(LeastBeyond, Math.Exp(-_fall * ((frequency * frequency) - (Reach * Reach))));
        }

        int next = Array.BinarySearch(_frequencies, frequency);
        if (next >= 0)
        {
            return _values[next];
        }

        next = ~next;
        if (next == 0)
        {
            return 1;
        }

        double t = (frequency - _frequencies[next - 1]) / (_frequencies[next] - _frequencies[next - 1]);
        return (_values[next - 1] * (1 - t)) + (_values[next] * t);
    }

    /// <inheritdoc />
    public bool Equals(DetectorCurve? other) =>
        other is not null && _frequencies.AsSpan().SequenceEqual(other._frequencies) && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as DetectorCurve);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(_frequencies.Length, _values[^1], Reach);

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{_values.Length} points, {At(0.5):0.###} at half of the Nyquist frequency and {At(1):0.###} at it");

    /// <summary>By how much the logarithm falls with the square of the frequency, from the last points.</summary>
    private double Fall()
    {
        int first = Math.Min(Array.FindIndex(_frequencies, f => f >= TailFrom * Reach), _frequencies.Length - 2);
        (double sum, double meanX, double meanY, double xx, double xy) = (_frequencies.Length - first, 0, 0, 0, 0);
        for (int i = first; i < _frequencies.Length; i++)
        {
            meanX += _frequencies[i] * _frequencies[i] / sum;
            meanY += Math.Log(_values[i]) / sum;
        }

        for (int i = first; i < _frequencies.Length; i++)
        {
            double x = (_frequencies[i] * _frequencies[i]) - meanX;
            xx += x * x;
            xy += x * (Math.Log(_values[i]) - meanY);
        }

        return Math.Max(0, -xy / xx);
    }
}
