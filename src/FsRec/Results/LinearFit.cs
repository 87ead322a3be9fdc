namespace FsRec.Results;

/// <summary>How a wave of the linear iterations fits the frames inside the reference area, after the alignment filter.</summary>
/// <param name="ResidualRms">Root mean square difference of simulated and measured frames.</param>
/// <param name="ContrastRms">Root mean square of the measured frames about their mean.</param>
/// <param name="NoiseRms">Root mean square of what of that is noise, by the frames' highest frequencies.</param>
public sealed record LinearFit(double ResidualRms, double ContrastRms, double NoiseRms)
{
    // Less than this share of the contrast's power above its noise tells nothing of the fit.
    private const double LeastSignal = 0.05;

    /// <summary>Share of the frames' power above their noise that the wave does not explain: 0 all explained, 1 nothing; NaN where there is hardly any.</summary>
    public double Unexplained
    {
        get
        {
            double noise = NoiseRms * NoiseRms;
            double signal = (ContrastRms * ContrastRms) - noise;
            return signal > LeastSignal * noise ? UnexplainedPower / signal : double.NaN;
        }
    }

    /// <summary>What the wave leaves of the frames' power above their noise, in units of their squared mean.</summary>
    internal double UnexplainedPower => Math.Max(0, (ResidualRms * ResidualRms) - (NoiseRms * NoiseRms));

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"residual {ResidualRms:0.0000}, contrast {ContrastRms:0.0000}, noise {NoiseRms:0.0000}");
}
