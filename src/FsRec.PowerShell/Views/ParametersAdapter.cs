using System.Collections.ObjectModel;
using System.Management.Automation;
using FsRec.Parameters;

namespace FsRec.PowerShell;

/// <summary>
/// Shows <see cref="ReconstructionParameters"/> to scripts with every key as a property, so that what a view calls Focusspread is <c>$p.Focusspread</c>. The keys are
/// those of the table; where the object has a property of a key's name, such as the group Restoration, this stands.
/// </summary>
public sealed class ParametersAdapter : ReadOnlyAdapter
{
    /// <inheritdoc />
    public override Collection<PSAdaptedProperty> GetProperties(object baseObject)
    {
        Collection<PSAdaptedProperty> properties = base.GetProperties(baseObject);
        HashSet<string> own = properties.Select(static property => property.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (ParameterKey key in ParameterKeys.All.Where(key => !own.Contains(key.Name)))
        {
            properties.Add(new PSAdaptedProperty(key.Name, key));
        }

        return properties;
    }

    /// <inheritdoc />
    public override PSAdaptedProperty? GetProperty(object baseObject, string propertyName) =>
        base.GetProperty(baseObject, propertyName)
        ?? (ParameterKeys.Find(propertyName) is { } key ? new PSAdaptedProperty(key.Name, key) : null);

    /// <inheritdoc />
    public override object? GetPropertyValue(PSAdaptedProperty adaptedProperty) =>
        adaptedProperty.Tag is ParameterKey key ? key.Value((ReconstructionParameters)adaptedProperty.BaseObject) : base.GetPropertyValue(adaptedProperty);

    /// <inheritdoc />
    public override string GetPropertyTypeName(PSAdaptedProperty adaptedProperty) =>
        adaptedProperty.Tag is ParameterKey key ? TypeOf(key.Kind).FullName! : base.GetPropertyTypeName(adaptedProperty);

    // Of a curve a file's name or numbers; of images their numbers, and not the ranges by which a parameter may give them.
    private static Type TypeOf(ParameterKind kind) => kind switch
    {
        ParameterKind.Curve => typeof(object),
        ParameterKind.ImageRange => typeof(int[]),
        _ => KeyParameters.TypeOf(kind),
    };
}
