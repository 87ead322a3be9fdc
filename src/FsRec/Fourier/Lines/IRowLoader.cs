namespace FsRec.Fourier;

/// <summary>Fills rows of a block of 16 columns on their way into a transform.</summary>
internal unsafe interface IRowLoader
{
    /// <summary>Fills neighbouring rows.</summary>
    /// <param name="row">The first row.</param>
    /// <param name="count">How many; none lies beyond the transform's rows.</param>
    /// <param name="target">Where they go: 16 real parts, 16 imaginary parts, the next row.</param>
    void Load(int row, int count, float* target);

    /// <summary>Fetches rows that <see cref="Load"/> will be asked for soon, from memory that the processor does not guess.</summary>
    /// <param name="row">The first row.</param>
    /// <param name="count">How many.</param>
    /// <param name="nextBlock">Whether they belong to the next block of columns.</param>
    void Fetch(int row, int count, bool nextBlock);
}
