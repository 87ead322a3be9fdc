using System.Collections;
using System.Management.Automation;
using FsRec.Parameters;

namespace FsRec.PowerShell;

/// <summary>
/// Takes what a parameter file would say where PowerShell expects its own: On and Off for a switch, <c>[0.5,4]</c> for a list; and
/// lists of lists as one list. A range that is typed as it is, <c>-60..60</c>, comes as a text: its ends are those of a ramp,
/// and of images the first and the last.
/// </summary>
/// <param name="kind">The form of the key's value.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KeyArgumentAttribute(ParameterKind kind) : ArgumentTransformationAttribute
{
    private static readonly string[] Yes = ["On", "Yes", "True", "1"];
    private static readonly string[] No = ["Off", "No", "False", "0"];

    /// <summary>The form of the key's value.</summary>
    public ParameterKind Kind => kind;

    /// <summary>The key, where the argument is the value of one.</summary>
    internal ParameterKey? Key { get; init; }

    /// <summary>Whether the last argument was nothing, $null: a switch that is given so is not given.</summary>
    internal bool IsNothing { get; private set; }

    /// <summary>Whether a word means Yes or No; <see langword="null"/> where it is none of those that a parameter file takes.</summary>
    /// <param name="word">The word.</param>
    public static bool? TruthOf(string word) =>
        // PowerShell itself reads True and False from no text but $true and $false.
        Yes.Contains(word.Trim(), StringComparer.OrdinalIgnoreCase) ? true
            : No.Contains(word.Trim(), StringComparer.OrdinalIgnoreCase) ? false
            : null;

    /// <inheritdoc />
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = Unwrapped.Of(inputData);
        RequireNumbers(value);
        IsNothing = kind == ParameterKind.Boolean && value is null;
        return (kind, value) switch
        {
            (ParameterKind.Boolean, null) => false,
            (ParameterKind.Boolean, string word) => TruthOf(word) ?? inputData,
            (ParameterKind.ImageRange, string text) when text.Split("..") is [var first, var last] => new object[] { $"[{first.Trim()},{last.Trim()}]" },
            (ParameterKind.ImageRange, string text) => new object[] { WithoutBrackets(text.Trim()) },
            (ParameterKind.Curve, null) => Overrides.NoCurve,
            (ParameterKind.Curve, FileSystemInfo file) => file.FullName,
            (ParameterKind.Curve, IEnumerable list and not string) => Overrides.Text(list),
            (ParameterKind.NumberList, string text) when text.Split("..") is [var first, var last] => new object[] { first, last },
            (_, string text) when IsList && (text.TrimStart().StartsWith('[') || text.Contains(',', StringComparison.Ordinal)) =>
                text.Trim().Trim('[', ']').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            (_, IEnumerable list and not string) when IsList => Overrides.Items(list).ToArray(),
            _ => inputData,
        };
    }

    // PowerShell would take the comma before decimals for one between thousands.
    private void RequireNumbers(object? value)
    {
        if (kind is ParameterKind.Number or ParameterKind.WholeNumber)
        {
            NumberArgumentAttribute.Require(value, isList: false, kind == ParameterKind.WholeNumber);
        }
        else if (IsNumberList && value is IEnumerable list and not string)
        {
            NumberArgumentAttribute.Require(list, isList: true, kind == ParameterKind.WholeNumberPair);
        }
        else if (IsList && kind != ParameterKind.ChoiceList && value is string text && text.Contains(',', StringComparison.Ordinal)
            && Key?.TryRead(text, new ReconstructionParameters(), out _, out ParameterFinding? finding) == false)
        {
            throw new ArgumentTransformationMetadataException(finding.Message);
        }
    }

    private bool IsList => KeyParameters.TypeOf(kind).IsArray;

    // The items of a range are numbers too, but ranges as a parameter file writes them, [0,9], beside.
    private bool IsNumberList => KeyParameters.TypeOf(kind) is var type && (type == typeof(int[]) || type == typeof(double[]));

    // The array that the text becomes is written with brackets of its own.
    private static string WithoutBrackets(string text) => text.StartsWith('[') && text.EndsWith(']') ? text[1..^1] : text;
}
