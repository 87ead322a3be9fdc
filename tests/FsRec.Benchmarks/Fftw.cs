using System.Runtime.InteropServices;

namespace FsRec.Benchmarks;

/// <summary>FFTW's single-precision plans, for comparison only: the library itself never calls it.</summary>
internal static unsafe partial class Fftw
{
    public const int Forward = -1;
    public const uint Measure = 0;
    internal const string Library = "libfftw3f.so.3";

    /// <summary>Whether the library is installed.</summary>
    public static bool IsAvailable => NativeLibrary.TryLoad(Library, out _);

    [LibraryImport(Library, EntryPoint = "fftwf_malloc")]
    public static partial float* Malloc(nuint bytes);

    [LibraryImport(Library, EntryPoint = "fftwf_free")]
    public static partial void Free(float* memory);

    [LibraryImport(Library, EntryPoint = "fftwf_plan_dft_2d")]
    public static partial nint PlanComplex(int rows, int columns, float* source, float* target, int sign, uint flags);

    [LibraryImport(Library, EntryPoint = "fftwf_plan_dft_r2c_2d")]
    public static partial nint PlanReal(int rows, int columns, float* source, float* target, uint flags);

    [LibraryImport(Library, EntryPoint = "fftwf_execute")]
    public static partial void Execute(nint plan);

    [LibraryImport(Library, EntryPoint = "fftwf_destroy_plan")]
    public static partial void Destroy(nint plan);
}
