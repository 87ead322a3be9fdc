namespace FsRec.Fourier;

/// <summary>Places on a periodic axis.</summary>
internal static class Periodic
{
    /// <summary>The place from 0 to <paramref name="count"/> − 1 that a place beyond either end stands for.</summary>
    public static int Wrap(int value, int count) => ((value % count) + count) % count;

    /// <summary>The same nearest to 0, from −<paramref name="count"/> / 2 on.</summary>
    public static int Nearest(int value, int count) => Wrap(value + (count / 2), count) - (count / 2);
}
