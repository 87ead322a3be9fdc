namespace FsRec.Parameters;

/// <summary>Parameters as keys with their values in the form of a parameter file, for files and processes that carry them.</summary>
internal static class KeyTexts
{
    /// <summary>The values of parameters. What is no value of its key, as the folder of a series in memory, is none that was given.</summary>
    public static Dictionary<string, string> Of(ReconstructionParameters parameters) => ParameterKeys.All
        .Select(key => (Key: key, Text: key.Print(parameters)))
        .Where(p => p.Text is not null && p.Key.TryRead(p.Text, parameters, out _, out _))
        .ToDictionary(static p => p.Key.Name, static p => p.Text!);

    /// <summary>The parameters of values.</summary>
    /// <param name="texts">The values.</param>
    /// <param name="baseDirectory">Folder to which relative paths refer.</param>
    /// <returns><see langword="null"/> where a key or a value is unknown.</returns>
    public static ReconstructionParameters? Read(IReadOnlyDictionary<string, string> texts, string? baseDirectory)
    {
        var parameters = new ReconstructionParameters { BaseDirectory = baseDirectory };
        foreach ((string name, string text) in texts)
        {
            if (ParameterKeys.Find(name) is not { } key || !key.TryRead(text, parameters, out ReconstructionParameters? read, out _))
            {
                return null;
            }

            parameters = read;
        }

        return parameters;
    }
}
