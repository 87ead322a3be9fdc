using System.Numerics;

namespace FsRec.Comparison;

/// <summary>Sums over the central part of two waves within the band.</summary>
/// <param name="Wave">Σ |w|².</param>
/// <param name="Truth">Σ |t|².</param>
/// <param name="Difference">Σ |w − t|².</param>
/// <param name="Cross">Σ w t*.</param>
internal readonly record struct BandSums(double Wave, double Truth, double Difference, Complex Cross);
