using FsRec.Alignment;
using FsRec.Parameters;
using FsRec.Reconstructions;
using FsRec.Results;
using FsRec.Series;
using FsRec.Tests.Formats;
using FsRec.Tests.Series;

namespace FsRec.Tests.Alignment.Places;

/// <summary>
/// Defects of a camera stay where they are while the specimen drifts. Where Fixhotpix leaves them they are in the wave, but a frame lies where it would without them.
/// Series by code that is not the product's; errors in px without mean and tilt, 0.02 to 0.05 without a defect.
/// </summary>
public sealed class DefectsWithoutVoteTests
{
    private const double Found = 0.08;

    [Theory]
    [InlineData("hot", null)]
    [InlineData("hot", "sequential")]
    [InlineData("hot", "model")]
    [InlineData("column", null)]
    [InlineData("rows", null)]
    [InlineData("rows", "sequential")]
    public void Defects_that_are_left_do_not_draw_frames(string defect, string? method)
    {
        // Frame against frame, lattices are lost by themselves, and a film without a defect lies 0.16 px off.
        bool sequential = method == PrealignmentMethods.Sequential;
        double found = sequential ? 0.2 : Found;
        FieldSeries field = sequential ? new FieldSeries(4, peak: 0, film: 0.1) : new FieldSeries(4);
        FocalSeries series = field.Series(Broken(field, defect), method);

        PrealignmentResult aligned = Prealignment.Run(series);
        Assert.InRange(field.Error(aligned.Aligned.Displacements), 0, found);
        Assert.Empty(aligned.OutlierImages);

        Reconstruction wave = WaveReconstruction.Run(aligned.Aligned).Reconstruction;
        Assert.InRange(field.Error(wave.Displacements), 0, found);
        Assert.All(series.DefectivePixels, static count => Assert.InRange(count, 10, 3 * 96));
    }

    /// <summary>The wave is of the frames as they are: Fixhotpix has its meaning.</summary>
    [Fact]
    public void What_is_left_is_in_the_wave()
    {
        var field = new FieldSeries(4);
        float[][] frames = field.Frames();
        FocalSeries clean = field.Series(frames);
        FocalSeries broken = field.Series(Broken(frames, field.Size, "rows"));

        Assert.NotSame(broken, broken.ForPlaces(1, null, default));
        Assert.Same(clean, clean.ForPlaces(1, null, default));
        // A hit in a few of the frames is no reason to read and transform all of them twice.
        float[][] hit = [.. frames.Select((frame, n) => n < 3 ? Broken([frame], field.Size, "hot")[0] : frame)];
        FocalSeries series = field.Series(hit);
        Assert.Same(series, series.ForPlaces(1, null, default));
        Assert.Equal(3, series.DefectivePixels.Count(static count => count > 0));
        Assert.Equal(0, broken.Frame(3)[(40 * field.Size) + 20]);
        Assert.InRange(broken.ForPlaces(1, null, default).Frame(3)[(40 * field.Size) + 20], 0.2f, 3f);
    }

    /// <summary>Frames that stay in their files are read once more, those in memory copied; a frame by itself has mean 1 either way.</summary>
    [Fact]
    public void Frames_in_files_and_in_memory_are_freed_alike()
    {
        using var folder = new TemporaryFolder();
        var field = new FieldSeries(4) { Count = 3 };
        float[][] frames = Broken(field, "hot");
        FocalSeries memory = field.Series(frames);
        FileParameters names = memory.Parameters.Files with { InputFileName = "img_" };
        FocalSeries files = SeriesReader.Open((memory.Parameters with { Files = names }).WriteTo(folder, frames));

        for (int n = 0; n < 3; n++)
        {
            float[] expected = memory.ForPlaces(1, null, default).Frame(n).ToArray();
            Assert.Equal(1, expected.Average(), 5);
            float[] actual = files.ForPlaces(1, null, default).Frame(n).ToArray();
            // A frame in memory was divided by its mean before.
            Assert.All(expected.Zip(actual), static pair => Assert.InRange(pair.First - pair.Second, -1e-5f, 1e-5f));
        }
    }

    private static float[][] Broken(FieldSeries field, string defect) => Broken(field.Frames(), field.Size, defect);

    private static float[][] Broken(float[][] frames, int size, string defect)
    {
        var random = new Random(5);
        int[] hot = [.. Enumerable.Range(0, 12).Select(_ => random.Next(size * size))];
        return [.. frames.Select(frame =>
        {
            float[] broken = [.. frame];
            for (int i = 0; i < broken.Length; i++)
            {
                broken[i] *= defect switch
                {
                    "rows" => i / size is 40 or 41 ? 0 : 1,
                    "column" => i % size == 37 ? 3 : 1,
                    _ => hot.Contains(i) ? 50 : 1,
                };
            }

            return broken;
        })];
    }
}
