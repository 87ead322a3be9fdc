using FsRec.Formats.Images;
using FsRec.Formats.Microscopes;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Tests.Formats.Images;

/// <summary>A series from files: what the files tell, what is given, and what becomes of contradictions.</summary>
public class SeriesFilesTests
{
    private static readonly KeyValuePair<string, string>[] Foci = [new("Foci", "[-10,10]")];

    [Fact]
    public void A_stack_needs_foci_only_and_says_what_was_assumed()
    {
        using var folder = new TemporaryFolder();
        string file = Write(folder, "stack.dm3", SmallFiles.Dm3(3, 8, 12, static i => (short)(i + 1)));
        FocalSeries series = SeriesFiles.Read([file], folder.Path, Foci);
        Assert.Equal((3, 8, 12, 200.0), (series.Count, series.Calibration.Rows, series.Calibration.Columns, series.Microscope.Voltage));
        Assert.Equal([-10, 0, 10], series.Foci);
        string warning = Assert.Single(series.Source!.Warnings).Text;
        foreach (string name in (string[])["C3", "C5", "Semiconvergence", "Focusspread", "Imagespread"])
        {
            Assert.Contains(name, warning, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_C3_that_files_state_stands_before_a_usual_one_and_behind_one_that_is_given()
    {
        using var folder = new TemporaryFolder();
        string file = Write(folder, "stack.dm3", SmallFiles.Dm3(3, 8, 12, static i => (short)(i + 1), cs: 1.2));
        FocalSeries stated = SeriesFiles.Read([file], folder.Path, Foci);
        Assert.Equal((1.2e6, ValueOrigin.Files), (stated.Microscope.C3, stated.Parameters.OriginOf(ParameterKeys.Find("C3")!)));
        string[] warnings = [.. stated.Source!.Warnings.Select(static w => w.Text)];
        Assert.Contains("C3 1.2 mm, as 'stack.dm3' says", warnings[0], StringComparison.Ordinal);
        Assert.Contains("C5 0 mm, Semiconvergence", warnings[1], StringComparison.Ordinal);
        Assert.DoesNotContain("C3", warnings[1], StringComparison.Ordinal);

        Assert.Equal(-1e4, SeriesFiles.Read([file], folder.Path, [.. Foci, new("C3", "-10000")]).Microscope.C3);
        Assert.Equal(-1e4, SeriesFiles.Read([file], folder.Path, Foci, MicroscopePresets.Find("titan-200-corrected")).Microscope.C3);
    }

    [Fact]
    public void Values_that_differ_from_the_files_by_more_than_a_hundredth_win_with_a_warning_that_names_both()
    {
        using var folder = new TemporaryFolder();
        string file = Write(folder, "stack.dm3", SmallFiles.Dm3(3, 8, 12, static i => (short)(i + 1)));
        FocalSeries series = SeriesFiles.Read(
            [file], folder.Path, [.. Foci, new("Sampling", "[0.06,0.05]"), new("Voltage", "201")], MicroscopePresets.Find("jem-2100f-uhr"));
        string warning = Assert.Single(series.Source!.Warnings).Text;
        Assert.Contains("0.05×0.05", warning, StringComparison.Ordinal);
        Assert.Contains("0.06×0.05", warning, StringComparison.Ordinal);
        Assert.Equal((0.06, 0.05), (series.Calibration.RowSampling, series.Calibration.ColumnSampling));
        Assert.Equal((201.0, 500000.0), (series.Microscope.Voltage, series.Microscope.C3));
    }

    [Fact]
    public void A_folder_of_bare_numbers_is_a_series_where_their_shape_is_told()
    {
        using var folder = new TemporaryFolder();
        for (int n = 0; n < 3; n++)
        {
            File.WriteAllBytes(folder.File($"f{n}.raw"), [.. Enumerable.Repeat((float)(n + 1), 96).SelectMany(BitConverter.GetBytes)]);
        }

        File.WriteAllText(folder.File("notes.txt"), "not a frame");
        KeyValuePair<string, string>[] values = [.. Foci, new("Dimensions", "8,12"), new("Sampling", "0.05"), new("Voltage", "200")];
        Assert.True(SeriesFiles.TellShape(values));
        FocalSeries series = SeriesFiles.Read(SeriesFiles.Find([folder.Path], SeriesFiles.TellShape(values)), folder.Path, values);
        Assert.Equal((3, 8, 12), (series.Count, series.Calibration.Rows, series.Calibration.Columns));
        // Without it the way is told, with what there is.
        string message = Assert.Throws<DataException>(() => SeriesFiles.Find([folder.Path])).Message;
        foreach (string word in (string[])["3 files without a header, f0.raw to f2.raw", "--dimensions", "--pixel-type", "sampling, voltage and foci"])
        {
            Assert.Contains(word, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_no_image_is_told_with_what_is_there_and_what_would_be_one()
    {
        using var folder = new TemporaryFolder();
        string Told() => Assert.Throws<DataException>(() => SeriesFiles.Find([folder.Path])).Message;
        Assert.Contains("holds no file of images. It holds no file; expected TIFF, HDF5, ", Told(), StringComparison.Ordinal);

        File.WriteAllText(folder.File("notes.txt"), "of the day");
        Assert.Contains("It holds 1 other file, notes.txt; expected TIFF, ", Told(), StringComparison.Ordinal);
        File.WriteAllText(folder.File("config.fsr"), "Voltage=300");
        Assert.Contains("It holds 2 other files, config.fsr to notes.txt; expected TIFF, ", Told(), StringComparison.Ordinal);

        string message = Assert.Throws<DataException>(() => SeriesFiles.Read([folder.File("config.fsr")], folder.Path, Foci)).Message;
        Assert.Contains("fsrec --prm", message, StringComparison.Ordinal);
        Assert.DoesNotContain("without a header", message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_told_where_values_come_from()
    {
        using var folder = new TemporaryFolder();
        string file = Write(folder, "stack.dm3", SmallFiles.Dm3(3, 8, 12, static i => (short)(i + 1)));
        static string? From(FocalSeries series, string key) => series.Parameters.OriginOf(ParameterKeys.Find(key)!);
        FocalSeries preset = SeriesFiles.Read([file], folder.Path, [.. Foci, new("Focusspread", "3.5")], MicroscopePresets.Find("jem-2100f-uhr"));
        FocalSeries assumed = SeriesFiles.Read([file], folder.Path, Foci);

        Assert.Equal("preset jem-2100f-uhr", From(preset, "C3"));
        Assert.Null(From(preset, "Focusspread"));
        Assert.Null(From(preset, "Foci"));
        Assert.Equal("the files", From(preset, "Sampling"));
        Assert.Equal("the usual for image files", From(preset, "Restoration"));
        Assert.Equal("the microscope's information limit", From(preset, "Limit"));
        Assert.StartsWith("assumed, those of uncorrected-200", From(assumed, "C3"), StringComparison.Ordinal);
        // A value put in its place is another's.
        Assert.Null(preset.Parameters.With("C3", "7").OriginOf(ParameterKeys.Find("C3")!));
        Assert.Equal(preset.Parameters, preset.Parameters with { Origins = [] });
    }

    [Fact]
    public void What_is_given_and_has_no_bearing_on_the_files_is_told()
    {
        using var folder = new TemporaryFolder();
        string file = Write(folder, "stack.dm3", SmallFiles.Dm3(3, 8, 12, static i => (short)(i + 1)));
        string[] Told(params KeyValuePair<string, string>[] values) => [.. SeriesFiles.Read([file], folder.Path, [.. Foci, .. values], MicroscopePresets.Find("jem-2100f-uhr"))
            .Source!.Warnings.Where(static w => w.Id == WarningIds.ValueNotUsed).Select(static w => w.Text)];

        Assert.Empty(Told());
        Assert.Contains("Defocussign tells how files write their foci", Assert.Single(Told(new KeyValuePair<string, string>("Defocussign", "UnderfocusPositive"))), StringComparison.Ordinal);
        Assert.Contains("Pixeltype is for files without a header", Assert.Single(Told(new KeyValuePair<string, string>("Pixeltype", "UInt16"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Doubtful_values_are_told_as_those_of_a_parameter_file_are()
    {
        using var folder = new TemporaryFolder();
        string file = Write(folder, "stack.dm3", SmallFiles.Dm3(3, 8, 12, static i => (short)(i + 1)));
        FocalSeries series = SeriesFiles.Read([file], folder.Path, [new("Foci", "[-60,-60]"), new("C3", "20")], MicroscopePresets.Find("jem-2100f-uhr"));
        Assert.Contains(series.Source!.Warnings, static warning => warning.Id == WarningIds.ParameterFinding && warning.Text.StartsWith("C3:", StringComparison.Ordinal));
        Assert.Contains(series.Source!.Warnings, static warning => warning.Id == WarningIds.ParameterFinding && warning.Text.StartsWith("Foci:", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_series_is_read_from_is_not_to_be_written_over()
    {
        using var folder = new TemporaryFolder();
        string file = Write(folder, "stack.dm3", SmallFiles.Dm3(3, 8, 12, static i => (short)(i + 1)));
        FocalSeries series = SeriesFiles.Read([file], folder.Path, Foci, MicroscopePresets.Find("jem-2100f-uhr"));
        Assert.Null(SourceGuard.Conflict(series, [file + ".tif"]));
        Assert.Equal(file, SourceGuard.Conflict(series, [file + ".tif", file]));
        Assert.Contains("stack.dm3", Assert.Throws<FsRecException>(() => SourceGuard.Require(series, [file])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_neither_file_nor_user_says_is_asked_for()
    {
        using var folder = new TemporaryFolder();
        string file = Write(folder, "image.png", SmallFiles.Png(8, 8, static i => i + 1));
        string message = Assert.Throws<ParameterException>(() => SeriesFiles.Read([file], folder.Path, [new("Foci", "[1]"), new("Voltage", "300")])).Message;
        Assert.Contains("Sampling", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_file_may_name_a_pattern_in_natural_order()
    {
        using var folder = new TemporaryFolder();
        foreach (int n in (int[])[1, 2, 10, 1001])
        {
            Write(folder, $"frame_{n}.dm3", SmallFiles.Dm3(1, 8, 8, i => (short)(n + i)));
        }

        string prm = Write(folder, "run.fsr", System.Text.Encoding.UTF8.GetBytes(
            "[INPUT/OUTPUT]\nINPUTPATH=.\nINPUTFILENAME=frame_*.dm3\nOUTPUTPATH=.\nOUTPUTFILENAME=out\n[OPTICS]\nC3=0\nFoci=[-10,10]\n"));
        FocalSeries series = SeriesReader.Read(ParameterFile.Read(prm));
        Assert.Equal(["frame_1.dm3", "frame_2.dm3", "frame_10.dm3", "frame_1001.dm3"], series.Source!.Files.Select(Path.GetFileName));
        Assert.Equal((4, 200.0), (series.Parameters.Files.ImageCount, series.Microscope.Voltage));
        Assert.Equal(0.05, series.Calibration.ColumnSampling, 1e-6);
        Assert.True(series.Parameters.Linear.Limit > 0);
    }

    [Fact]
    public void Rows_are_turned_over_when_asked()
    {
        using var folder = new TemporaryFolder();
        string file = Write(folder, "image.dm3", SmallFiles.Dm3(1, 2, 2, static i => (short)(i + 1)));
        FocalSeries series = SeriesFiles.Read([file], folder.Path, [new("Foci", "[1]"), new("Fliprows", "Yes"), new("AREA", "[1,1]")]);
        var pixels = new float[4];
        series.ReadRecorded(0, pixels);
        Assert.Equal([3, 4, 1, 2], pixels);
        Assert.Equal([1.2f, 1.6f, 0.4f, 0.8f], series.GetFrame(0));
    }

    [Theory]
    [InlineData(null, null, -60.0)]
    [InlineData("UnderfocusPositive", null, 60.0)]
    [InlineData(null, "nm", -0.06)]
    public void Foci_of_an_mdoc_are_taken_as_written_unless_sign_or_unit_are_said(string? sign, string? unit, double first)
    {
        using var folder = new TemporaryFolder();
        string file = Write(folder, "stack.mrc", SmallFiles.Mrc((8, 8, 2), 1, [.. Enumerable.Repeat((byte)1, 256)]));
        Write(folder, "stack.mrc.mdoc", System.Text.Encoding.UTF8.GetBytes(
            "PixelSpacing = 0.5\nVoltage = 300\nImageFile = stack.mrc\n[ZValue = 0]\nDefocus = -0.06\nDateTime = 25-Mar-21 17:00:46\n[ZValue = 1]\nDefocus = 0.04\n"));
        KeyValuePair<string, string>[] values = [.. sign is null ? Array.Empty<KeyValuePair<string, string>>() : [new("Defocussign", sign)], .. unit is null ? Array.Empty<KeyValuePair<string, string>>() : [new("Defocusunit", unit)]];
        FocalSeries series = SeriesFiles.Read([file], folder.Path, values);
        Assert.Equal(first, series.Foci[0], 1e-9);
        Assert.Equal(300, series.Microscope.Voltage);
        Assert.Equal("SerialEM Defocus", series.Source!.DefocusSource!.Field);
    }

    [Theory]
    [InlineData(".npy")]
    [InlineData(".mrc")]
    [InlineData(".tif")]
    [InlineData(".hspy")]
    [InlineData(".emd")]
    public void What_is_written_is_read_back_to_the_bit(string suffix)
    {
        using var folder = new TemporaryFolder();
        string file = Write(folder, "stack.dm3", SmallFiles.Dm3(3, 8, 12, static i => (short)(i + 1)));
        FocalSeries series = SeriesFiles.Read([file], folder.Path, Foci);
        string path = folder.File("copy" + suffix);
        SeriesExport.Write(path, series);
        using var copy = ImageFile.Open(path);
        var (expected, found) = (new float[96], new float[96]);
        for (int n = 0; n < 3; n++)
        {
            series.ReadRecorded(n, expected);
            copy.Main.Read(n, found);
            Assert.Equal(expected, found);
        }

        if (suffix != ".npy")
        {
            Assert.Equal(0.05, copy.Main.Info.RowSampling!.Value, 1e-6);
        }

        if (suffix is ".hspy" or ".emd")
        {
            Assert.Contains(copy.Main.Info.Tags.Values, static value => value.Contains("FsRec", StringComparison.Ordinal));
        }
    }

    private static string Write(TemporaryFolder folder, string name, byte[] bytes)
    {
        File.WriteAllBytes(folder.File(name), bytes);
        return folder.File(name);
    }

    [Fact]
    public void Every_microscope_says_where_its_values_come_from()
    {
        Assert.All(MicroscopePresets.All(), static preset => Assert.Contains("nominal", preset.Origin, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_of_microscopes_with_null_in_place_of_one_is_told_of()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("microscopes.json");
        File.WriteAllText(path, """{ "microscopes": [ null ] }""");

        Assert.Contains("null", Assert.Throws<DataException>(() => MicroscopePresets.All(path)).Message, StringComparison.Ordinal);
    }
}
