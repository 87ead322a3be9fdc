using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Series;
using FsRec.Tests.Formats;
using FsRec.Tests.Parameters;

namespace FsRec.Tests.Series;

public sealed class SeriesReaderTests : IDisposable
{
    private static readonly Calibration Shape = new(8, 10, 0.05, 0.05);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Frames_are_those_of_the_files_in_order()
    {
        float[][] frames = Frames(5);

        FocalSeries series = SeriesReader.Read(Parameters(5).WriteTo(_folder, frames));

        Assert.Equal([0, 1, 2, 3, 4], series.ImageNumbers);
        Assert.Equal([-40, -30, -20, -10, 0], series.Foci);
        Assert.Equal(new FocalSeries(Parameters(5), frames).GetFrame(3), series.GetFrame(3));
    }

    [Fact]
    public void A_range_takes_its_files_only_and_their_foci()
    {
        float[][] frames = Frames(5);
        ReconstructionParameters parameters = Parameters(5).WriteTo(_folder, frames).With("Range", "[1,[3,4]]");
        File.Delete(_folder.File("in/img_000.raw"));
        File.Delete(_folder.File("in/img_002.raw"));

        FocalSeries series = SeriesReader.Read(parameters);

        Assert.Equal([1, 3, 4], series.ImageNumbers);
        Assert.Equal([-30, -10, 0], series.Foci);
        var all = new FocalSeries(Parameters(5), frames);
        Assert.Equal(all.GetFrame(1), series.GetFrame(0));
        Assert.Equal(all.GetFrame(3), series.GetFrame(1));
        Assert.Equal(all.GetFrame(4), series.GetFrame(2));
    }

    [Fact]
    public void A_relative_folder_is_taken_from_that_of_the_parameter_file()
    {
        ReconstructionParameters parameters = Parameters(2).WriteTo(_folder, Frames(2));
        parameters = parameters with { Files = parameters.Files with { InputPath = "../in" }, BaseDirectory = _folder.File("configs") };

        Assert.Equal(2, SeriesReader.Read(parameters).Count);
    }

    [Fact]
    public void Frames_left_in_their_files_are_the_same()
    {
        ReconstructionParameters parameters = Parameters(5).WriteTo(_folder, Frames(5));
        FocalSeries read = SeriesReader.Read(parameters);

        FocalSeries left = SeriesReader.Open(parameters);

        Assert.False(left.InMemory);
        FrameSpectra spectra = left.Spectra(2, null, default);
        Assert.False(left.InMemory);
        using (SpectrumLease expected = read.Spectra(1, null, default).Take(4), actual = spectra.Take(4))
        {
            Assert.Equal(expected.Plane.ToInterleaved(), actual.Plane.ToInterleaved());
        }

        Assert.Equal(read.GetFrame(3), left.GetFrame(3));
        Assert.True(left.InMemory);
        // From here on the files are not asked any more.
        Directory.Delete(_folder.File("in"), recursive: true);
        Assert.Equal(read.GetFrame(1), left.GetFrame(1));
    }

