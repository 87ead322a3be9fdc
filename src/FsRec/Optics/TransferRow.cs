namespace FsRec.Optics;

/// <summary>t and E of one frame along a row of a band, kx from 0; memory that is used again row after row.</summary>
internal sealed class TransferRow(int length)
{
    /// <summary>Re t.</summary>
    public double[] Cos { get; } = new double[length];

    /// <summary>Im t.</summary>
    public double[] Sin { get; } = new double[length];

    /// <summary>E.</summary>
    public double[] Envelope { get; } = new double[length];

    /// <summary>Fills the row.</summary>
    /// <param name="g2">g² at each kx in 1/nm²; a multiple of 8 of them.</param>
    /// <param name="function">The frame's transfer function.</param>
    public void Fill(ReadOnlySpan<double> g2, TransferFunction function) => function.Fill(g2, Cos, Sin, Envelope);
}
