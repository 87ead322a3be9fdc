namespace FsRec.Formats;

/// <summary>The refined foci of a series, <c>_foci.csv</c>: image number, defocus in nm.</summary>
public static class FocusFile
{
    /// <summary>Reads foci.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataException">The file is missing or malformed.</exception>
    public static IReadOnlyList<FrameFocus> Read(string path) =>
        [.. FrameTableFile.Read(path, "image number", "defocus").Select(static r => new FrameFocus((int)r[0], r[1]))];

    /// <summary>Writes foci, beside the file's place and renamed into it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="foci">One a frame.</param>
    public static void Write(string path, IEnumerable<FrameFocus> foci) =>
        FrameTableFile.Write(path, "Refined defocus values", foci.Select(static f => new[] { f.ImageNumber, f.Defocus }));
}
