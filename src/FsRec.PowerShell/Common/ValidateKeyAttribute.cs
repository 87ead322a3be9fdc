using System.Management.Automation;
using FsRec.Parameters;

namespace FsRec.PowerShell;

/// <summary>Checks an argument by the rules of a key; the message names what was found, the bounds and the unit.</summary>
/// <param name="key">Name of the key.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateKeyAttribute(string key) : ValidateArgumentsAttribute
{
    /// <summary>Name of the key.</summary>
    public string Key => key;

    /// <inheritdoc />
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        ParameterKey known = ParameterKeys.Find(key)!;
        if (!known.TryRead(Overrides.Text(arguments), new ReconstructionParameters(), out _, out ParameterFinding? finding))
        {
            throw new ValidationMetadataException(finding.Message);
        }
    }
}
