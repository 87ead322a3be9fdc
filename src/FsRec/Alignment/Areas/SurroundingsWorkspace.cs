namespace FsRec.Alignment;

/// <summary>The memory one thread's <see cref="AreaSurroundings"/> writes to.</summary>
internal abstract class SurroundingsWorkspace : IDisposable
{
    /// <inheritdoc />
    public abstract void Dispose();
}
