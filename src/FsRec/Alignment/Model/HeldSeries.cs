namespace FsRec.Alignment;

/// <summary>A series held against what its frames predict for one another.</summary>
/// <param name="LogLikelihood">Of all frames where they lie, each predicted from all others.</param>
/// <param name="Frames">Each frame where it was found.</param>
/// <param name="Places">Where each frame was found.</param>
/// <param name="Rivals">Other places that each frame might have; empty where none was looked for.</param>
/// <param name="Beyond">What the frames hold beyond the linear theory, if it was found.</param>
internal sealed record HeldSeries(
    double LogLikelihood,
    HeldFrame[] Frames,
    (double Dx, double Dy)[] Places,
    RivalPlace[][] Rivals,
    PointPairs[]? Beyond);
