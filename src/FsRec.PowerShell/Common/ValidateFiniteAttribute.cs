using System.Globalization;
using System.Management.Automation;

namespace FsRec.PowerShell;

/// <summary>Numbers that are finite, with no other bounds; the message names the unit.</summary>
/// <param name="unit">Unit of the number; empty when it has none.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateFiniteAttribute(string unit = "") : ValidateArgumentsAttribute
{
    /// <summary>Unit of the number.</summary>
    public string Unit => unit;

    /// <summary>Whether two numbers are the ends of a range, the smaller one first.</summary>
    public bool IsRange { get; init; }

    /// <inheritdoc />
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        double[] numbers = [.. Overrides.Items(new[] { arguments }).OfType<IConvertible>().Select(static number => Convert.ToDouble(number, CultureInfo.InvariantCulture))];
        if (!Array.TrueForAll(numbers, double.IsFinite) || (IsRange && !(numbers.Length == 2 && numbers[0] < numbers[1])))
        {
            string expected = IsRange ? "two finite numbers, the smaller one first" : numbers.Length > 1 ? "finite numbers" : "a finite number";
            throw new ValidationMetadataException($"Found {Overrides.Text(arguments)}; expected {expected}{(unit.Length > 0 ? $", in {unit}" : "")}.");
        }
    }
}
