using FsRec.Parameters;

namespace FsRec.Tests.Parameters;

/// <summary>A small sound parameter file whose lines tests replace; each key stands on a known line.</summary>
internal static class Prm
{
    private static readonly string[] Lines =
    [
        "[INPUT/OUTPUT]", // 1
        "INPUTPATH=/data/in/", // 2
        "INPUTFILENAME=frame_", // 3
        "NImages=10", // 4
        "OUTPUTPATH=/data/out/", // 5
        "OUTPUTFILENAME=wave", // 6
        "[IMAGEDATA]", // 7
        "Dimensions=[100,80]", // 8
        "Sampling=[0.05,0.04]", // 9
        "[OPTICS]", // 10
        "Voltage=300", // 11
        "C3=1000", // 12
        "Semiconvergence=0.1", // 13
        "Focusspread=4", // 14
        "Foci=[-90,0]", // 15
        "[RECONSTRUCTION]", // 16
        "Limit=5", // 17
    ];

    /// <summary>The file with some lines replaced by their key, and further lines behind it.</summary>
    public static string Text(params string[] changes)
    {
        List<string> lines = [.. Lines];
        foreach (string change in changes)
        {
            string key = change.Split('=')[0] + "=";
            int at = lines.FindIndex(line => line.StartsWith(key, StringComparison.Ordinal));
            if (at < 0)
            {
                lines.Add(change);
            }
            else
            {
                lines[at] = change;
            }
        }

        return string.Join('\n', lines);
    }

    /// <summary>The file without the line of a key, which is left blank.</summary>
    public static string Without(string key) => Text($"{key}=").Replace($"{key}=\n", "\n", StringComparison.Ordinal);

    public static ReconstructionParameters Read(params string[] changes) =>
        ParameterFile.Parse(Text(changes)).GetParameters();

    /// <summary>The only finding about a changed file.</summary>
    public static ParameterFinding Finding(params string[] changes) =>
        Assert.Single(ParameterFile.Parse(Text(changes), "test.fsr").Findings);

    /// <summary>The only finding about a changed file, which must be an error on a line.</summary>
    public static ParameterFinding Error(int line, string key, params string[] changes)
    {
        ParameterFinding finding = Finding(changes);
        Assert.Equal(
            (ParameterSeverity.Error, "test.fsr", line, key),
            (finding.Severity, finding.File, finding.Line, finding.Key));
        return finding;
    }

    /// <summary>The only finding about a changed file, which must be a warning on a line.</summary>
    public static ParameterFinding Warning(int line, string? key, params string[] changes)
    {
        ParameterFinding finding = Finding(changes);
        Assert.Equal((ParameterSeverity.Warning, line, key), (finding.Severity, finding.Line, finding.Key));
        return finding;
    }
}
