using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using FsRec.Alignment;
using FsRec.Fourier;
using FsRec.Fourier.Kernels;
using FsRec.Optics;
using FsRec.Resolution;
using FsRec.Restoration;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>
/// Has the kernels of a linear reconstruction compiled on a thread of its own, while the host reads its command line or the user types. They are chosen by the width of
/// the processor's registers, so that no compiler ahead of time has them, and take a fifth of a short run where they are compiled one by one as they are first
/// called. A program that was compiled whole needs only the system's library for hashes, which takes as long to load as its command line to read.
/// </summary>
public static unsafe class WarmUp
{
    /// <summary>Whose optimised methods are compiled, in the order in which a reconstruction calls them.</summary>
    internal static readonly Type[] Owners =
    [
        typeof(UnusualPixels), typeof(AreaStatistics), typeof(RealTransform), typeof(RealRowPass), typeof(SplitRowPass), typeof(Transposition),
        typeof(MixedRadixTransform), typeof(MixedRadixHalf), typeof(MirroredRow), typeof(ColumnPass), typeof(TransferFunction),
        typeof(NeighbourLikeness), typeof(PhaseRamp), typeof(RampedRows), typeof(AreaCorrelator), typeof(CorrelationPatch), typeof(ModelEvidence),
        typeof(MovedFrame), typeof(FrameForecast), typeof(HeldFrame), typeof(PlaceSearch), typeof(RestorationFilter), typeof(BackProjector),
        typeof(SpectrumKernels), typeof(ImageSimulator), typeof(BandRows), typeof(SymmetricSum), typeof(ShiftKernel), typeof(ComplexPlane),
        typeof(SharedNoise),
    ];

    private static int _begun;

    /// <summary>Begins, once a process; does nothing where there is no second processor to do it on, or no thread to be had.</summary>
    public static void Begin()
    {
        if (Environment.ProcessorCount > 1 && Interlocked.Exchange(ref _begun, 1) == 0)
        {
            BackgroundThread.Start("FsRec warm-up", Run);
        }
    }

    /// <summary>Compiles, and has the types loaded that a run record is written with.</summary>
    internal static void Compile()
    {
        CompileTransforms();
        foreach (MethodInfo method in Owners.SelectMany(Optimised))
        {
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
        }

        _ = new RunJournal(new RunContext()).Blank(RunOutcome.Done).ToJson();
    }

    /// <summary>The optimised methods of a type, less those that are made for types yet to be named.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A program that was trimmed was compiled whole, and never comes here.")]
    internal static IEnumerable<MethodInfo> Optimised(Type owner) =>
        owner.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(static m => (m.MethodImplementationFlags & MethodImplAttributes.AggressiveOptimization) != 0 && !m.ContainsGenericParameters);

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever fails here will fail where it is needed, and be told there.")]
    private static void Run()
    {
        try
        {
            _ = SHA256.HashData([]);
            if (RuntimeFeature.IsDynamicCodeCompiled)
            {
                Compile();
            }
        }
        catch (Exception)
        {
            // A wish only: what was not compiled is when it is called.
        }
    }

    /// <summary>The kernels for frames whose sides are powers of two, as most cameras have them: a row of no butterflies is enough to have one compiled.</summary>
    private static void CompileTransforms()
    {
        KernelSet kernels = KernelSet.Best;
        ButterflyRow butterflies = default;
        RowSplit split = default;
        kernels.Split(16, false)(&split);
        kernels.Twiddled(8, false)(&butterflies);
        kernels.Plain(4, false)(&butterflies);
        kernels.Plain(8, true)(&butterflies);
        kernels.Selected(8)(&butterflies);
        kernels.Plain(8, false)(&butterflies);
        kernels.Twiddled(4, false)(&butterflies);
        kernels.TwiddledFromHalf(8)(&butterflies);
        kernels.Split(16, true)(&split);
        float* number = stackalloc float[ComplexPlane.BlockFloats];
        kernels.SeparatePair(number, 0, number, number, 0);
        kernels.JoinPair(number, number, 0, number, number, ComplexPlane.BlockFloats);
    }
}
