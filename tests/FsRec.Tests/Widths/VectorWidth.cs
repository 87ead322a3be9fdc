using System.Runtime.Intrinsics;

namespace FsRec.Tests.Widths;

/// <summary>Registers of one width, and the switches that make the runtime believe that the processor has no wider ones.</summary>
/// <param name="Bits">Bits of a register, 0 where there is none and loops do it all.</param>
/// <param name="Switches">Variables of the environment, with the names that .NET 8 and .NET 10 know them by.</param>
public sealed record VectorWidth(int Bits, params string[] Switches)
{
    /// <summary>The widths that are narrower than what a process has at best.</summary>
    public static IReadOnlyList<VectorWidth> Narrower { get; } =
    [
        new(256, "DOTNET_EnableAVX512", "DOTNET_EnableAVX512F"),
        new(128, "DOTNET_EnableAVX"),
        new(0, "DOTNET_EnableHWIntrinsic"),
    ];

    /// <summary>Bits of the widest registers that this process uses.</summary>
    public static int Widest =>
        Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 0;

    /// <inheritdoc />
    public override string ToString() => Bits == 0 ? "no vectors" : $"{Bits} bits";
}
