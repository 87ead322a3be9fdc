using System.Runtime;
using System.Runtime.Intrinsics;
using FsRec.Fourier;
using FsRec.Fourier.Kernels;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.Tests.Runs;

/// <summary>Kernels that are compiled before they are called.</summary>
public sealed class WarmUpTests
{
    // The parts of the library that a linear run goes through.
    private static readonly string[] Parts = ["Series", "Fourier", "Fourier.Kernels", "Alignment", "Optics", "Statistics", "Restoration", "Resolution"];

    // For odd lengths, the nonlinear model, and defective pixels that are to be replaced.
    private static readonly string[] Rare =
    [
        nameof(TransposedRowPass), nameof(TurnKernels), nameof(RealFilter), nameof(SeparableFilter), nameof(ExchangedRows), nameof(BlockedColumnPass), nameof(HotPixels), nameof(NineMedians), nameof(WideOutliers),
    ];

    [Fact]
    public void Every_optimised_method_of_a_linear_run_is_compiled_before_it_is_called()
    {
        Type[] owners = [.. typeof(WarmUp).Assembly.GetTypes().Where(static t => !t.ContainsGenericParameters && Parts.Any(part => t.Namespace == $"FsRec.{part}") && WarmUp.Optimised(t).Any())];

        Assert.Superset(owners.Where(static t => !Rare.Contains((t.DeclaringType ?? t).Name)).ToHashSet(), WarmUp.Owners.ToHashSet());
    }

    [Fact]
    public void Whoever_is_named_has_something_to_compile() =>
        Assert.All(WarmUp.Owners, static owner => Assert.NotEmpty(WarmUp.Optimised(owner)));

    [Fact]
    public void A_method_that_was_compiled_is_not_compiled_when_it_is_called()
    {
        Assert.SkipUnless(Vector256.IsHardwareAccelerated, "Without vectors in hardware what stands for them is compiled one by one.");
        WarmUp.Compile();
        float[] values = [1, 2, 3];
        long before = JitInfo.GetCompiledMethodCount(currentThread: true);

        AreaStatistics.Scale(values, 2);

        Assert.Equal(before, JitInfo.GetCompiledMethodCount(currentThread: true));
        Assert.Equal([2, 4, 6], values);
    }
}
