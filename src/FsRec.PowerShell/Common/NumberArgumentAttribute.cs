using System.Management.Automation;
using FsRec.Parameters;

namespace FsRec.PowerShell;

/// <summary>
/// Refuses numbers whose decimals stand behind a comma: PowerShell takes 0,045 in quotation marks for 45, as if the comma stood between thousands, and without them for two numbers.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class NumberArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether several numbers are expected.</summary>
    public bool IsList { get; init; }

    /// <summary>Whether numbers are whole.</summary>
    public bool IsWhole { get; init; }

    /// <inheritdoc />
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        Require(inputData, IsList, IsWhole);
        return inputData;
    }

    /// <summary>Refuses texts with decimals behind a comma, or with commas that would be read as thousands, and two numbers where one is expected.</summary>
    /// <param name="value">What is given.</param>
    /// <param name="isList">Whether several numbers are expected.</param>
    /// <param name="isWhole">Whether they are whole.</param>
    /// <exception cref="ArgumentTransformationMetadataException">It is such.</exception>
    internal static void Require(object? value, bool isList, bool isWhole)
    {
        object?[] items = [.. Overrides.Items(new[] { value })];
        string kind = isWhole ? "whole number" : "number";
        if (!isList && items.Length == 2)
        {
            throw new ArgumentTransformationMetadataException(
                $"Found {Overrides.Text(items[0])},{Overrides.Text(items[1])}; expected one {kind}{(isWhole ? "" : ", with a decimal point where it has decimals")}.");
        }

        foreach (string text in items.OfType<string>().Where(static text => text.Contains(',', StringComparison.Ordinal)))
        {
            string? meant = isWhole ? null : ParameterText.WithPoint(text);
            throw new ArgumentTransformationMetadataException($"Found '{text}'; expected a {kind} {(meant is null ? "without commas" : $"with a decimal point, as in {meant}")}.");
        }
    }
}
