namespace FsRec.Parameters;

/// <summary>
/// Whether INPUTFILENAME is the base name of numbered frames, as PyFSRec has it, or names what is in the folder itself: a file, a folder of files, or a pattern
/// with * and ?. Then the frames' number, shape and scale, their foci and the voltage may come from the files.
/// </summary>
internal static class InputFiles
{
    private static readonly string[] Suffixes =
        [".dm3", ".dm4", ".mrc", ".mrcs", ".st", ".map", ".tif", ".tiff", ".btf", ".emd", ".hspy", ".h5", ".hdf5", ".nxs", ".ser", ".npy", ".npz", ".png", ".mdoc"];

    /// <summary>Whether INPUTFILENAME names files. Numbered frames that are there come first; what is not there is told by its suffix.</summary>
    public static bool AreNamed(ReconstructionParameters parameters)
    {
        string name = parameters.Files.InputFileName;
        if (name.Length == 0)
        {
            return false;
        }

        if (IsPattern(name))
        {
            return true;
        }

        string path = Path.Combine(parameters.ResolvedInputPath, name);
        return !IsNumbered(parameters, path) && (File.Exists(path) || Directory.Exists(path) || Array.Exists(Suffixes, suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Whether a name has a character that stands for others.</summary>
    public static bool IsPattern(string name) => name.AsSpan().ContainsAny('*', '?');

    private static bool IsNumbered(ReconstructionParameters parameters, string path)
    {
        int first = parameters.Image.Range is [var selected, ..] ? selected : 0;
        return File.Exists(NumberedFiles.Name(path, first));
    }
}
