using FsRec.Series;

namespace FsRec.Simulation;

/// <summary>A simulated focal series with what it was made from. Immutable.</summary>
public sealed class SimulatedSeries
{
    private readonly float[][] _counts;

    internal SimulatedSeries(
        SimulationParameters parameters,
        FocalSeries series,
        ExitWave trueWave,
        IReadOnlyList<FrameDisplacement> trueDisplacements,
        IReadOnlyList<FrameFocus> trueFoci,
        IReadOnlyList<double> trueDoses,
        float[][] counts)
    {
        Parameters = parameters;
        Series = series;
        TrueWave = trueWave;
        TrueDisplacements = trueDisplacements;
        TrueFoci = trueFoci;
        TrueDoses = trueDoses.ToArray();
        _counts = counts;
    }

    /// <summary>What was simulated.</summary>
    public SimulationParameters Parameters { get; }

    /// <summary>The series, ready to reconstruct: it knows the nominal foci and nothing of drift.</summary>
    public FocalSeries Series { get; }

    /// <summary>The wave behind the specimen in the common frame, vacuum 1, with all frequencies of the simulation.</summary>
    public ExitWave TrueWave { get; }

    /// <summary>How far each frame's content lies from the common frame, in pixels.</summary>
    public IReadOnlyList<FrameDisplacement> TrueDisplacements { get; }

    /// <summary>The foci at which the frames were simulated, in nm.</summary>
    public IReadOnlyList<FrameFocus> TrueFoci { get; }

    /// <summary>Dose of each frame in electrons/Å².</summary>
    public IReadOnlyList<double> TrueDoses { get; }

    /// <summary>A copy of a frame as recorded: electrons a pixel, or the intensity in units of the incident one without noise.</summary>
    /// <param name="index">Position in the series, from 0.</param>
    public float[] GetCounts(int index) => [.. _counts[index]];

    /// <inheritdoc />
    public override string ToString() => $"{Series}, simulated";
}
