using FsRec.Parameters;
using FsRec.Runs;

namespace FsRec.Tests.Runs;

public sealed class OutputFilesTests
{
    [Fact]
    public void Names_are_PyFSRecs()
    {
        var files = new OutputFiles("results", "Rec");

        string[] names = [files.Wave, files.FilteredWave, files.Displacements, files.Foci, files.IntermediateWave(7), files.AlignedFrame(12), files.AlignedFrame(1234)];

        Assert.Equal(
            ["Rec.wav", "Rec_filt.wav", "Rec_dxy.csv", "Rec_foci.csv", "Rec_007.wav", "Rec_ali_float32_012.raw", "Rec_ali_float32_1234.raw"],
            names.Select(Path.GetFileName));
        Assert.All(names, static name => Assert.Equal("results", Path.GetDirectoryName(name)));
    }

    [Fact]
    public void A_relative_folder_is_taken_from_that_of_the_parameter_file()
    {
        string folder = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "configs"));
        var parameters = new ReconstructionParameters
        {
            Files = new FileParameters { OutputPath = "results", OutputFileName = "Rec" },
            BaseDirectory = folder,
        };

        Assert.Equal(Path.Combine(folder, "results", "Rec.wav"), OutputFiles.Of(parameters).Wave);
    }
}
