using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Reflection;

namespace FsRec.PowerShell;

/// <summary>
/// Shows properties of the library's objects, which are immutable, to scripts as what can be read only. PowerShell itself takes a property that C# sets
/// once, at the making of an object, for one that can be set at any time.
/// </summary>
public class ReadOnlyAdapter : PSPropertyAdapter
{
    /// <inheritdoc />
    public override Collection<PSAdaptedProperty> GetProperties(object baseObject) =>
        new([.. Readable(baseObject.GetType()).Select(static property => new PSAdaptedProperty(property.Name, property))]);

    /// <inheritdoc />
    public override PSAdaptedProperty? GetProperty(object baseObject, string propertyName) =>
        Readable(baseObject.GetType()).FirstOrDefault(property => property.Name.Equals(propertyName, StringComparison.OrdinalIgnoreCase)) is { } found
            ? new PSAdaptedProperty(found.Name, found)
            : null;

    /// <inheritdoc />
    public override object? GetPropertyValue(PSAdaptedProperty adaptedProperty) => Of(adaptedProperty).GetValue(adaptedProperty.BaseObject);

    /// <inheritdoc />
    public override string GetPropertyTypeName(PSAdaptedProperty adaptedProperty) => Of(adaptedProperty).PropertyType.FullName ?? Of(adaptedProperty).PropertyType.Name;

    /// <inheritdoc />
    public override bool IsGettable(PSAdaptedProperty adaptedProperty) => true;

    /// <inheritdoc />
    public override bool IsSettable(PSAdaptedProperty adaptedProperty) => false;

    /// <inheritdoc />
    public override void SetPropertyValue(PSAdaptedProperty adaptedProperty, object value) => throw new SetValueException(
        $"{adaptedProperty.Name} cannot be set: objects of FsRec do not change. Cmdlets make new ones, with other values by -Set or by name.");

    private static PropertyInfo Of(PSAdaptedProperty property) => (PropertyInfo)property.Tag;

    private static IEnumerable<PropertyInfo> Readable(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(static property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0 && !property.PropertyType.IsByRefLike);
}
