namespace FsRec.Tests.Formats.Images;

/// <summary>
/// Real files of microscopes, which are not part of the repository: looked for in a folder <c>shared/data/formats</c> beside it, or where
/// FSREC_FORMAT_DATA says.
/// </summary>
internal static class SharedFiles
{
    public static string? Folder { get; } = Find();

    /// <summary>The folder; skips the test when there is none.</summary>
    public static string Require()
    {
        Assert.SkipUnless(Folder is not null, "The files of microscopes are not here (shared/data/formats beside the repository, or FSREC_FORMAT_DATA).");
        return Folder!;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("FSREC_FORMAT_DATA") is { Length: > 0 } named)
        {
            return named;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "data", "formats");
            if (File.Exists(Path.Combine(candidate, "expected.json")))
            {
                return candidate;
            }
        }

        return null;
    }
}
