using FsRec.Formats.Images;

namespace FsRec.Formats.Export;

/// <summary>Reads a wave back from the formats that hold complex numbers, or the pair of images that FsRec writes of one.</summary>
public static class WaveImport
{
    /// <summary>Reads a wave: the first complex image of a file, or PyFSRec's <c>.wav</c> where the content is of no known format.</summary>
    /// <param name="path">The file.</param>
    /// <param name="calibration">Shape and scale; <see langword="null"/> for those of the file.</param>
    /// <exception cref="CalibrationMissingException">Neither the file nor <paramref name="calibration"/> has shape and scale.</exception>
    /// <exception cref="DataException">The file is missing, damaged, holds no complex numbers, or has another shape.</exception>
    public static ExitWave Read(string path, Calibration? calibration)
    {
        if (!ImageFile.IsKnown(path))
        {
            return calibration is not null
                ? WaveFile.Read(path, calibration)
                : throw new CalibrationMissingException($"'{path}' has no header, and no _run.json beside it names it: give its shape and scale: -Calibration takes them of parameters, of a series, of a reconstruction or of another wave.");
        }

        using var file = ImageFile.Open(path);
        ImageSet? pair = file.Sets.FirstOrDefault(static set => set.Info is { Frames: 2, Labels: ["amplitude", "phase"] or ["real", "imaginary"] });
        ImageSet set = file.Sets.FirstOrDefault(static set => set.Info.PixelType.IsComplex()) ?? pair
            ?? throw new DataException($"'{path}' holds {file.Main.Info.Frames} images of {file.Main.Info.PixelType}; a wave is one of complex numbers, or the two images, amplitude and phase or real and imaginary part, that FsRec wrote. A pair in .npy has no names: write it with -Representation Complex.");
        ImageFileInfo info = set.Info;
        if (calibration is not null && (calibration.Rows, calibration.Columns) != (info.Rows, info.Columns))
        {
            throw new DataException($"'{path}' holds {info.Rows}×{info.Columns} px; expected {calibration.Rows}×{calibration.Columns}.");
        }

        calibration ??= info is { RowSampling: { } row, ColumnSampling: { } column }
            ? new Calibration(info.Rows, info.Columns, row, column)
            : throw new CalibrationMissingException($"'{path}' does not tell the size of its pixels: give shape and scale: -Calibration takes them of parameters, of a series, of a reconstruction or of another wave.");
        float[] values = info.PixelType.IsComplex() ? Complex(set) : Joined(set);
        int bad = values.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        return bad < 0
            ? new ExitWave(calibration, values) { SourceFile = Path.GetFullPath(path) }
            : throw new DataException($"The wave '{path}' holds {values[bad]} at row {bad / 2 / info.Columns}, column {bad / 2 % info.Columns}; it must be finite.");
    }

    private static float[] Complex(ImageSet set)
    {
        var values = new float[set.Info.ValueCount];
        set.Read(0, values);
        return values;
    }

    // Of two images, by what they are.
    private static float[] Joined(ImageSet set)
    {
        int count = set.Info.PixelCount;
        var first = new float[count];
        var second = new float[count];
        set.Read(0, first);
        set.Read(1, second);
        bool isPolar = set.Info.Labels[0] == "amplitude";
        var values = new float[2 * count];
        for (int i = 0; i < count; i++)
        {
            (float sin, float cos) = isPolar ? MathF.SinCos(second[i]) : (0, 0);
            (values[2 * i], values[(2 * i) + 1]) = isPolar ? (first[i] * cos, first[i] * sin) : (first[i], second[i]);
        }

        return values;
    }
}
