using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace FsRec.PowerShell;

/// <summary>Takes an area as four numbers: its first row, first column, rows and columns.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AreaArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = Unwrapped.Of(inputData);
        if (value is null or ReferenceArea || value is string || value is not IEnumerable list)
        {
            return value;
        }

        try
        {
            int[] numbers = [.. list.Cast<object>().Select(static n => Convert.ToInt32(Unwrapped.Of(n), CultureInfo.InvariantCulture))];
            if (numbers.Length == 4)
            {
                return new ReferenceArea(numbers[0], numbers[1], numbers[2], numbers[3]);
            }
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException)
        {
            // Told below.
        }

        throw new ArgumentTransformationMetadataException("An area is four whole numbers: its first row, first column, rows and columns, as in 0, 0, 64, 64.");
    }
}
