using System.Text.Json;
using FsRec.Parameters;

namespace FsRec.Formats.Microscopes;

/// <summary>
/// The microscopes that are known by name: those that come with the program, then those of a facility's and of a user's own file, which replace
/// others of the same name.
/// </summary>
/// <remarks>
/// Own files are <c>fsrec/microscopes.json</c> in the system's and in the user's folder of application data, and what the environment variable
/// FSREC_MICROSCOPES names. They look as <c>{ "microscopes": [ { "name": "ours", "voltage": 300, "c3": -8000, "c5": 0,
/// "semiconvergence": 0.2, "focusSpread": 4, "imageSpread": 20, "origin": "measured in May" } ] }</c>, with kV, nm, nm, mrad, nm, pm.
/// </remarks>
public static class MicroscopePresets
{
    private const string Variable = "FSREC_MICROSCOPES";

    /// <summary>The files of microscopes beside the program's own, whether they are there or not.</summary>
    public static IReadOnlyList<string> Files =>
    [
        .. new[] { Environment.SpecialFolder.CommonApplicationData, Environment.SpecialFolder.ApplicationData }
            .Select(static folder => Environment.GetFolderPath(folder)).Where(static folder => folder.Length > 0)
            .Select(static folder => Path.Combine(folder, "fsrec", "microscopes.json")),
        .. (Environment.GetEnvironmentVariable(Variable) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
    ];

    /// <summary>All microscopes, by name.</summary>
    /// <param name="more">A further file; <see langword="null"/> for none.</param>
    /// <exception cref="DataException">A file is damaged, or a file that is named is not there.</exception>
    public static IReadOnlyList<MicroscopePreset> All(string? more = null)
    {
        var presets = new SortedDictionary<string, MicroscopePreset>(StringComparer.OrdinalIgnoreCase);
        IEnumerable<string> files = more is null ? Files.Where(File.Exists) : Files.Where(File.Exists).Append(more);
        foreach (MicroscopePreset preset in BuiltIn().Concat(files.SelectMany(Read)))
        {
            presets[preset.Name] = preset;
        }

        return [.. presets.Values];
    }

    /// <summary>The microscope of a name.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <exception cref="ParameterException">There is none.</exception>
    public static MicroscopePreset Find(string name)
    {
        IReadOnlyList<MicroscopePreset> all = All();
        return all.FirstOrDefault(preset => preset.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw new ParameterException(Unknown(name, all));
    }

    /// <summary>What is said of a name that no microscope has: those that begin so, or the nearest.</summary>
    /// <param name="name">The name.</param>
    /// <param name="all">The microscopes that are known.</param>
    public static string Unknown(string name, IReadOnlyList<MicroscopePreset> all)
    {
        string given = name.Trim();
        string[] names = [.. all.Select(static preset => preset.Name)];
        string[] begin = given.Length == 0 ? [] : [.. names.Where(known => known.StartsWith(given, StringComparison.OrdinalIgnoreCase))];
        string near = begin.Length > 0 ? $" Names that begin so: {string.Join(", ", begin)}."
            : Spelling.Nearest(given, names) is { } nearest ? $" The nearest name is {nearest}."
            : "";
        return $"There is no microscope '{name}'.{near} Get-FsrMicroscope and fsrec microscopes list those that are known.";
    }

    /// <summary>Microscopes as a file of microscopes has them, with the file of each.</summary>
    /// <param name="presets">The microscopes.</param>
    public static string ToJson(IReadOnlyList<MicroscopePreset> presets) =>
        JsonSerializer.Serialize(new MicroscopeFile { Microscopes = presets }, MicroscopeJson.Indented.MicroscopeFile);

    /// <summary>What stands for any microscope of a voltage: the one of the nearest.</summary>
    /// <param name="voltage">The voltage in kV.</param>
    public static MicroscopePreset Generic(double voltage) =>
        All().Where(static preset => preset.IsGeneric).MinBy(preset => Math.Abs(Math.Log(preset.Voltage / voltage)))!;

    private static IReadOnlyList<MicroscopePreset> BuiltIn()
    {
        using Stream stream = typeof(MicroscopePresets).Assembly.GetManifestResourceStream("FsRec.microscopes.json")!;
        return JsonSerializer.Deserialize(stream, MicroscopeJson.Default.MicroscopeFile)!.Microscopes;
    }

    private static IEnumerable<MicroscopePreset> Read(string path)
    {
        MicroscopeFile? file;
        try
        {
            using FileStream stream = File.OpenRead(path);
            file = JsonSerializer.Deserialize(stream, MicroscopeJson.Default.MicroscopeFile);
        }
        catch (JsonException e)
        {
            throw new DataException($"The file of microscopes '{path}', line {(e.LineNumber ?? 0) + 1}: {e.Message} Expected {{ \"microscopes\": [ {{ \"name\": …, \"voltage\": …, \"c3\": …, … }} ] }}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"The file of microscopes '{path}' cannot be read: {e.Message}", e);
        }

        // What the file leaves out comes as nothing.
        foreach (MicroscopePreset? preset in file is { Microscopes: { } microscopes } ? microscopes : [])
        {
            if (preset is null)
            {
                throw new DataException($"The file of microscopes '{path}': found null in place of a microscope.");
            }

            if (preset.Name.Length == 0 || !(preset.Voltage > 0) || !(preset.FocusSpread >= 0) || !(preset.Semiconvergence >= 0) || !(preset.ImageSpread >= 0))
            {
                throw new DataException($"The file of microscopes '{path}': found '{preset.Name}' of {preset.Voltage} kV; expected a name, a voltage above 0 and spreads of 0 or more.");
            }

            yield return preset with { Source = path };
        }
    }
}
