namespace FsRec.Refinement;

/// <summary>Where a frame lies and how far its focus is from the one its transfer function was made for.</summary>
/// <param name="Dx">Displacement along columns in px.</param>
/// <param name="Dy">Displacement along rows in px.</param>
/// <param name="Dz">Defocus minus the tables' defocus, in nm.</param>
internal readonly record struct FrameState(double Dx, double Dy, double Dz);
