using FsRec.Fourier;

namespace FsRec.Alignment;

/// <summary>One thread's memory of an alignment to the model.</summary>
internal sealed class AlignmentWorkspace(AlignmentPoints points, ComplexPlane[] transfers) : IDisposable
{
    /// <summary>What the others predict for the frame at hand.</summary>
    public FrameForecast Forecast { get; } = new(points);

    /// <summary>The search for its place.</summary>
    public PlaceSearch Search { get; } = new(points);

    /// <summary>The full images.</summary>
    public AlignmentImages Images { get; } = new(points, transfers);

    /// <inheritdoc />
    public void Dispose()
    {
        Search.Dispose();
        Images.Dispose();
    }
}
