namespace FsRec.Sweeps;

/// <summary>What a complete run leaves beside its results; written last, so that a run without one is not complete.</summary>
internal sealed record SweepRecord
{
    /// <summary>Hash of everything that the run's results follow from.</summary>
    public required string Origin { get; init; }

    /// <summary>The run's values, for the reader.</summary>
    public required string Values { get; init; }

    /// <summary>Reduced chi-square of the full image model; <see langword="null"/> where it was not asked for.</summary>
    public required double? ModelChiSquare { get; init; }

    /// <summary>Residual after the last iteration.</summary>
    public required double ResidualRms { get; init; }

    /// <summary>Share of scattered electrons.</summary>
    public required double ScatteredFraction { get; init; }

    /// <summary>Highest transferred frequency in 1/nm.</summary>
    public required double HighestFrequency { get; init; }

    /// <summary>Number of iterations.</summary>
    public required int Iterations { get; init; }

    /// <summary>Seconds that the run took.</summary>
    public required double Seconds { get; init; }

    /// <summary>Names of the files, relative to the run's folder, with their lengths in bytes.</summary>
    public required IReadOnlyDictionary<string, long> Files { get; init; }
}
