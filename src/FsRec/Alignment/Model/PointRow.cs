namespace FsRec.Alignment;

/// <summary>The points of one row number of an alignment: neighbours, of neighbouring column numbers.</summary>
/// <param name="First">The first point.</param>
/// <param name="Count">How many.</param>
/// <param name="Kx">Column number of the first, 0 or 1.</param>
internal readonly record struct PointRow(int First, int Count, int Kx);
