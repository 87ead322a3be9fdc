using Xunit.v3;

namespace FsRec.Tests.Widths;

/// <summary>
/// Has a test, or all of a class, run once more at every width of register that the runtime can be made to use: <see cref="WidthTests"/> runs
/// them in a process for each.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class EveryWidthAttribute : Attribute, ITraitAttribute
{
    /// <summary>The trait that chooses the tests, as the runner's command line names it.</summary>
    public const string Trait = "Width=every";

    /// <inheritdoc />
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Width", "every")];
}
