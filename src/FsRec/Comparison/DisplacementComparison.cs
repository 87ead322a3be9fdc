using FsRec.Series;

namespace FsRec.Comparison;

/// <summary>
/// How well displacements agree with known ones. The mean is always taken out, since a common translation is not in the data; the part
/// linear in defocus, which passes for a tilt of the beam, in a second pair of figures. Immutable.
/// </summary>
public sealed record DisplacementComparison
{
    /// <summary>Found less true displacement of each frame in px, without the mean.</summary>
    public IReadOnlyList<FrameDisplacement> Differences { get; private init; } = [];

    /// <summary>The differences without the part linear in defocus, in px.</summary>
    public IReadOnlyList<FrameDisplacement> DifferencesWithoutTilt { get; private init; } = [];

    /// <summary>The mean that was taken out, in px: X along columns, Y along rows.</summary>
    public PlaneVector Mean { get; private init; }

    /// <summary>Root mean square length of the differences in px.</summary>
    public double Rms => DisplacementAlgebra.Rms(Differences);

    /// <summary>Length of the longest difference in px.</summary>
    public double Largest => DisplacementAlgebra.Largest(Differences);

    /// <summary>Root mean square length without the part linear in defocus, in px.</summary>
    public double RmsWithoutTilt => DisplacementAlgebra.Rms(DifferencesWithoutTilt);

    /// <summary>Length of the longest difference without the part linear in defocus, in px.</summary>
    public double LargestWithoutTilt => DisplacementAlgebra.Largest(DifferencesWithoutTilt);

    /// <summary>Compares displacements of the same frames.</summary>
    /// <param name="found">The displacements found.</param>
    /// <param name="truth">The displacements they should be.</param>
    /// <param name="foci">Defocus of each frame in nm.</param>
    /// <exception cref="FsRecException">They belong to different images.</exception>
    public static DisplacementComparison Compare(
        IReadOnlyList<FrameDisplacement> found, IReadOnlyList<FrameDisplacement> truth, IReadOnlyList<double> foci)
    {
        if (found.Count == 0
            || !found.Select(static d => d.ImageNumber).SequenceEqual(truth.Select(static d => d.ImageNumber))
            || foci.Count != found.Count)
        {
            throw new FsRecException($"{found.Count} displacements, {truth.Count} to compare with and {foci.Count} foci are not of the same images.");
        }

        IReadOnlyList<FrameDisplacement> raw = DisplacementAlgebra.Subtract(found, truth);
        return new DisplacementComparison
        {
            Differences = DisplacementAlgebra.WithoutMean(raw),
            DifferencesWithoutTilt = DisplacementAlgebra.WithoutTilt(raw, foci),
            Mean = new PlaneVector(raw.Average(static d => d.Dx), raw.Average(static d => d.Dy)),
        };
    }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"{Differences.Count} displacements off by {Rms:0.000} px RMS ({RmsWithoutTilt:0.000} px without tilt), at most {Largest:0.000} px ({LargestWithoutTilt:0.000} px)");
}
