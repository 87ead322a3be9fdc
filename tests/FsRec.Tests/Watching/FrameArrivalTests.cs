using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Tests.Formats;
using FsRec.Tests.Restoration;
using FsRec.Watching;

namespace FsRec.Tests.Watching;

/// <summary>Frames of a series as their files come, go for a moment, or come in another order.</summary>
public sealed class FrameArrivalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WeakObject _object = new();
    private readonly List<(int Number, double Focus)> _images = [];

    public FrameArrivalTests()
    {
        Directory.CreateDirectory(_folder.File("in"));
        Directory.CreateDirectory(_folder.File("elsewhere"));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".", "in")]
    [InlineData("in", "img_*.mrc")]
    public void A_series_is_followed_although_its_links_are_there_before_its_files(string folder, string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take a right there that not everybody has.");
        for (int n = 0; n < 3; n++)
        {
            File.CreateSymbolicLink(_folder.File($"in/img_{n}.mrc"), $"../elsewhere/img_{n}.mrc");
        }

        var arrival = new FrameArrival(Named(folder, name, 3), OptionNames.Console);
        Assert.Equal(0, Take(arrival));
        Assert.True(arrival.Waits is { IsFault: true });
        Assert.Contains("img_0.mrc' is a link, and '../elsewhere/img_0.mrc', to which it leads, is not there", arrival.Waits.Text, StringComparison.Ordinal);
        Write("elsewhere/img_0.mrc", 0);
        Assert.Equal(1, Take(arrival));
        Write("elsewhere/img_2.mrc", 2);
        Assert.Equal(0, Take(arrival));
        Assert.Contains("img_1.mrc' is a link", arrival.Waits.Text, StringComparison.Ordinal);
        Write("elsewhere/img_1.mrc", 1);
        Assert.Equal(2, Take(arrival));
        Assert.Equal([(0, -60.0), (1, 0.0), (2, 60.0)], _images);
        Assert.Equal(Frame(1), arrival.Series.Frame(1).ToArray());
    }

    [Fact]
    public void Links_of_another_kind_in_the_folder_hold_nothing_up()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take a right there that not everybody has.");
        File.CreateSymbolicLink(_folder.File("in/a.txt"), "nowhere");
        File.CreateSymbolicLink(_folder.File("in/.lock.mrc"), "nowhere");
        Write("in/img_0.mrc", 0);
        Assert.Equal(1, Take(new FrameArrival(Named(".", "in", 3), OptionNames.Console)));
    }

    [Fact]
    public void What_the_file_system_says_for_a_moment_is_waited_for()
    {
        ReconstructionParameters parameters = Named("in", "img_*.mrc", 3);
        Exception? fault = null;
        var arrival = new FrameArrival(parameters, () => fault is null ? ArrivingFiles.Look(parameters, OptionNames.Console) : throw fault);
        Write("in/img_0.mrc", 0);
        foreach (Exception one in (Exception[])[new IOException("the share is away"), new UnauthorizedAccessException("no right"), new DataException("in the making")])
        {
            fault = one;
            Assert.Equal(0, Take(arrival));
            Assert.Equal(new Awaited(one.Message, true), arrival.Waits);
        }

        fault = null;
        Assert.Equal(1, Take(arrival));
        // Nor does a file end it that is damaged, or gone, after it was taken.
        byte[] sound = File.ReadAllBytes(_folder.File("in/img_0.mrc"));
        File.WriteAllBytes(_folder.File("in/img_0.mrc"), sound[..2000]);
        Assert.Equal(0, Take(arrival));
        Assert.True(arrival.Waits is { IsFault: true });
        Assert.Contains("img_0.mrc", arrival.Waits.Text, StringComparison.Ordinal);
        File.Delete(_folder.File("in/img_0.mrc"));
        Write("in/img_1.mrc", 1);
        Assert.Equal(0, Take(arrival));
        Assert.Contains("img_0.mrc', of which a frame was taken, is not there any more", arrival.Waits.Text, StringComparison.Ordinal);
        File.WriteAllBytes(_folder.File("in/img_0.mrc"), sound);
        Assert.Equal(1, Take(arrival));
        Directory.Move(_folder.File("in"), _folder.File("away"));
        Assert.Equal(0, Take(arrival));
        Assert.Contains("there is no folder", arrival.Waits.Text, StringComparison.Ordinal);
        Directory.Move(_folder.File("away"), _folder.File("in"));
        Write("in/img_2.mrc", 2);
        Assert.Equal(1, Take(arrival));
        Assert.Equal([(0, -60.0), (1, 0.0), (2, 60.0)], _images);
    }

    [Fact]
    public void A_folder_without_rights_is_waited_for()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("It is read whatever its rights.");
            return;
        }

        Write("in/img_0.mrc", 0);
        UnixFileMode before = File.GetUnixFileMode(_folder.File("in"));
        File.SetUnixFileMode(_folder.File("in"), UnixFileMode.None);
        var arrival = new FrameArrival(Named(".", "in", 3), OptionNames.Console);
        Assert.Equal(0, Take(arrival));
        Assert.True(arrival.Waits is { IsFault: true });
        File.SetUnixFileMode(_folder.File("in"), before);
        Assert.Equal(1, Take(arrival));
    }

    [Fact]
    public void Where_a_file_comes_late_all_are_taken_anew_in_their_order()
    {
        var arrival = new FrameArrival(Named("in", "img_*.mrc", 4), OptionNames.Console);
        Write("in/img_0.mrc", 0);
        Write("in/img_2.mrc", 2);
        Assert.Equal(2, Take(arrival));
        Write("in/img_1.mrc", 1);
        Assert.Equal(3, Take(arrival));
        Assert.Equal([0, 1, 2], _images.Select(static i => i.Number));
        Assert.Equal(["img_0.mrc", "img_1.mrc", "img_2.mrc"], arrival.Series.FrameFiles.Select(Path.GetFileName));
    }

    [Fact]
    public void Selected_frames_of_files_are_taken_as_they_come()
    {
        ReconstructionParameters all = Named("in", "img_*.mrc", 3);
        ReconstructionParameters parameters = all with { Image = all.Image with { Range = [1, 2] } };
        var arrival = new FrameArrival(parameters, OptionNames.Console);
        for (int n = 0; n < 3; n++)
        {
            Write($"in/img_{n}.mrc", n);
            Assert.Equal(n > 0 ? 1 : 0, Take(arrival));
        }

        Assert.Equal(parameters.SelectedImages.Zip(parameters.SelectedFoci), _images);
    }

    [Fact]
    public void Files_without_a_header_in_a_folder_are_frames_where_their_shape_is_given()
    {
        ReconstructionParameters parameters = Named(".", "in", 3);
        ReconstructionParameters shapeless = parameters with { Image = parameters.Image with { Calibration = new(0, 0, 0.05, 0.05) } };
        RawFrameFile.Write(_folder.File("in/img_0.raw"), Frame(0));
        var arrival = new FrameArrival(shapeless, OptionNames.PowerShell);
        Assert.Equal(0, Take(arrival));
        Assert.Contains("1 file without a header, img_0.raw: give shape and number type, by -Dimensions", arrival.Waits!.Text, StringComparison.Ordinal);
        Assert.Equal(1, Take(new FrameArrival(parameters, OptionNames.PowerShell)));
    }

    [Fact]
    public void Numbered_frames_are_whole_with_the_bytes_of_their_numbers()
    {
        ReconstructionParameters parameters = Named("in", "img_", 3);
        var arrival = new FrameArrival(parameters with { Files = parameters.Files with { PixelType = PixelType.UInt16, HeaderBytes = 10 } }, OptionNames.Console);
        Assert.Equal(0, Take(arrival));
        Assert.Equal($"'{_folder.File("in/img_000.raw")}' is not there.", arrival.Waits!.Text);
        int bytes = 10 + (2 * parameters.Image.Calibration.PixelCount);
        byte[] file = new byte[bytes];
        new Random(3).NextBytes(file);
        File.WriteAllBytes(_folder.File("in/img_000.raw"), file[..^2]);
        Assert.Equal(0, Take(arrival));
        Assert.Contains($"has {bytes - 2} of {bytes} bytes", arrival.Waits.Text, StringComparison.Ordinal);
        File.WriteAllBytes(_folder.File("in/img_000.raw"), file);
        Assert.Equal(1, Take(arrival));
    }

    [Fact]
    public async Task A_watch_tells_what_it_waits_for_and_goes_on_once_it_is_there()
    {
        Write("in/img_0.mrc", 0);
        Write("in/img_1.mrc", 1);
        byte[] sound = File.ReadAllBytes(_folder.File("in/img_1.mrc"));
        File.WriteAllBytes(_folder.File("in/img_1.mrc"), sound[..2000]);
        List<RunMessage> told = [];
        using var warned = new ManualResetEventSlim();
        Task<SeriesUpdate?> watch = Task.Run(() => SeriesWatch.Run(
            Named("in", "img_*.mrc", 2),
            new SeriesWatchOptions { Run = null, Interval = TimeSpan.FromMilliseconds(5), Patience = TimeSpan.Zero },
            static _ => { },
            new RunContext
            {
                Threads = 1,
                Message = message =>
                {
                    told.Add(message);
                    if (message.Id == WarningIds.SeriesNotWhole && message.Text.Contains("img_1.mrc", StringComparison.Ordinal))
                    {
                        warned.Set();
                    }
                },
            }));
        Assert.True(warned.Wait(Eventually.Patience, TestContext.Current.CancellationToken));
        File.WriteAllBytes(_folder.File("in/img_1.mrc"), sound);

        Assert.Equal(2, (await watch)!.Frames);
        Assert.Single(told.Where(static m => m.IsWarning).DistinctBy(static m => m.Text), static m => m.Text.StartsWith("The first frame is waited for: ", StringComparison.Ordinal) && m.Text.Contains("img_1.mrc", StringComparison.Ordinal));
        Assert.Contains(told, static m => !m.IsWarning && m.Text.StartsWith("Waiting: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_watch_that_ends_without_a_frame_says_why()
    {
        List<RunMessage> told = [];
        Assert.Null(SeriesWatch.Run(
            Named("in", "img_*.mrc", 2),
            new SeriesWatchOptions { Run = null, Interval = TimeSpan.FromMilliseconds(5), Quiet = TimeSpan.FromMilliseconds(20) },
            static _ => { },
            new RunContext { Threads = 1, Message = told.Add }));
        Assert.Equal(
            $"SeriesNotWhole: The first frame did not come: no file in '{_folder.File("in")}' fits 'img_*.mrc'.",
            Assert.Single(told, static m => m.IsWarning).ToString().Replace(Path.Combine(_folder.Path, ".", "in"), _folder.File("in"), StringComparison.Ordinal));
    }

    [Fact]
    public void A_watch_begins_anew_where_a_file_comes_late()
    {
        Write("in/img_0.mrc", 0);
        Write("in/img_2.mrc", 2);
        List<RunMessage> told = [];
        List<int> frames = [];
        SeriesUpdate last = SeriesWatch.Run(
            Named("in", "img_*.mrc", 3),
            new SeriesWatchOptions { Run = null, Interval = TimeSpan.FromMilliseconds(5) },
            update =>
            {
                frames.Add(update.Frames);
                if (frames is [1, 2])
                {
                    Write("in/img_1.mrc", 1);
                }
            },
            new RunContext { Threads = 1, Message = told.Add })!;

        Assert.Equal([1, 2, 1, 2, 3], frames);
        Assert.Equal([0, 1, 2], last.Reconstruction.Series.ImageNumbers);
        Assert.Single(told, static m => m.Id == WarningIds.FramesReordered);
    }

    // All that can be taken now: files are looked at twice.
    private int Take(FrameArrival arrival)
    {
        int taken = 0;
        for (int looks = 0; looks < 2; looks++)
        {
            while (arrival.Next(_images) is { } frame)
            {
                Assert.Equal(1, frame.Count);
                Assert.Equal(_images.Count, arrival.Series.Count);
                Assert.Null(arrival.Waits);
                taken++;
            }
        }

        return taken;
    }

    private ReconstructionParameters Named(string folder, string name, int count) => _object.Parameters with
    {
        BaseDirectory = _folder.Path,
        Files = _object.Parameters.Files with { InputPath = folder, InputFileName = name, ImageCount = count },
        Image = _object.Parameters.Image with { Range = null },
        Foci = [-60, 60],
    };

    private float[] Frame(int n) => _object.Frames(_object.Drift())[n];

    private void Write(string name, int n) =>
        SeriesExport.Write(_folder.File(name), new FocalSeries(_object.Parameters with { Foci = [0], Files = _object.Parameters.Files with { ImageCount = 1 } }, [Frame(n)]));
}
