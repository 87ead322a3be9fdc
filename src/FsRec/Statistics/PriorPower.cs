namespace FsRec.Statistics;

/// <summary>The powers that amplitude a and phase p of a specimen are expected to have at a frequency, of unitary transforms.</summary>
/// <param name="Amplitude">S_a = ⟨|a|²⟩.</param>
/// <param name="Phase">S_p = ⟨|p|²⟩.</param>
internal readonly record struct PriorPower(double Amplitude, double Phase)
{
    /// <summary>
    /// S_ap = ⟨Re a*p⟩: atoms of one kind change amplitude and phase alike, so that the one tells of the other. 0 where they are taken to be
    /// independent; its square is less than S_a·S_p.
    /// </summary>
    public double Common { get; init; }
}
