namespace FsRec.ImageModel;

/// <summary>Takes the model's image of a frame.</summary>
/// <param name="frame">Position in the series, from 0.</param>
/// <param name="image">Intensity, row-major; valid during the call.</param>
internal delegate void SimulatedImage(int frame, ReadOnlySpan<float> image);
