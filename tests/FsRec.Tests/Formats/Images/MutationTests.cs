using System.Globalization;

namespace FsRec.Tests.Formats.Images;

/// <summary>Damaged files end in values or in a plain error. FSREC_MUTATIONS is the number of cases; <c>build.ps1 -Task Mutate</c> sets 20,000.</summary>
[Collection("Memory")]
public class MutationTests(ITestOutputHelper output)
{
    private const int Seed = 20261126;

    private static int Cases => int.TryParse(Environment.GetEnvironmentVariable("FSREC_MUTATIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out int cases) ? cases : 1000;

    [Fact]
    public void Damaged_files_of_microscopes_are_read_or_refused()
    {
        string shared = SharedFiles.Require();
        string[] files = [.. Directory.EnumerateFiles(shared, "*", SearchOption.AllDirectories)
            .Where(static file => Path.GetExtension(file) is not (".md" or ".json" or ".emi")).Order(StringComparer.Ordinal)];
        Run(files);
    }

    [Fact]
    public void Damaged_small_files_are_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        foreach ((string name, byte[] bytes) in ((string, byte[])[])[
            ("a.mrc", SmallFiles.Mrc((8, 8, 3), 1, new byte[384])),
            ("b.ser", SmallFiles.Ser(3, 3, 8, 8, static i => (short)i)),
            ("c.png", SmallFiles.Png(16, 16, static i => (i * 977) % 65536)),
            ("d.dm3", SmallFiles.Dm3(2, 8, 8, static i => (short)i))])
        {
            File.WriteAllBytes(folder.File(name), bytes);
        }

        Run([.. folder.Names().Select(folder.File)]);
    }

    private void Run(IReadOnlyList<string> files)
    {
        using var folder = new TemporaryFolder();
        var worst = new Mutation.Worst();
        List<string> problems = Mutation.Run(files, Cases, Seed, folder.Path, worst);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Cases} cases: longest {worst.Longest.TotalSeconds:0.000} s, most memory beyond three times the file {worst.MostBeyond / 1048576.0:0.0} MiB."));
        Assert.Empty(problems);
    }
}

/// <summary>Tests that look at the memory of the process run by themselves.</summary>
[CollectionDefinition("Memory", DisableParallelization = true)]
public class MemoryUse;
