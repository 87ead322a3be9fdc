namespace FsRec.Fourier;

/// <summary>What of its lines a transform can spare itself.</summary>
/// <param name="FromHalf">The elements from half the length on are zero; a transform that can do without does not read them.</param>
/// <param name="Selects">Each call says which outputs it wants; the others may be left unwritten.</param>
internal readonly record struct LinePart(bool FromHalf, bool Selects);
