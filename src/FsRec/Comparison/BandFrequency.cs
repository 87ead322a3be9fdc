namespace FsRec.Comparison;

/// <summary>A frequency within the band of a comparison.</summary>
/// <param name="Row">Row of the spectrum.</param>
/// <param name="Column">Column of the spectrum.</param>
/// <param name="Gy">Frequency along rows in 1/nm.</param>
/// <param name="Gx">Frequency along columns in 1/nm.</param>
/// <param name="G2">Squared frequency in 1/nm².</param>
internal readonly record struct BandFrequency(int Row, int Column, double Gy, double Gx, double G2);
