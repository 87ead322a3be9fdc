using FsRec.Fourier;

namespace FsRec.Optics;

/// <summary>The memory one thread's image simulation writes to.</summary>
internal sealed class ImageWorkspace(ComplexPlane plane, FourierScratch columns, ComplexPlane lines, FourierScratch scratch) : IDisposable
{
    /// <summary>The image wave with its rows still in Fourier space; what lies beyond the band's columns stays zero.</summary>
    public ComplexPlane Plane => plane;

    /// <summary>Scratch of the column transforms.</summary>
    public FourierScratch Columns => columns;

    /// <summary>Some rows of the image wave.</summary>
    public ComplexPlane Lines => lines;

    /// <summary>Scratch of the row transforms.</summary>
    public FourierScratch Scratch => scratch;

    /// <inheritdoc />
    public void Dispose()
    {
        plane.Dispose();
        columns.Dispose();
        lines.Dispose();
        scratch.Dispose();
    }
}
