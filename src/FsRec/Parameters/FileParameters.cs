namespace FsRec.Parameters;

/// <summary>Section [INPUT/OUTPUT] of the parameter file: where frames come from and where results go.</summary>
public sealed record FileParameters
{
    /// <summary>Folder of the frames.</summary>
    public string InputPath { get; init; } = "";

    /// <summary>Base name of the frames; three digits and <c>.raw</c> follow.</summary>
    public string InputFileName { get; init; } = "";

    /// <summary>Number of frames in the folder, selected or not.</summary>
    public int ImageCount { get; init; }

    /// <summary>Folder of the results.</summary>
    public string OutputPath { get; init; } = "";

    /// <summary>Base name of the results.</summary>
    public string OutputFileName { get; init; } = "";

    /// <inheritdoc />
    public override string ToString() => $"{ImageCount} images {Path.Combine(InputPath, InputFileName)}, results {Path.Combine(OutputPath, OutputFileName)}";
}
