namespace FsRec.Formats.Export;

/// <summary>Images to be written: their shape and scale, and how each is had.</summary>
internal sealed record ImageContent
{
    /// <summary>Number of images.</summary>
    public required int Frames { get; init; }

    /// <summary>Shape and scale of one.</summary>
    public required Calibration Calibration { get; init; }

    /// <summary>Whether a pixel is two numbers, real and imaginary part.</summary>
    public bool IsComplex { get; init; }

    /// <summary>Puts an image's numbers into memory.</summary>
    public required ImageReader Read { get; init; }

    /// <summary>What each image is, such as amplitude; empty when they are frames.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>What made it.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>Voltage in kV; 0 when it is not known.</summary>
    public double Voltage => Provenance.Parameters?.Microscope.Voltage ?? 0;

    /// <summary>Numbers of one image.</summary>
    public int ValueCount => Calibration.PixelCount * (IsComplex ? 2 : 1);

    /// <summary>The images one after the other, in memory that is used again.</summary>
    public IEnumerable<(int Frame, float[] Values)> Images(CancellationToken cancellationToken)
    {
        var values = new float[ValueCount];
        for (int frame = 0; frame < Frames; frame++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Read(frame, values);
            yield return (frame, values);
        }
    }
}
