using System.Collections.Concurrent;
using System.Management.Automation;
using System.Reflection;
using FsRec.Focus;
using FsRec.Parameters;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.PowerShell;

/// <summary>What the pipeline of a cmdlet takes, found on its parameters, and which cmdlets make it.</summary>
internal sealed class PipelineTypes
{
    private static readonly ConcurrentDictionary<Type, PipelineTypes> Known = new();

    private static readonly (Type Type, string Words, string Makers)[] Words =
    [
        (typeof(Reconstruction), "a reconstruction", "Invoke-FsrReconstruction"),
        (typeof(ExitWave), "a wave", "Import-FsrWave"),
        (typeof(AlignedSeries), "an aligned series", "Invoke-FsrPrealignment"),
        (typeof(FocalSeries), "a focal series", "Import-FocalSeries"),
        (typeof(FocusStepAnalysis), "an analysis of foci", "Measure-FsrFocusStep"),
        (typeof(FrameDisplacement), "displacements", "Import-FsrDisplacement"),
        (typeof(FrameFocus), "foci", "Import-FsrFocus"),
        (typeof(RunRecord), "a run", "Invoke-FsrRun"),
        (typeof(ReconstructionParameters), "parameters", "Import-FsrParameter"),
    ];

    private readonly string _name;
    private readonly PropertyInfo[] _byValue;
    private readonly HashSet<string> _byName;

    private PipelineTypes(Type cmdlet)
    {
        CmdletAttribute named = cmdlet.GetCustomAttribute<CmdletAttribute>()!;
        _name = $"{named.VerbName}-{named.NounName}";
        PropertyInfo[] all = cmdlet.GetProperties();
        _byValue = [.. all.Where(static p => p.GetCustomAttributes<ParameterAttribute>().Any(static a => a.ValueFromPipeline))];
        _byName = new(
            all.Where(static p => p.GetCustomAttributes<ParameterAttribute>().Any(static a => a.ValueFromPipelineByPropertyName))
                .SelectMany(static p => (p.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []).Append(p.Name)),
            StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Those of a cmdlet.</summary>
    /// <param name="cmdlet">Its class.</param>
    public static PipelineTypes Of(Type cmdlet) => Known.GetOrAdd(cmdlet, static type => new PipelineTypes(type));

    /// <summary>Why an object cannot be bound, in the words of a user; <see langword="null"/> where it may be, or where PowerShell's own words are as good.</summary>
    /// <param name="given">The object.</param>
    /// <param name="engine">What the parameters' own transformations are asked with.</param>
    public string? Problem(object? given, EngineIntrinsics engine)
    {
        object? plain = Plain(given);
        bool isOurs = plain?.GetType().Namespace is { } space && (space == "FsRec" || space.StartsWith("FsRec.", StringComparison.Ordinal));
        if (!(isOurs || plain is string or FileSystemInfo) || Array.Exists(_byValue, p => Takes(p, given, engine)) || HasNamed(given))
        {
            return null;
        }

        // In the order of the parameters, the usual one first.
        string[] words = [.. _byValue.SelectMany(static p => Words.Where(w => w.Type == Element(p.PropertyType))).Select(static w => $"{w.Words}, of {w.Makers}").Distinct()];
        return words.Length == 0 ? null : $"{_name} takes {string.Join(", or ", words)}; this is {What(plain!)}.";
    }

    // A property of a parameter's name is bound to it.
    private bool HasNamed(object? given) => PSObject.AsPSObject(given).Properties.Any(p => _byName.Contains(p.Name));

    private static bool Takes(PropertyInfo parameter, object? given, EngineIntrinsics engine)
    {
        Type wanted = Element(parameter.PropertyType);
        if (wanted == typeof(string) || wanted == typeof(object) || wanted == typeof(PSObject))
        {
            return true;
        }

        try
        {
            object? value = given;
            foreach (ArgumentTransformationAttribute attribute in parameter.GetCustomAttributes<ArgumentTransformationAttribute>().Where(static a => a is not PipelineArgumentAttribute))
            {
                value = attribute.Transform(engine, value!);
            }

            return wanted.IsInstanceOfType(Plain(value));
        }
        catch (ArgumentTransformationMetadataException)
        {
            // It says itself what it misses.
            return true;
        }
    }

    private static string What(object given) => given switch
    {
        string text => $"the text '{text}'",
        FileSystemInfo file => $"the file '{file.Name}'",
        _ => Words.FirstOrDefault(w => w.Type.IsInstanceOfType(given)).Words ?? $"an object of the type {given.GetType().Name}",
    };

    private static Type Element(Type type) => type.IsArray ? type.GetElementType()! : type;

    private static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
