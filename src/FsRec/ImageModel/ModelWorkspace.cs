using FsRec.Fourier;

namespace FsRec.ImageModel;

/// <summary>The memory one thread's evaluation of a frame is made in.</summary>
internal sealed class ModelWorkspace(ModelGrid grid, double wavelength, int nodes, int planes, bool step, BlockedTransform transform, RealFilter filter) : IDisposable
{
    /// <summary>Displacement and focus of each node.</summary>
    public SeparableFactor[] Factors { get; } = [.. Enumerable.Range(0, nodes).Select(_ => new SeparableFactor(grid.Band, wavelength))];

    /// <summary>The image wave of each node, then those of the cross terms.</summary>
    public BlockedPlane[] Planes { get; } = BlockedPlane.Many(planes, grid.Plane.Rows, grid.Plane.Columns);

    /// <summary>The frame's transfer function.</summary>
    public BlockedPlane? Transfer { get; set; }

    /// <summary>Where a transfer function is made that is not in the tables.</summary>
    public BlockedPlane? Stepped { get; } = step ? new BlockedPlane(grid.Band.Rows, grid.Band.Columns) : null;

    /// <summary>A block of columns: of the wave behind the lens, or of the gradient by it.</summary>
    public AlignedBuffer Lens { get; } = new(grid.Band.Rows * (long)ComplexPlane.BlockFloats);

    /// <summary>A block of columns of a plane.</summary>
    public AlignedBuffer Columns { get; } = new(grid.Plane.Rows * (long)ComplexPlane.BlockFloats);

    /// <summary>Scratch of the complex transforms.</summary>
    public FourierScratch Scratch { get; } = transform.CreateScratch();

    /// <summary>Scratch of the blur.</summary>
    public RealFilterScratch Blur { get; } = filter.CreateScratch();

    /// <summary>An intensity on the grid.</summary>
    public AlignedBuffer Image { get; } = new(grid.Plane.PixelCount);

    /// <summary>Weighted residual on the grid; 0 outside of the frame.</summary>
    public AlignedBuffer Residual { get; } = new(grid.Plane.PixelCount);

    /// <summary>The model's image of the frame.</summary>
    public float[] Model { get; } = new float[grid.Frame.PixelCount];

    /// <summary>Sums of the band's columns, padded to whole blocks.</summary>
    public double[] ColumnSums { get; } = new double[3 * ComplexPlane.BlocksOf(grid.Band.Columns) * ComplexPlane.Lanes];

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (IDisposable item in Factors.Concat<IDisposable>(Planes).Concat([Lens, Columns, Scratch, Blur, Image, Residual]))
        {
            item.Dispose();
        }

        Stepped?.Dispose();
    }
}
