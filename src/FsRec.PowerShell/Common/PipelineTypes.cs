using System.Collections.Concurrent;
using System.Management.Automation;
using System.Reflection;

namespace FsRec.PowerShell;

/// <summary>What the pipeline of a cmdlet takes, found on its parameters, and which cmdlets make it.</summary>
internal sealed class PipelineTypes
{
    private static readonly ConcurrentDictionary<Type, PipelineTypes> Known = new();

    private readonly string _name;
    private readonly PropertyInfo[] _byValue;
    private readonly HashSet<string> _byName;

    private PipelineTypes(Type cmdlet)
    {
        CmdletAttribute named = cmdlet.GetCustomAttribute<CmdletAttribute>()!;
        _name = $"{named.VerbName}-{named.NounName}";
        PropertyInfo[] all = cmdlet.GetProperties();
        _byValue = [.. all.Where(static p => p.GetCustomAttributes<ParameterAttribute>().Any(static a => a.ValueFromPipeline))];
        Wanted = ObjectWords.Wanted(_byValue.Select(static p => Element(p.PropertyType)));
        _byName = new(
            all.Where(static p => p.GetCustomAttributes<ParameterAttribute>().Any(static a => a.ValueFromPipelineByPropertyName))
                .SelectMany(static p => (p.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []).Append(p.Name)),
            StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The objects of the module that the cmdlet takes, in the order of its parameters, the usual one first; empty where it takes none.</summary>
    public string Wanted { get; }

    /// <summary>Those of a cmdlet.</summary>
    /// <param name="cmdlet">Its class.</param>
    public static PipelineTypes Of(Type cmdlet) => Known.GetOrAdd(cmdlet, static type => new PipelineTypes(type));

    /// <summary>Why an object cannot be bound, in the words of a user; <see langword="null"/> where it may be, or where PowerShell's own words are as good.</summary>
    /// <param name="given">The object.</param>
    /// <param name="engine">What the parameters' own transformations are asked with.</param>
    public string? Problem(object? given, EngineIntrinsics engine)
    {
        object? plain = Unwrapped.Of(given);
        if (plain is null || Array.Exists(_byValue, p => Takes(p, given, engine)) || HasNamed(given))
        {
            return null;
        }

        return Wanted.Length == 0 ? null : $"{_name} takes {Wanted}; this is {ObjectWords.Of(plain)}.";
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

            // What PowerShell makes an object of the wanted type of, as of a table of its properties, goes on to it.
            return wanted.IsInstanceOfType(Unwrapped.Of(value)) || (!ObjectWords.IsOurs(Unwrapped.Of(value)) && LanguagePrimitives.TryConvertTo(value, wanted, out _));
        }
        catch (ArgumentTransformationMetadataException)
        {
            // It says itself what it misses.
            return true;
        }
    }

    private static Type Element(Type type) => type.IsArray ? type.GetElementType()! : type;
}
