namespace FsRec;

/// <summary>Files of JSON lines that are added to.</summary>
internal static class JsonLines
{
    /// <summary>
    /// Looks at one before it is added to: a frame or a parameter file that is by mistake would be lost, and a device that is read has no end.
    /// </summary>
    /// <param name="path">The file, which need not be there.</param>
    /// <param name="what">What it is to be, as <c>log of events</c>.</param>
    /// <returns>Whether its last line is only a part of one, of a process that was killed.</returns>
    /// <exception cref="FsRecException">It is something else.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool IsTorn(string path, string what)
    {
        if (!File.Exists(path) || RegularFile.Length(path) == 0)
        {
            return false;
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        if (stream.ReadByte() != '{')
        {
            throw new FsRecException($"'{path}' is no {what}, whose lines begin with '{{'; nothing is added to it. Give another name.");
        }

        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte() != '\n';
    }
}
