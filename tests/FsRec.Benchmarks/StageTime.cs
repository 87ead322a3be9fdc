namespace FsRec.Benchmarks;

/// <summary>CPU time of a stage.</summary>
/// <param name="Name">The stage.</param>
/// <param name="Milliseconds">Of one frame.</param>
/// <param name="Planes">Planes that it was made for.</param>
internal readonly record struct StageTime(string Name, double Milliseconds, int Planes);
