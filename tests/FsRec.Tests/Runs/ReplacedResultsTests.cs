using FsRec.Parameters;
using FsRec.Runs;

namespace FsRec.Tests.Runs;

/// <summary>What is said before results are replaced that the run cannot make again.</summary>
public sealed class ReplacedResultsTests : IDisposable
{
    private readonly RunFolder _run = new();

    public ReplacedResultsTests() => _run.Run();

    public void Dispose() => _run.Dispose();

    private RunMessage[] Told => [.. _run.Messages.Where(static m => m.Id == WarningIds.ResultsReplaced)];

    [Fact]
    public void The_same_run_again_needs_no_word()
    {
        _run.Run();
        Assert.Empty(Told);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Results_of_other_images_are_named_by_these(bool force)
    {
        string folder = _run.In("../other");
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.EnumerateFiles(_run.In("")))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        _run.Parameters = _run.Parameters.With("INPUTPATH", folder + "/");
        RunResult result = _run.Run(new RunOptions { Force = force });

        Assert.Equal(force ? 0 : 1, Told.Length);
        Assert.All(Told, m => Assert.Contains($"other images, of which '{_run.In("img_000.raw")}' is the first", m.Text, StringComparison.Ordinal));
        Assert.False(result.IsDoubtful);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Displacements_that_a_wave_was_made_by_are_not_replaced_without_a_word(bool boxcar)
    {
        _run.Run(boxcar ? new RunOptions { Boxcar = 2 } : new RunOptions { PrealignOnly = true });
        Assert.Contains("by which its wave was made", Assert.Single(Told).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wave_that_took_more_is_not_replaced_by_one_that_takes_less_without_a_word()
    {
        _run.Run(new RunOptions { Method = RestorationMethod.Wiener });
        Assert.Empty(Told);

        _run.Run();
        Assert.Contains("with Restoration=Wiener, is replaced by one with Restoration=Linear", Assert.Single(Told).Text, StringComparison.Ordinal);
    }
}
