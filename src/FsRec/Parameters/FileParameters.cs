namespace FsRec.Parameters;

/// <summary>Section [INPUT/OUTPUT] of the parameter file: where frames come from and where results go.</summary>
public sealed record FileParameters
{
    /// <summary>Folder of the frames.</summary>
    public string InputPath { get; init; } = "";

    /// <summary>
    /// Base name of the frames, after which three digits and <c>.raw</c> follow; or a file, a folder or a pattern with * and ? in
    /// <see cref="InputPath"/>.
    /// </summary>
    public string InputFileName { get; init; } = "";

    /// <summary>Number of frames in the folder, selected or not; 0 for as many as the files have.</summary>
    public int ImageCount { get; init; }

    /// <summary>The numbers that frames without a header hold.</summary>
    public PixelType PixelType { get; init; } = PixelType.Float32;

    /// <summary>Whether those have the highest byte of a number first.</summary>
    public bool BigEndian { get; init; }

    /// <summary>Bytes before the first pixel of a file whose header is not known.</summary>
    public int HeaderBytes { get; init; }

    /// <summary>The order of pixels in a file without a header that holds several frames.</summary>
    public RawOrder FrameOrder { get; init; }

    /// <summary>Whether the last row of a file becomes the first.</summary>
    public bool FlipRows { get; init; }

    /// <summary>The sign by which the files write underfocus; <see langword="null"/> for that of the format.</summary>
    public DefocusSign? DefocusSign { get; init; }

    /// <summary>The unit of the files' foci; <see langword="null"/> for that of the format.</summary>
    public string? DefocusUnit { get; init; }

    /// <summary>Folder of the results.</summary>
    public string OutputPath { get; init; } = "";

    /// <summary>Base name of the results.</summary>
    public string OutputFileName { get; init; } = "";

    /// <inheritdoc />
    public override string ToString() => $"{Counted.Of(ImageCount, "image")} {Path.Combine(InputPath, InputFileName)}, results {Path.Combine(OutputPath, OutputFileName)}";
}
