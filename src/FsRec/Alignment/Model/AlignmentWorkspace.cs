namespace FsRec.Alignment;

/// <summary>One thread's memory of an alignment to the model.</summary>
internal sealed class AlignmentWorkspace(AlignmentPoints points, FrameFoci foci) : IDisposable
{
    private AlignmentImages? _images;

    /// <summary>What the others predict for the frame at hand.</summary>
    public FrameForecast Forecast { get; } = new(points);

    /// <summary>The search for its place.</summary>
    public PlaceSearch Search { get; } = new(points);

    /// <summary>The full images; most series need none.</summary>
    public AlignmentImages Images => _images ??= new AlignmentImages(points, foci.Transfers);

    /// <inheritdoc />
    public void Dispose()
    {
        Search.Dispose();
        _images?.Dispose();
    }
}