    // Pixels that changed places leave the mean as it was.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_was_written_again_in_between_is_not_taken_for_the_same(bool sameMean)
    {
        float[][] frames = Frames(5);
        ReconstructionParameters parameters = Parameters(5).WriteTo(_folder, frames);
        FocalSeries left = SeriesReader.Open(parameters);
        left.Spectra(1, null, default);
        if (sameMean)
        {
            (frames[2][0], frames[2][1]) = (frames[2][1], frames[2][0]);
        }
        else
        {
            frames[2][7] += 0.5f;
        }

        RawFrameFile.Write(_folder.File("in/img_002.raw"), frames[2]);

        string message = Assert.Throws<DataException>(() => left.GetFrame(0)).Message;

        Assert.Contains("img_002.raw", message, StringComparison.Ordinal);
        Assert.Contains("written again", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_are_left_are_looked_for_at_once()
    {
        ReconstructionParameters parameters = Parameters(5).WriteTo(_folder, Frames(5));
        File.Delete(_folder.File("in/img_003.raw"));
        Assert.Contains("img_003.raw", Assert.Throws<DataException>(() => SeriesReader.Open(parameters)).Message, StringComparison.Ordinal);

        File.WriteAllBytes(_folder.File("in/img_003.raw"), new byte[12]);
        Assert.Contains("12 bytes", Assert.Throws<DataException>(() => SeriesReader.Open(parameters)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        ReconstructionParameters parameters = Parameters(2) with { Files = new FileParameters { InputPath = _folder.File("none"), ImageCount = 2 } };

        string message = Assert.Throws<DataException>(() => SeriesReader.Read(parameters)).Message;

        Assert.Contains(_folder.File("none"), message, StringComparison.Ordinal);
        Assert.Contains("INPUTPATH", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_missing_frames_the_first_is_named()
    {
        ReconstructionParameters parameters = Parameters(6).WriteTo(_folder, Frames(3));

        string message = Assert.Throws<DataException>(() => SeriesReader.Read(parameters)).Message;

        Assert.Contains("img_003.raw", message, StringComparison.Ordinal);
        Assert.StartsWith($"NImages asks for 6 images, img_000.raw to img_005.raw; 3 of them are in '{_folder.File("in")}'", message, StringComparison.Ordinal);
        Assert.Contains("Set NImages=3, or", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_missing_frames_it_is_said_whether_number_selection_or_name_is_wrong()
    {
        ReconstructionParameters parameters = Parameters(6).WriteTo(_folder, Frames(6));
        string Message(ReconstructionParameters of) => Assert.Throws<DataException>(() => SeriesReader.Open(of)).Message;

        Assert.Contains("none of them is in", Message(parameters with { Files = parameters.Files with { InputFileName = "image_" } }), StringComparison.Ordinal);
        File.Delete(_folder.File("in/img_002.raw"));
        Assert.Contains("5 of them are in", Message(parameters), StringComparison.Ordinal);
        Assert.Contains("Leave out by Range what is missing", Message(parameters), StringComparison.Ordinal);
        string selected = Message(parameters.With("Range", "[[1,3]]"));
        Assert.StartsWith("Range selects 3 images, img_001.raw to img_003.raw; 2 of them are in", selected, StringComparison.Ordinal);
        Assert.Contains("Change Range", selected, StringComparison.Ordinal);
        // Frames of another number type are opened in another way, and missed in the same words.
        Assert.Contains("5 of them are in", Message(parameters.With("Pixeltype", "Int32")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, 4)]
    [InlineData(3, 4)]
    public void Foci_for_each_frame_that_is_there_say_that_the_number_of_images_is_wrong(int asked, int there)
    {
        Parameters(there).WriteTo(_folder, Frames(there));
        string text = Prm.Text($"INPUTPATH={_folder.File("in")}", "INPUTFILENAME=img_", $"NImages={asked}", "Foci=[-40,-30,-20,0]");

        ParameterFinding error = Assert.Single(ParameterFile.Parse(text).Errors);

        Assert.Equal(("NImages", 4), (error.Key, error.Line));
        Assert.Equal($"{asked} images asked for", error.Found);
        Assert.Contains($"4: so many are in '{_folder.File("in")}', img_000.raw to img_003.raw", error.Expected, StringComparison.Ordinal);
        Assert.Equal("Set NImages=4.", error.Hint);
    }

    [Fact]
    public void A_list_of_foci_that_fits_nothing_says_how_many_images_there_are()
    {
        Parameters(4).WriteTo(_folder, Frames(4));

        ParameterFinding error = Assert.Single(ParameterFile.Parse(Prm.Text($"INPUTPATH={_folder.File("in")}", "INPUTFILENAME=img_", "NImages=6", "Foci=[-40,-30,-20,-10,0]")).Errors);

        Assert.Equal("Foci", error.Key);
        Assert.Contains("6 images by NImages; 4 are in", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frame_that_is_not_finite_is_named_by_its_file()
    {
        float[][] frames = Frames(3);
        frames[2][17] = float.NegativeInfinity;
        ReconstructionParameters parameters = Parameters(3).WriteTo(_folder, frames);

        string message = Assert.Throws<DataException>(() => SeriesReader.Read(parameters)).Message;

        Assert.Contains(_folder.File("in") + Path.DirectorySeparatorChar + "img_002.raw", message, StringComparison.Ordinal);
        Assert.Contains("1 pixel", message, StringComparison.Ordinal);
        Assert.Contains("row 1, column 7", message, StringComparison.Ordinal); // 17 = 1·10 + 7
        Assert.Contains("Fixhotpix", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_frame_is_reported_once()
    {
        var reports = new List<RunProgress>();
        var gate = new object();

        SeriesReader.Read(Parameters(5).WriteTo(_folder, Frames(5)), new Reporter(report =>
        {
            lock (gate)
            {
                reports.Add(report);
            }
        }));

        Assert.Equal([1, 2, 3, 4, 5], reports.Select(static r => r.Done).Order());
        Assert.All(reports, static r => Assert.Equal(5, r.Total));
    }

    [Fact]
    public void A_cancelled_token_stops_it()
    {
        using var cancelled = new CancellationTokenSource();
        var seen = new List<int>();
        var reporter = new Reporter(report =>
        {
            lock (seen)
            {
                seen.Add(report.Done);
            }

            cancelled.Cancel();
        });

        Assert.ThrowsAny<OperationCanceledException>(
            () => SeriesReader.Read(Parameters(40).WriteTo(_folder, Frames(40)), reporter, cancelled.Token));

        // No worker takes another frame once the token is cancelled.
        Assert.InRange(seen.Count, 1, Environment.ProcessorCount + 1);
    }

    private static ReconstructionParameters Parameters(int count) =>
        SmallSeries.Parameters(Shape, 5, [.. Enumerable.Range(0, count).Select(n => -10.0 * (count - 1 - n))]);

    private static float[][] Frames(int count) => [.. Enumerable.Range(0, count).Select(static n => SmallSeries.Noise(80, 100, 5, n))];
}
