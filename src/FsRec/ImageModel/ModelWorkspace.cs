using FsRec.Fourier;

namespace FsRec.ImageModel;

/// <summary>The memory one thread's evaluation of a frame is made in.</summary>
internal sealed class ModelWorkspace(ModelGrid grid, double wavelength, int planes, bool step, BlockedTransform transform, ModelBlur blur) : IDisposable
{
    /// <summary>Displacement and step of focus of the frame.</summary>
    public SeparableFactor Factor { get; } = new(grid.Band, wavelength);

    /// <summary>The image wave of each node, then those of the cross terms.</summary>
    public BlockedPlane[] Planes { get; } = BlockedPlane.Many(planes, grid.Plane.Rows, grid.Plane.Columns);

    /// <summary>The frame's transfer function.</summary>
    public BlockedPlane? Transfer { get; set; }

    /// <summary>Where a transfer function is made that is not in the tables.</summary>
    public BlockedPlane? Stepped { get; } = step ? new BlockedPlane(grid.Band.Rows, grid.Band.Columns) : null;

    /// <summary>A block of columns: of the wave behind the lens, or of the gradient by it.</summary>
    public AlignedBuffer Lens { get; } = new(grid.Band.Rows * (long)ComplexPlane.BlockFloats);

    /// <summary>A block of columns of the slopes of the cross terms.</summary>
    public AlignedBuffer Slopes { get; } = new(grid.Band.Rows * (long)ComplexPlane.BlockFloats);

    /// <summary>A block of columns of a plane.</summary>
    public AlignedBuffer Columns { get; } = new(grid.Plane.Rows * (long)ComplexPlane.BlockFloats);

    /// <summary>Scratch of the complex transforms.</summary>
    public FourierScratch Scratch { get; } = transform.CreateScratch();

    /// <summary>Scratch of the blur.</summary>
    public BlurScratch Blur { get; } = blur.CreateScratch();

    /// <summary>The intensity on the grid, then the weighted residual.</summary>
    public AlignedBuffer Image { get; } = new(grid.Plane.PixelCount);

    /// <summary>The model's image of the frame for those who keep it.</summary>
    public float[] Model { get; } = new float[grid.Frame.PixelCount];

    /// <summary>Sums of the band's columns, padded to whole blocks.</summary>
    public double[] ColumnSums { get; } = new double[3 * ComplexPlane.BlocksOf(grid.Band.Columns) * ComplexPlane.Lanes];

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (IDisposable item in Planes.Concat<IDisposable>([Factor, Lens, Slopes, Columns, Scratch, Blur, Image]))
        {
            item.Dispose();
        }

        Stepped?.Dispose();
    }
}
