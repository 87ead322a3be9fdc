using System.Text;

namespace FsRec.Parameters;

/// <summary>A parameter file's bytes as text.</summary>
internal static class ParameterFileText
{
    // A list of a focus an image for the longest series fits many times; an image given by mistake does not.
    private const long MostBytes = 4 * 1024 * 1024;

    /// <summary>The text of a file; <see langword="null"/> and a finding when there is none.</summary>
    public static string? Read(string path, FindingList findings)
    {
        try
        {
            if (Directory.Exists(path))
            {
                findings.Error(null, null, "a folder", "a parameter file", "Name the file in it.");
                return null;
            }

            if (!File.Exists(path))
            {
                findings.Error(null, null, "no such file", "a parameter file");
                return null;
            }

            long length = RegularFile.Length(path);
            if (length == 0)
            {
                findings.Error(null, null, "an empty file, or a pipe or device", "a parameter file with sections and key=value lines");
                return null;
            }

            if (length > MostBytes)
            {
                findings.Error(null, null, "a file of more than 4 MiB", "a parameter file", "Is it an image?");
                return null;
            }

            string text = Decode(File.ReadAllBytes(path), findings);
            return Check(text, findings) ? text : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            findings.Error(
                null, null, $"a file that cannot be read ({error.Message.TrimEnd('.')})", "a parameter file");
            return null;
        }
    }

    /// <summary>Whether a text may be a parameter file's; a finding when it may not.</summary>
    public static bool Check(string text, FindingList findings)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            findings.Error(null, null, "binary data", "a parameter file, which is text", "Is it an image or a wave?");
            return false;
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            findings.Error(null, null, "an empty file", "a parameter file with sections and key=value lines");
            return false;
        }

        return true;
    }

    private static string Decode(byte[] bytes, FindingList findings)
    {
        Encoding strict = new UTF8Encoding(false, true);
        try
        {
            // A byte order mark decides, as Windows editors write it for UTF-16 too.
            using StreamReader reader = new(new MemoryStream(bytes), strict, true);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            if (!bytes.Contains((byte)0))
            {
                findings.Warn(
                    null,
                    null,
                    "characters that are not UTF-8",
                    "UTF-8",
                    "They are read as Latin-1; look at names with accents.");
            }

            return Encoding.Latin1.GetString(bytes);
        }
    }
}
