namespace FsRec.Series;

/// <summary>Defective pixels of a frame.</summary>
/// <param name="Count">How many were replaced, or found where they are not to be.</param>
/// <param name="Power">What those that are left add to the frame: the mean over all pixels of the square by which they differ from the median about them, in units of the frame's squared mean.</param>
internal readonly record struct FrameDefects(int Count, double Power);
