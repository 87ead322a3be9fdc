using System.Text.Json;
using FsRec.Formats.Images;

namespace FsRec.Tests.Formats.Images;

/// <summary>
/// Real files against what HyperSpy 1.7.3 says of them (<c>expected.json</c> beside the files: shape, type, axes, voltage, mean, extremes, first and
/// last values). Where the two differ the exceptions below say why.
/// </summary>
public class MicroscopeFilesTests
{
    // HyperSpy turns the rows of SER over, as -FlipRows does; ours are in the file's order (Orientation says so), and turned over here to compare.
    // It drops the last column of a packed transform of odd size: the file says 5×5.
    // It takes the scale of a diffraction pattern, 4.2e7 1/m, for metres.
    // Its Velox reader turns integers into numbers of double precision; the file has 16-bit ones.
    private static readonly Dictionary<string, string> Differences = new()
    {
        ["dm/packed-complex.dm4"] = "shape",
        ["ser/128x128x5.ser"] = "axes",
        ["emd/velox-fft-even.emd"] = "type",
        ["emd/velox-tem-stack.emd"] = "type",
    };

    [Fact]
    public void RealFilesReadAsAnIndependentReaderReadsThem()
    {
        string folder = SharedFiles.Require();
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "expected.json")));
        var problems = new List<string>();
        int count = 0;
        foreach (JsonElement entry in expected.RootElement.EnumerateArray())
        {
            string name = entry.GetProperty("file").GetString()!;
            using ImageFile file = ImageFile.Open(Path.Combine(folder, name));
            if (entry.TryGetProperty("error", out _))
            {
                continue;
            }

            count++;
            ImageSet set = file.Sets[entry.GetProperty("n").GetInt32()];
            problems.AddRange(Compare(entry, set, Differences.GetValueOrDefault(name, "")).Select(problem => $"{name} {set.Info.Index}: {problem}"));
        }

        Assert.Empty(problems);
        Assert.True(count >= 38, $"{count} files");
    }

    [Theory]
    [InlineData("mrc/movie.mrc", 30, 16, 16)]
    [InlineData("mrc/negative-cell.mrc", 32, 4, 8)]
    public void CellsOfNegativeSizeAreReadByTheirSize(string name, int frames, int rows, int columns)
    {
        // Header words 1 to 3 are the shape, 11 and 12 the cell (-160 and -80 Å over 16 and 8 intervals), 10 Å a pixel.
        using ImageFile file = ImageFile.Open(Path.Combine(SharedFiles.Require(), name));
        ImageFileInfo info = file.Main.Info;
        Assert.Equal((frames, rows, columns, PixelType.UInt16), (info.Frames, info.Rows, info.Columns, info.PixelType));
        Assert.Equal((1.0, 1.0), (info.RowSampling, info.ColumnSampling));
        var pixels = new float[info.PixelCount];
        file.Main.Read(frames - 1, pixels);
        Assert.All(pixels, static pixel => Assert.True(float.IsFinite(pixel)));
    }

    [Fact]
    public void ThePageOfDataIsReadAndNotThePictureBesideIt()
    {
        // Soft Imaging's file has a JPEG in colour and 16-bit data of the same size; its block says 23.93 pm (tifffile reads the same).
        using ImageFile file = ImageFile.Open(Path.Combine(SharedFiles.Require(), "tiff/olympus_SIS.tif"));
        ImageFileInfo info = file.Main.Info;
        Assert.Equal((1, 101, 112, PixelType.UInt16), (info.Frames, info.Rows, info.Columns, info.PixelType));
        Assert.Equal(0.02392791775876109, info.ColumnSampling!.Value, 1e-9);
        Assert.Contains(info.Notes, static note => note.Contains("colour", StringComparison.Ordinal));
    }

    [Fact]
    public void AVeloxSeriesHasAFocusForEachImage()
    {
        // Optics.Defocus of the first image's metadata, 3.0231699205257632e-08 m.
        using ImageFile file = ImageFile.Open(Path.Combine(SharedFiles.Require(), "emd/velox-tem-stack.emd"));
        ImageFileInfo info = file.Main.Info;
        Assert.Equal(30.231699, info.Foci![0], 1e-5);
        Assert.Equal(2, info.Foci.Count);
        Assert.Equal(("m", DefocusSign.UnderfocusNegative), (info.DefocusSource!.Unit, info.DefocusSource.Sign));
    }

    [Fact]
    public void ASeriesOfTiaHasTheVoltageOfTheEmiBesideIt()
    {
        using ImageFile file = ImageFile.Open(Path.Combine(SharedFiles.Require(), "ser/64x64x5.ser"));
        Assert.Equal(200, file.Main.Info.Voltage);
    }

    private static IEnumerable<string> Compare(JsonElement entry, ImageSet set, string except)
    {
        ImageFileInfo info = set.Info;
        int[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(static size => size.GetInt32())];
        int[] ours = info.Frames > 1 ? [info.Frames, info.Rows, info.Columns] : [info.Rows, info.Columns];
        if (except != "shape" && !shape.SequenceEqual(ours))
        {
            yield return $"shape {string.Join('×', ours)}, expected {string.Join('×', shape)}";
        }

        string type = entry.GetProperty("type").GetString()!;
        if (except != "type" && !type.Equals(info.PixelType.ToString(), StringComparison.OrdinalIgnoreCase))
        {
            yield return $"type {info.PixelType}, expected {type}";
        }

        double? voltage = entry.GetProperty("kv").ValueKind == JsonValueKind.Null ? null : entry.GetProperty("kv").GetDouble();
        if (voltage is not null && voltage != info.Voltage)
        {
            yield return $"{info.Voltage} kV, expected {voltage}";
        }

        JsonElement[] axes = [.. entry.GetProperty("axes").EnumerateArray()];
        foreach ((JsonElement axis, double? sampling) in (except is "axes" or "shape" ? [] : (ReadOnlySpan<(JsonElement, double?)>)[(axes[^2], info.RowSampling), (axes[^1], info.ColumnSampling)]).ToArray())
        {
            double? nm = LengthUnit.ToNanometres(axis[3].GetString());
            double? wanted = nm * axis[2].GetDouble();
            if (wanted is null ? sampling is not null : sampling is null || Math.Abs(sampling.Value - wanted.Value) > 1e-6 * wanted.Value)
            {
                yield return $"sampling {sampling}, expected {wanted}";
            }
        }

        if (!entry.TryGetProperty("mean", out JsonElement mean))
        {
            yield break;
        }

        float[] pixels = [.. Enumerable.Range(0, info.Frames).SelectMany(frame => Frame(set, frame))];
        if (info.Format == "FEI SER")
        {
            for (int frame = 0; frame < info.Frames; frame++)
            {
                Orientation.FlipRows(pixels.AsSpan(frame * info.PixelCount, info.PixelCount), info.Columns);
            }
        }

        foreach ((string what, double value, double wanted) in ((string, double, double)[])[
            ("mean", pixels.Average(static pixel => (double)pixel), mean.GetDouble()),
            ("least", pixels.Min(), entry.GetProperty("min").GetDouble()),
            ("greatest", pixels.Max(), entry.GetProperty("max").GetDouble()),
            ("last", pixels[^1], entry.GetProperty("last").GetDouble()),
            .. entry.GetProperty("first").EnumerateArray().Select((first, i) => ($"value {i}", (double)pixels[i], first.GetDouble()))])
        {
            // The list has nine digits, we read to single precision.
            if (Math.Abs(value - wanted) > 1e-6 * Math.Abs(wanted))
            {
                yield return FormattableString.Invariant($"{what} {value}, expected {wanted}");
            }
        }
    }

    private static float[] Frame(ImageSet set, int frame)
    {
        var pixels = new float[set.Info.ValueCount];
        set.Read(frame, pixels);
        return pixels;
    }
}
