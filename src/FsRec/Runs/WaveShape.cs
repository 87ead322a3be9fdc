using FsRec.Parameters;

namespace FsRec.Runs;

/// <summary>Shape and scale of a wave in PyFSRec's format, which has no header, by the record of the run that left it.</summary>
public static class WaveShape
{
    private const string RecordEnding = "_run.json";

    /// <summary>Shape and scale by a <c>_run.json</c> beside a wave that names it.</summary>
    /// <param name="wave">The wave's file.</param>
    /// <returns>Shape and scale; <see langword="null"/> where no record names the file, or one of another length.</returns>
    public static Calibration? Beside(string wave)
    {
        string name = Path.GetFileName(wave);
        if (Path.GetDirectoryName(Path.GetFullPath(wave)) is not { } folder || !Directory.Exists(folder))
        {
            return null;
        }

        // A record's files begin with the name that it does.
        foreach (string record in Directory.EnumerateFiles(folder, "*" + RecordEnding).Order(StringComparer.Ordinal))
        {
            string baseName = Path.GetFileName(record)[..^RecordEnding.Length];
            if (name.StartsWith(baseName, StringComparison.Ordinal)
                && RunRecordFile.Read(new OutputFiles(folder, baseName)) is { } run
                && run.Files.TryGetValue(name, out FileRecord? file)
                && file.Bytes == FileStamp.Of(wave).Bytes
                && Of(run) is { } calibration)
            {
                return calibration;
            }
        }

        return null;
    }

    private static Calibration? Of(RunRecord run)
    {
        var parameters = new ReconstructionParameters();
        foreach (string key in (string[])["Dimensions", "Sampling"])
        {
            if (!run.Parameters.TryGetValue(key, out RecordedParameter? value) || !ParameterKeys.Find(key)!.TryRead(value.Value, parameters, out ReconstructionParameters? read, out _))
            {
                return null;
            }

            parameters = read;
        }

        return parameters.Image.Calibration;
    }
}
