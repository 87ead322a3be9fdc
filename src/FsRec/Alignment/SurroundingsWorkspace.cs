namespace FsRec.Alignment;

/// <summary>The memory one thread's <see cref="AreaSurroundings"/> writes to.</summary>
internal sealed class SurroundingsWorkspace(MovedImage image) : IDisposable
{
    /// <summary>The area with its surroundings, row-major.</summary>
    public float[] Pixels { get; } = new float[image.Transform.Rows * image.Transform.Columns];

    /// <summary>Memory for cutting the area out of them.</summary>
    public MovedImageWorkspace Image { get; } = image.CreateWorkspace();

    /// <inheritdoc />
    public void Dispose() => Image.Dispose();
}
