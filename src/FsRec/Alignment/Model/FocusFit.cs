namespace FsRec.Alignment;

/// <summary>How a frame fits what the others predict for it at a focus.</summary>
/// <param name="Focus">The focus in nm.</param>
/// <param name="Place">Where the frame lies best then.</param>
/// <param name="Held">The frame there against its forecast.</param>
/// <param name="LogLikelihood">Log-likelihood of frame and place.</param>
/// <param name="Beyond">What its image holds beyond the linear theory; <see langword="null"/> where that is not taken off.</param>
internal sealed record FocusFit(double Focus, (double Dx, double Dy) Place, HeldFrame Held, double LogLikelihood, PointPairs? Beyond);
