using System.Collections.ObjectModel;
using FsRec.Formats.Export;

namespace FsRec.Formats.Images;

/// <summary>What a file holds, read without its pixels: one object for each stack of images in it.</summary>
public sealed record ImageFileInfo
{
    /// <summary>Full path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>The format, as found in the content.</summary>
    public required string Format { get; init; }

    /// <summary>Name of the data in the file; empty when it has none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Position among the stacks of images in the file, from 0.</summary>
    public int Index { get; init; }

    /// <summary>Whether this is the stack that is read as frames when nothing else is said.</summary>
    public bool IsMain { get; init; } = true;

    /// <summary>Number of images.</summary>
    public required int Frames { get; init; }

    /// <summary>Rows of an image in px.</summary>
    public required int Rows { get; init; }

    /// <summary>Columns of an image in px.</summary>
    public required int Columns { get; init; }

    /// <summary>The numbers that it holds.</summary>
    public required PixelType PixelType { get; init; }

    /// <summary>The axes as the file describes them, the slowest first.</summary>
    public IReadOnlyList<ImageAxis> Axes { get; init => field = value.ToArray(); } = [];

    /// <summary>Distance of two rows in nm; <see langword="null"/> when the file does not tell.</summary>
    public double? RowSampling { get; init; }

    /// <summary>Distance of two columns in nm; <see langword="null"/> when the file does not tell.</summary>
    public double? ColumnSampling { get; init; }

    /// <summary>Acceleration voltage in kV; <see langword="null"/> when the file does not tell.</summary>
    public double? Voltage { get; init; }

    /// <summary>Spherical aberration C3 in nm, which is the objective lens's own and knows of no corrector; <see langword="null"/> when the file does not tell.</summary>
    public double? SphericalAberration { get; init; }

    /// <summary>Exposure of an image in s; <see langword="null"/> when the file does not tell.</summary>
    public double? Exposure { get; init; }

    /// <summary>Defocus of each image as the file writes it, in <see cref="DefocusSource"/>'s unit and sign; <see langword="null"/> when it does not.</summary>
    public IReadOnlyList<double>? RecordedFoci { get; init; }

    /// <summary>Where the foci come from and by which convention; <see langword="null"/> when there are none.</summary>
    public DefocusSource? DefocusSource { get; init; }

    /// <summary>What each image is, such as amplitude, where FsRec wrote the parts of a wave; empty for frames.</summary>
    public IReadOnlyList<string> Labels { get; init => field = value.ToArray(); } = [];

    /// <summary>Whether the file is a picture or a wave that FsRec made, and holds no frames.</summary>
    public bool IsResult => Labels.Count > 0 || PixelType.IsComplex() || (Format == "PNG" && Provenance.IsOurs(Tags.GetValueOrDefault("Software")));

    /// <summary>Whether the format's convention has the first row at the bottom. The rows are taken as they come all the same; see <see cref="Orientation"/>.</summary>
    public bool RowsRunUpward { get; init; }

    /// <summary>What else the file says that may be of interest.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>What to know about how the file was understood.</summary>
    public IReadOnlyList<string> Notes { get; init => field = value.ToArray(); } = [];

    /// <summary>Pixels of an image.</summary>
    public int PixelCount => checked(Rows * Columns);

    /// <summary>Floating-point numbers that an image is read into: one a pixel, two of a complex one.</summary>
    public long ValueCount => PixelCount * (PixelType.IsComplex() ? 2L : 1L);

    /// <summary>Defocus of each image in nm, underfocus negative; <see langword="null"/> when the file has none or does not state their unit.</summary>
    public IReadOnlyList<double>? Foci => RecordedFoci is { } foci && DefocusSource is { } source && LengthUnit.ToNanometres(source.Unit) is { } unit
        ? foci.Select(focus => LengthUnit.Scaled((source.Sign == DefocusSign.UnderfocusNegative ? unit : -unit) * focus)).ToArray()
        : null;

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{System.IO.Path.GetFileName(Path)}: {Format}, {Frames} × {Rows}×{Columns} px {PixelType}")
        + (RowSampling is { } row && ColumnSampling is { } column ? FormattableString.Invariant($" of {row:0.#####}×{column:0.#####} nm") : "");
}
