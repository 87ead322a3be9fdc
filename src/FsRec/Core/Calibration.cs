namespace FsRec;

/// <summary>
/// Shape and scale of a frame. Rows are the slow axis of the file, columns the fast one; pixels need not be square.
/// </summary>
/// <param name="Rows">Rows of a frame, in pixels.</param>
/// <param name="Columns">Columns of a frame, in pixels.</param>
/// <param name="RowSampling">Distance of two rows in nm.</param>
/// <param name="ColumnSampling">Distance of two columns in nm.</param>
public sealed record Calibration(int Rows, int Columns, double RowSampling, double ColumnSampling)
{
    /// <summary>Pixels of a frame.</summary>
    public int PixelCount => checked(Rows * Columns);

    /// <summary>Highest frequency both axes can carry, in 1/nm: half of the coarser axis's sampling rate.</summary>
    public double Nyquist => 0.5 / Math.Max(RowSampling, ColumnSampling);

    /// <inheritdoc />
    public override string ToString() =>
        FormattableString.Invariant($"{Rows}×{Columns} px of {RowSampling:0.#####}×{ColumnSampling:0.#####} nm");
}
