using FsRec.Fourier;

namespace FsRec.Optics;

/// <summary>The memory one thread's image simulation writes to.</summary>
internal sealed class ImageWorkspace(ComplexPlane plane, ColumnTile tile, ComplexPlane lines, FourierScratch scratch) : IDisposable
{
    /// <summary>The image wave with its rows still in Fourier space; what lies beyond the band's columns stays zero.</summary>
    public ComplexPlane Plane => plane;

    /// <summary>A block of columns of the image wave's spectrum; what lies beyond the band's rows stays zero.</summary>
    public ColumnTile Tile => tile;

    /// <summary>Some rows of the image wave.</summary>
    public ComplexPlane Lines => lines;

    /// <summary>Scratch of the row transforms.</summary>
    public FourierScratch Scratch => scratch;

    /// <inheritdoc />
    public void Dispose()
    {
        plane.Dispose();
        tile.Dispose();
        lines.Dispose();
        scratch.Dispose();
    }
}
