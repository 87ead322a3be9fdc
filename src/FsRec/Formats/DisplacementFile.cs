namespace FsRec.Formats;

/// <summary>The displacements of a series, <c>_dxy.csv</c>: image number, dx, dy, in pixels.</summary>
public static class DisplacementFile
{
    /// <summary>Reads displacements.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataException">The file is missing or malformed.</exception>
    public static IReadOnlyList<FrameDisplacement> Read(string path) =>
        [.. FrameTableFile.Read(path, "image number", "dx", "dy").Select(static r => new FrameDisplacement((int)r[0], r[1], r[2]))];

    /// <summary>Writes displacements, beside the file's place and renamed into it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="displacements">One a frame.</param>
    public static void Write(string path, IEnumerable<FrameDisplacement> displacements) =>
        FrameTableFile.Write(path, "Image displacements", displacements.Select(static d => new[] { d.ImageNumber, d.Dx, d.Dy }));
}
