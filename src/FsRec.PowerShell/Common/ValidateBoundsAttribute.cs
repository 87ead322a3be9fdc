using System.Globalization;
using System.Management.Automation;
using FsRec.Parameters;

namespace FsRec.PowerShell;

/// <summary>Numbers inside bounds, like ValidateRange; the message names the unit as well.</summary>
/// <param name="minimum">The smallest number.</param>
/// <param name="maximum">The largest number; infinite when there is none.</param>
/// <param name="unit">Unit of the number; empty when it has none.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateBoundsAttribute(double minimum, double maximum, string unit = "") : ValidateEnumeratedArgumentsAttribute
{
    private readonly NumberBounds _bounds = new(minimum, maximum);

    /// <summary>The smallest number.</summary>
    public double Minimum => minimum;

    /// <summary>The largest number.</summary>
    public double Maximum => maximum;

    /// <summary>Unit of the number.</summary>
    public string Unit => unit;

    /// <summary>Whether <see cref="Minimum"/> itself is too small.</summary>
    public bool IsMinimumExcluded
    {
        get => _bounds.IsMinimumExcluded;
        init => _bounds = new(minimum, maximum, value);
    }

    /// <inheritdoc />
    protected override void ValidateElement(object element)
    {
        object number = Unwrapped.Of(element);
        if (number is not IConvertible || !_bounds.Contains(Convert.ToDouble(number, CultureInfo.InvariantCulture)))
        {
            throw new ValidationMetadataException(
                $"Found {Overrides.Text(element)}; expected a number {_bounds}{(unit.Length > 0 ? " " + unit : "")}.");
        }
    }
}
