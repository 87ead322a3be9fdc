namespace FsRec.Parameters;

/// <summary>
/// The parameter file (PRM) of PyFSRec: sections in brackets, one <c>key=value</c> a line, comments behind # or ;.
/// Folders in it may be relative to the file's own folder; ~ is not expanded.
/// </summary>
public static class ParameterFile
{
    /// <summary>Reads a file and says everything that is wrong or doubtful about it at once.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The parameters, or none, and the findings; a file that cannot be read is a finding too.</returns>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static ParameterFileResult Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        FindingList findings = new(path);
        if (ParameterFileText.Read(path, findings) is not { } text)
        {
            return new(null, findings.Sorted());
        }

        return ParameterReader.Read(text, findings, Path.GetFullPath(path));
    }

    /// <summary>Reads a parameter file's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="sourceName">Name for the findings; <see langword="null"/> for none.</param>
    /// <returns>The parameters, or none, and the findings.</returns>
    public static ParameterFileResult Parse(string text, string? sourceName = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        FindingList findings = new(sourceName);
        return ParameterFileText.Check(text, findings)
            ? ParameterReader.Read(text, findings)
            : new(null, findings.Sorted());
    }

    /// <summary>Reads a file without errors; warnings are not shown.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The parameters.</returns>
    /// <exception cref="ParameterException">The file has errors; all of them are listed.</exception>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static ReconstructionParameters Read(string path) => Load(path).GetParameters();

    /// <summary>Writes parameters as a commented parameter file's text, which reads back to the same.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <returns>The text, with line feeds.</returns>
    /// <exception cref="ParameterException">A text holds control characters, which no line can.</exception>
    public static string Format(ReconstructionParameters parameters) => ParameterFormatter.Format(parameters);

    /// <summary>
    /// Writes a commented parameter file, beside the target first and then in its place. Relative folders stay as they
    /// are when the file lies in the folder that they are relative to, and are written in full elsewhere.
    /// </summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="path">The file; one that is there is replaced, a missing folder is made.</param>
    /// <exception cref="ParameterException">A text holds control characters, which no line can.</exception>
    /// <exception cref="FsRecException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static void Write(ReconstructionParameters parameters, string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string target = Path.GetFullPath(path);
        string text = Format(RelativeFolder.Rebase(parameters, Path.GetDirectoryName(target)));
        AtomicFile.WriteText(target, writer => writer.Write(text));
    }
}
