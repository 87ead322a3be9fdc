using FsRec.Parameters;
using FsRec.Results;

namespace FsRec.Runs;

/// <summary>What an object that is carried to another process consists of, but for its pixels.</summary>
internal sealed record CarriedHeader
{
    /// <summary>The format, and its version.</summary>
    public const string CurrentSchema = "fsrec-object/1";

    /// <summary>The format, and its version.</summary>
    public required string Schema { get; init; }

    /// <summary>What it is.</summary>
    public required CarriedKind Kind { get; init; }

    /// <summary>The parameters, as a parameter file writes them.</summary>
    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    /// <summary>Folder to which relative paths among the parameters refer.</summary>
    public string? BaseDirectory { get; init; }

    /// <summary>Where the parameters came from.</summary>
    public CarriedProvenance? Provenance { get; init; }

    /// <summary>The files of a series that were given one by one; <see langword="null"/> where the parameters name them.</summary>
    public IReadOnlyList<string>? Files { get; init; }

    /// <summary>Whether the frames are carried, as they are in no files.</summary>
    public bool HasFrames { get; init; }

    /// <summary>Mean of each frame as it was recorded and a hash of its pixels, by which it is known again.</summary>
    public IReadOnlyList<string>? Marks { get; init; }

    /// <summary>Defocus of each frame in nm.</summary>
    public IReadOnlyList<double>? Foci { get; init; }

    /// <summary>Displacement of each frame.</summary>
    public IReadOnlyList<FrameDisplacement>? Displacements { get; init; }

    /// <summary>How the series was aligned.</summary>
    public string? AlignmentMethod { get; init; }

    /// <summary>Which frames do not belong to the others.</summary>
    public IReadOnlyList<bool>? Outliers { get; init; }

    /// <summary>How far frames lie elsewhere by one half of their frequencies.</summary>
    public IReadOnlyList<FrameDisplacement>? Apart { get; init; }

    /// <summary>Shape and scale of a wave.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>How the wave was restored.</summary>
    public RestorationMethod Method { get; init; }

    /// <summary>How the wave of the linear iterations fits the frames.</summary>
    public LinearFit? Fit { get; init; }

    /// <summary>The linear iterations.</summary>
    public IReadOnlyList<IterationRecord>? History { get; init; }

    /// <summary>The iterations of the refinement.</summary>
    public IReadOnlyList<NonlinearIteration>? NonlinearHistory { get; init; }

    /// <summary>How far the wave is to be trusted.</summary>
    public ReconstructionUncertainty? Uncertainty { get; init; }

    /// <summary>Share of the scattered electrons.</summary>
    public double ScatteredFraction { get; init; }

    /// <summary>Residual of the wave.</summary>
    public double ResidualRms { get; init; }
}
