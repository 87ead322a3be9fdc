using FsRec.Formats.Images;

namespace FsRec.Series;

/// <summary>The files that a series came from, and what they say themselves. The parameters of the series are what is used; where the two differ by more than 1 % a warning names both.</summary>
public sealed record SeriesSource
{
    /// <summary>The files, in the order of the frames.</summary>
    public required IReadOnlyList<string> Files { get; init => field = value.ToArray(); }

    /// <summary>Their format.</summary>
    public required string Format { get; init; }

    /// <summary>Frames in all of them.</summary>
    public required int ImageCount { get; init; }

    /// <summary>The numbers that they hold.</summary>
    public required PixelType PixelType { get; init; }

    /// <summary>Distance of two rows in nm by the files; <see langword="null"/> when they do not tell.</summary>
    public double? RowSampling { get; init; }

    /// <summary>Distance of two columns in nm by the files; <see langword="null"/> when they do not tell.</summary>
    public double? ColumnSampling { get; init; }

    /// <summary>Voltage in kV by the files; <see langword="null"/> when they do not tell.</summary>
    public double? Voltage { get; init; }

    /// <summary>Spherical aberration C3 of the objective lens in nm by the files; <see langword="null"/> when they do not tell.</summary>
    public double? SphericalAberration { get; init; }

    /// <summary>Exposure of a frame in s by the files; <see langword="null"/> when they do not tell.</summary>
    public double? Exposure { get; init; }

    /// <summary>Defocus of each image in nm by the files, underfocus negative; <see langword="null"/> when they do not tell.</summary>
    public IReadOnlyList<double>? Foci { get; init; }

    /// <summary>Where those foci come from, by which unit and sign; <see langword="null"/> when there are none.</summary>
    public DefocusSource? DefocusSource { get; init; }

    /// <summary>Whether rows were turned over as they were read.</summary>
    public bool RowsFlipped { get; init; }

    /// <summary>Whether nobody gave the reconstruction limit, and the microscope's information limit is it.</summary>
    public bool IsLimitAssumed { get; init; }

    /// <summary>What to know about how the files were understood.</summary>
    public IReadOnlyList<string> Notes { get; init => field = value.ToArray(); } = [];

    /// <summary>Contradictions between files and parameters, and what was assumed.</summary>
    public IReadOnlyList<RunMessage> Warnings { get; init => field = value.ToArray(); } = [];

    /// <inheritdoc />
    public override string ToString() => $"{Format}, {Counted.Of(ImageCount, "image")} in {(Files.Count == 1 ? Path.GetFileName(Files[0]) : Counted.Of(Files.Count, "file"))}";
}
