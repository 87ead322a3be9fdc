namespace FsRec.Formats.Export;

/// <summary>Puts the numbers of an image into memory.</summary>
/// <param name="frame">Number of the image, from 0.</param>
/// <param name="target">Where they go.</param>
internal delegate void ImageReader(int frame, Span<float> target);
