namespace FsRec.Runs;

/// <summary>How far a reconstruction lies from the known truth.</summary>
public sealed record TruthFigures
{
    /// <summary>Complex difference of the waves relative to the scattered wave.</summary>
    public required double WaveError { get; init; }

    /// <summary>RMS difference of the displacements in pixels, without what the data cannot tell.</summary>
    public required double DisplacementRms { get; init; }
}
