namespace FsRec.Formats.Microscopes;

/// <summary>The content of a file of microscopes.</summary>
internal sealed record MicroscopeFile
{
    /// <summary>The microscopes.</summary>
    public IReadOnlyList<MicroscopePreset> Microscopes { get; init; } = [];
}
