namespace FsRec.Simulation;

/// <summary>How far the true foci lie from those that the reconstruction is told.</summary>
public sealed record FocusErrors
{
    /// <summary>No errors.</summary>
    public static FocusErrors None { get; } = new();

    /// <summary>Standard deviation in nm of a normally distributed error, drawn for each frame.</summary>
    public double RandomRms { get; init; }

    /// <summary>Relative error of the focus step: 0.04 makes the true range 4 % wider than the nominal one, about its middle.</summary>
    public double StepError { get; init; }

    /// <summary>Error in nm that all foci have in common.</summary>
    public double Offset { get; init; }

    internal IReadOnlyList<double> Draw(IReadOnlyList<double> nominal, RandomStream random)
    {
        double middle = nominal.Average();
        return [.. nominal.Select(z => Offset + middle + ((z - middle) * (1 + StepError)) + (RandomRms == 0 ? 0 : RandomRms * random.Normal()))];
    }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"random {RandomRms} nm, step {100 * StepError:0.##} %");
}
