using FsRec.Formats.Export;
using FsRec.Series;
using FsRec.Tests.Formats;

namespace FsRec.Tests.Series;

public sealed class HeaderHintTests : IDisposable
{
    private static readonly KeyValuePair<string, string>[] Said = [new("Foci", "-60,60"), new("Voltage", "300"), new("Sampling", "0.05,0.05")];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".mrc")]
    [InlineData(".tif")]
    [InlineData(".npy")]
    public void Numbers_that_are_no_image_are_not_blamed_on_a_type_that_the_header_states(string suffix)
    {
        string path = _folder.File("stack" + suffix);
        // Of every pixel a number that is none of a recorded image.
        var content = new ImageContent
        {
            Frames = 3,
            Calibration = new Calibration(16, 16, 0.05, 0.05),
            Read = static (_, target) => target.Fill(float.NaN),
            Provenance = new Provenance(null, [], "broken"),
        };
        ImageExport.Write(path, content, TestContext.Current.CancellationToken);
        DataException e = Assert.Throws<DataException>(() => SeriesFiles.Read([path], _folder.Path, Said, cancellationToken: TestContext.Current.CancellationToken));

        Assert.DoesNotContain("Pixeltype", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Headerbytes", e.Message, StringComparison.Ordinal);
        Assert.Contains("header says", e.Message, StringComparison.Ordinal);
    }
}
