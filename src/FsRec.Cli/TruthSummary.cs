namespace FsRec.Cli;

/// <summary>How far a reconstruction lies from the known truth.</summary>
internal sealed record TruthSummary
{
    /// <summary>Complex difference of the waves relative to the scattered wave.</summary>
    public required double WaveError { get; init; }

    /// <summary>RMS difference of the displacements in pixels, without what the data cannot tell.</summary>
    public required double DisplacementRms { get; init; }
}
