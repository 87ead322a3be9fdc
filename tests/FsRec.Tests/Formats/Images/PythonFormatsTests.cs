using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using FsRec.Formats.Export;
using FsRec.Formats.Images;
using FsRec.Formats.Raw;
using FsRec.Series;

namespace FsRec.Tests.Formats.Images;

/// <summary>
/// Files of Python's libraries, read value for value, and our own files read by them: <c>Python/formats.py</c>, where a Python with NumPy is. Which of
/// tifffile, mrcfile, h5py and hyperspy took part is in the test's output.
/// </summary>
public class PythonFormatsTests(ITestOutputHelper output)
{
    private static readonly string[] Candidates = ["python3", "/usr/bin/python3", "python"];

    [Fact]
    public void FilesOfPythonsLibrariesAreReadValueForValue()
    {
        using var folder = new TemporaryFolder();
        Run("write", folder.Path);
        using JsonDocument index = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.Path, "index.json")));
        var problems = new List<string>();
        foreach (JsonElement entry in index.RootElement.EnumerateArray())
        {
            string name = entry.GetProperty("file").GetString()!;
            if (name.EndsWith("-big.h5", StringComparison.Ordinal))
            {
                // PureHDF does not turn bytes over.
                Assert.Contains("highest byte first", Assert.Throws<DataException>(() => Problems(folder.Path, entry).Count()).Message, StringComparison.Ordinal);
                continue;
            }

            problems.AddRange(Problems(folder.Path, entry).Select(problem => $"{name}: {problem}"));
        }

        Assert.Empty(problems);
        // 16 of NumPy and 3 without a header are there wherever NumPy is.
        Assert.True(index.RootElement.GetArrayLength() >= 19, $"{index.RootElement.GetArrayLength()} files");
    }

    [Fact]
    public void PythonsLibrariesReadWhatIsWritten()
    {
        using var folder = new TemporaryFolder();
        const int Frames = 3, Rows = 24, Columns = 40;
        var calibration = new Calibration(Rows, Columns, 0.04, 0.05);
        float[][] frames = [.. Enumerable.Range(0, Frames).Select(n => Enumerable.Range(0, Rows * Columns).Select(i => 1 + ((((i * 37) + (n * 11)) % 101) / 100f)).ToArray())];
        var values = new float[2 * Rows * Columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = 0.5f + ((i * 53 % 89) / 100f);
        }

        WriteNpy(Path.Combine(folder.Path, "expected.npy"), "<f4", $"{Frames}, {Rows}, {Columns}", [.. frames.SelectMany(static f => f)]);
        WriteNpy(Path.Combine(folder.Path, "expected-wave.npy"), "<c8", $"{Rows}, {Columns}", values);
        FocalSeries series = SeriesFiles.Read(
            [Path.Combine(folder.Path, "expected.npy")],
            folder.Path,
            [new("Foci", "[-20,20]"), new("Sampling", "[0.04,0.05]"), new("Voltage", "300")]);
        var provenance = SeriesExport.ProvenanceOf(series, "wave");
        foreach (string suffix in (string[])[".npy", ".tif", ".mrc", ".hspy", ".emd"])
        {
            SeriesExport.Write(Path.Combine(folder.Path, "series" + suffix), series, TestContext.Current.CancellationToken);
            ImageExport.WriteWave(Path.Combine(folder.Path, "wave" + suffix), new ExitWave(calibration, values), provenance);
        }

        ImageExport.WriteWave(Path.Combine(folder.Path, "wave-complex.tif"), new ExitWave(calibration, values), provenance, WaveRepresentation.Complex);
        Run("check", folder.Path);
    }

    private static IEnumerable<string> Problems(string folder, JsonElement entry)
    {
        int[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(static size => size.GetInt32())];
        RawFormat? raw = null;
        if (entry.TryGetProperty("raw", out JsonElement given))
        {
            raw = new RawFormat
            {
                PixelType = Enum.Parse<PixelType>(given.GetProperty("type").GetString()!),
                BigEndian = given.GetProperty("bigEndian").GetBoolean(),
                HeaderBytes = given.GetProperty("header").GetInt32(),
                Order = Enum.Parse<RawOrder>(given.GetProperty("order").GetString()!),
                Rows = shape[1],
                Columns = shape[2],
            };
        }

        string name = entry.GetProperty("file").GetString()!;
        using ImageFile file = ImageFile.Open(Path.Combine(folder, name), raw);
        ImageFileInfo info = file.Main.Info;
        if (shape is not [var n, var rows, var columns] || (info.Frames, info.Rows, info.Columns) != (n, rows, columns))
        {
            yield return $"{info.Frames}×{info.Rows}×{info.Columns}, expected {string.Join('×', shape)}";
            yield break;
        }

        float[] expected = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder, name + ".values"))).ToArray();
        var found = new float[info.ValueCount];
        for (int frame = 0; frame < n; frame++)
        {
            file.Main.Read(frame, found);
            int differs = found.AsSpan().CommonPrefixLength(expected.AsSpan(frame * found.Length, found.Length));
            if (differs < found.Length)
            {
                yield return $"frame {frame}, value {differs}: {found[differs]}, expected {expected[(frame * found.Length) + differs]}";
            }
        }

        if (entry.GetProperty("sampling") is { ValueKind: JsonValueKind.Array } sampling)
        {
            double[] steps = [.. sampling.EnumerateArray().Select(static step => step.GetDouble())];
            // MRC has single precision, TIFF a ratio of integers.
            if (Math.Abs((info.RowSampling ?? 0) - steps[0]) > 1e-6 * steps[0] || Math.Abs((info.ColumnSampling ?? 0) - steps[1]) > 1e-6 * steps[1])
            {
                yield return $"sampling {info.RowSampling}×{info.ColumnSampling} nm, expected {steps[0]}×{steps[1]}";
            }
        }

        if (entry.TryGetProperty("voltage", out JsonElement voltage) && info.Voltage != voltage.GetDouble())
        {
            yield return $"voltage {info.Voltage} kV, expected {voltage.GetDouble()}";
        }
    }

    // NumPy's format 1.0: the description of the array is padded so that the numbers begin at a multiple of 64.
    private static void WriteNpy(string path, string type, string shape, float[] values)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({shape}), }}";
        header = header.PadRight(128 - 10 - 1) + "\n";
        using FileStream stream = File.Create(path);
        stream.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, (byte)header.Length, 0]);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(header));
        stream.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    private void Run(string task, string folder)
    {
        string? python = Candidates.FirstOrDefault(static candidate => Start(candidate, "-c", "import numpy") is (0, _));
        Assert.SkipUnless(python is not null, "There is no Python with NumPy.");
        string script = Path.Combine(AppContext.BaseDirectory, "Formats", "Images", "Python", "formats.py");
        (int code, string text) = Start(python!, script, task, folder)!.Value;
        output.WriteLine(text);
        Assert.True(code == 0, text);
    }

    private static (int Code, string Text)? Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string text = process.StandardOutput.ReadToEnd() + errors.Result;
            process.WaitForExit();
            return (process.ExitCode, text);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
