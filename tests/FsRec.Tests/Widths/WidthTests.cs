using System.Runtime.InteropServices;
using FsRec.Fourier;

namespace FsRec.Tests.Widths;

/// <summary>Every vectorised path on every machine: what is marked passes at each width, and leaves no vectorised method out.</summary>
public sealed class WidthTests
{
    private static readonly Lazy<Task<WidthRun[]>> Runs = new(static () => Task.WhenAll(VectorWidth.Narrower.Where(static w => w.Bits < VectorWidth.Widest).Select(WidthRun.StartAsync)));

    // What is an instruction set's own has no narrow form, and something else in its place there.
    private static readonly Dictionary<string, int> Least = new()
    {
        ["FsRec.Fourier.Kernels.Transposition.Sixteen"] = 512,
        ["FsRec.Fourier.Kernels.Transposition.Eight"] = 256,
    };

    /// <summary>Tests that ran at each width.</summary>
    public static async Task<IEnumerable<TheoryDataRow<string, string?>>> Reruns() =>
        from run in await Runs.Value
        from test in run.Tests
        let failure = test.Attribute("result")!.Value == "Pass" ? null : test.Element("failure")?.Value ?? test.ToString()
        select new TheoryDataRow<string, string?>($"{run.Width}", failure) { TestDisplayName = $"With {run.Width}: {test.Attribute("name")!.Value}" };

    [Theory]
    [MemberData(nameof(Reruns), DisableDiscoveryEnumeration = true)]
    public void Narrow(string width, string? failure) => Assert.True(failure is null, $"With {width}: {failure}");

    [Fact]
    public async Task Every_vectorised_method_runs_at_every_width()
    {
        string[] vectorised = [.. VectorisedMethods.Of(typeof(FourierTransform).Assembly)];
        Assert.NotEmpty(vectorised);
        foreach (WidthRun run in await Runs.Value)
        {
            Assert.True(run.Tests.Count > 0, $"With {run.Width} no test ran: {run.Output}");
            string[] missing = [.. vectorised.Where(m => !run.Compiled.Contains(m) && run.Width.Bits >= Least.GetValueOrDefault(m))];
            Assert.True(missing.Length == 0, $"With {run.Width} no test marked by EveryWidth runs {string.Join(", ", missing)}.");
        }

        // What .ci/run tells.
        string widths = string.Join(", ", (await Runs.Value).Select(static r => $"{r.Width} ({r.Tests.Count} tests)").Prepend($"{new VectorWidth(VectorWidth.Widest)} (all tests)"));
        await File.WriteAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "widths.txt"), $"{RuntimeInformation.FrameworkDescription}: {widths}{Environment.NewLine}", TestContext.Current.CancellationToken);
    }

    [Fact]
    [EveryWidth]
    public void Registers_are_as_wide_as_they_should_be()
    {
        if (Environment.GetEnvironmentVariable(WidthRun.Expected) is { } bits)
        {
            Assert.Equal(bits, $"{VectorWidth.Widest}");
        }
    }
}
