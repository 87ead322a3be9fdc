using System.Collections.ObjectModel;
using System.Management.Automation;
using FsRec.Parameters;

namespace FsRec.PowerShell;

/// <summary>Parameters of a cmdlet that stand for keys of the parameter file, made from the table of keys.</summary>
internal static class KeyParameters
{
    /// <summary>The keys that some stages look at.</summary>
    public static IEnumerable<ParameterKey> In(KeyStages stages) => ParameterKeys.All.Where(key => (key.Stages & stages) != 0);

    /// <summary>The parameters of the keys that some stages look at, each with type, completion, validation and help.</summary>
    /// <param name="stages">The stages.</param>
    /// <param name="call">The call that they are for.</param>
    public static RuntimeDefinedParameterDictionary Of(KeyStages stages, TypedCall call)
    {
        var parameters = new RuntimeDefinedParameterDictionary();
        foreach (ParameterKey key in In(stages))
        {
            // Named alone it means Yes, as any switch; but what stands behind it in a parameter file may stand behind it here as well, which PowerShell's switches have no place for.
            bool isSwitch = key.Kind == ParameterKind.Boolean && !call.HasTruthValue(key);
            parameters.Add(key.Name, Of(key, isSwitch ? typeof(SwitchParameter) : TypeOf(key.Kind)));
        }

        return parameters;
    }

    /// <summary>Meaning, unit and default of a key in one line.</summary>
    public static string Describe(ParameterKey key) =>
        key.Description + (key.Unit is null ? "" : $", in {key.Unit}") + (key.Default is null ? "" : $" [{key.Default.Trim('[', ']')}]");

    /// <summary>The type that PowerShell converts an argument to.</summary>
    public static Type TypeOf(ParameterKind kind) => kind switch
    {
        ParameterKind.Boolean => typeof(bool),
        ParameterKind.Number => typeof(double),
        ParameterKind.WholeNumber => typeof(int),
        ParameterKind.WholeNumberPair => typeof(int[]),
        ParameterKind.NumberPair or ParameterKind.Band or ParameterKind.NumberList => typeof(double[]),
        ParameterKind.ChoiceList => typeof(string[]),
        // Numbers, lists of them, and ranges as a parameter file writes them.
        ParameterKind.ImageRange => typeof(object[]),
        _ => typeof(string),
    };

    private static RuntimeDefinedParameter Of(ParameterKey key, Type type)
    {
        var attributes = new Collection<Attribute>
        {
            new ParameterAttribute { HelpMessage = Describe(key) },
            new KeyArgumentAttribute(key.Kind) { Key = key },
            new ValidateKeyAttribute(key.Name),
        };
        foreach (string alias in key.Aliases)
        {
            attributes.Add(new AliasAttribute(alias));
        }

        if (key.Choices.Count > 0)
        {
            attributes.Add(new ArgumentCompleterAttribute(typeof(ChoiceCompleter)));
        }

        return new RuntimeDefinedParameter(key.Name, type, attributes);
    }
}
