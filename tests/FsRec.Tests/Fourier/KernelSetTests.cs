using System.Diagnostics;
using System.Numerics;
using System.Runtime.Intrinsics;
using FsRec.Fourier;
using FsRec.Fourier.Kernels;

namespace FsRec.Tests.Fourier;

/// <summary>
/// Every width of register, here and in child processes in which the runtime hides an instruction set from the program.
/// </summary>
public sealed class KernelSetTests
{
    internal const string Child = "FSREC_TESTS_CHILD";

    public static TheoryData<int> Narrower => [8, 4];

    [Theory]
    [MemberData(nameof(Narrower))]
    public void Narrower_registers_give_the_same_transforms(int lanes)
    {
        KernelSet kernels = lanes == 8
            ? new KernelSet<Lanes256, Vector256<float>>()
            : new KernelSet<Lanes128, Vector128<float>>();
        foreach ((int rows, int columns) in new[] { (1, 1), (16, 48), (40, 24), (33, 36), (30, 96), (53, 61), (7, 22) })
        {
            var transform = new FourierTransform(rows, columns, kernels);
            using FourierScratch scratch = transform.CreateScratch();
            using ComplexPlane plane = PlaneSamples.Random(rows, columns, rows);
            Complex[,] start = PlaneSamples.ToComplex(plane);
            transform.Forward(plane, scratch);
            Complex[,] expected = PlaneSamples.Columns(
                PlaneSamples.Rows(start, -1, PlaneSamples.DirectSum), -1, PlaneSamples.DirectSum);
            double error = PlaneSamples.RelativeError(plane, expected);
            Assert.True(error <= 5e-7, $"{rows} × {columns}: {error:e2}");
            transform.Inverse(plane, scratch);
            error = PlaneSamples.RelativeError(plane, start);
            Assert.True(error <= 1e-6, $"{rows} × {columns} and back: {error:e2}");
        }
    }

    [Theory]
    [InlineData("AVX512")]
    [InlineData("AVX2")]
    [InlineData("HWIntrinsic")]
    public async Task Tests_pass_without_an_instruction_set(string missing)
    {
        if (Environment.GetEnvironmentVariable(Child) is not null)
        {
            return;
        }

        string directory = AppContext.BaseDirectory;
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(directory, "FsRec.Tests.dll"));
        foreach (Type type in (Type[])[typeof(TransformSmallTests), typeof(PartialPassTests), typeof(RealPairTests)])
        {
            start.ArgumentList.Add("-class");
            start.ArgumentList.Add(type.FullName!);
        }

        start.Environment[Child] = missing;
        start.Environment[$"DOTNET_Enable{missing}"] = "0";
        if (missing == "AVX512")
        {
            // The name that runtimes before .NET 10 know it by.
            start.Environment["DOTNET_EnableAVX512F"] = "0";
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"Without {missing}:{Environment.NewLine}{output}{await errors}");
        Assert.DoesNotContain("Total: 0", output, StringComparison.Ordinal);
    }

    /// <summary>A child process misses what was taken from it.</summary>
    internal static void CheckInstructionSet()
    {
        int lanes = Environment.GetEnvironmentVariable(Child) switch
        {
            "AVX512" => Math.Min(8, KernelSet.Best.Lanes),
            "AVX2" or "HWIntrinsic" => 4,
            _ => KernelSet.Best.Lanes,
        };
        Assert.Equal(lanes, KernelSet.Best.Lanes);
    }
}
