namespace FsRec.Parameters;

/// <summary>Section [RECONSTRUCTION] of the parameter file, less its alignment keys.</summary>
public sealed record LinearParameters
{
    /// <summary>Reconstruction limit in 1/nm (key Limit): the wave holds no higher frequency.</summary>
    public double Limit { get; init; }

    /// <summary>Smallest |D| of the back-projection filter that is divided by (key Filtercutoff).</summary>
    public double FilterCutoff { get; init; } = 0.1;

    /// <summary>Whether the coherence envelopes are part of restoration and simulation (key Envelopes).</summary>
    public bool Envelopes { get; init; } = true;

    /// <summary>Number of linear iterations (key LinearIterations).</summary>
    public int Iterations { get; init; } = 20;

    /// <summary>Whether the iterations end early, once no displacement moves more than Alignmentprecision.</summary>
    public bool StopWhenAligned { get; init; }

    /// <summary>
    /// Hard band-pass of the filtered wave, in 1/nm (key Outputfilter); <see langword="null"/> means
    /// <see cref="ReconstructionParameters.EffectiveOutputFilter"/>.
    /// </summary>
    public FrequencyBand? OutputFilter { get; init; }

    /// <summary>Whether aligned frames are written (key Savealigned).</summary>
    public bool SaveAligned { get; init; }

    /// <summary>Whether every iteration's wave is written (key Saveintermediaterec).</summary>
    public bool SaveIntermediate { get; init; }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"limit {Limit:0.###} 1/nm, {Counted.Of(Iterations, "iteration")}, filter cutoff {FilterCutoff}, envelopes {(Envelopes ? "on" : "off")}");
}
