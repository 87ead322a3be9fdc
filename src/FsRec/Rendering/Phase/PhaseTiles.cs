using System.Runtime.CompilerServices;

namespace FsRec.Rendering.Phase;

/// <summary>
/// The tiles of a wrapped phase in which every way from pixel to pixel gives the same turns: those without a residue (R. M. Goldstein, H. A. Zebker and
/// C. L. Werner, Radio Science 23 (1988) 713: a square of four pixels round which the turns do not add up to none). In them there is nothing to decide.
/// </summary>
internal sealed class PhaseTiles
{
    /// <summary>Rows and columns of a tile.</summary>
    public const int Side = 16;

    private readonly int _columns;
    private readonly int _rows;
    private readonly int _across;
    private readonly bool[] _consistent;

    private PhaseTiles(int rows, int columns)
    {
        (_rows, _columns, _across) = (rows, columns, (columns + Side - 1) / Side);
        _consistent = new bool[_across * ((rows + Side - 1) / Side)];
        Turns = new int[rows * columns];
    }

    /// <summary>Turns of each pixel against the first one of its tile; 0 where the tile is not consistent.</summary>
    public int[] Turns { get; }

    /// <summary>Finds the tiles.</summary>
    /// <param name="phase">Phase in rad, row-major.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    public static PhaseTiles Find(float[] phase, int rows, int columns)
    {
        var tiles = new PhaseTiles(rows, columns);
        FrameLoop.Run(tiles._consistent.Length, 0, CancellationToken.None, tile =>
        {
            (int top, int left) = (tile / tiles._across * Side, tile % tiles._across * Side);
            tiles._consistent[tile] = Settle(phase, columns, top, left, Math.Min(Side, rows - top), Math.Min(Side, columns - left), tiles.Turns);
        });
        return tiles;
    }

    /// <summary>Whether the turns of a pixel's tile are known.</summary>
    public bool IsConsistent(int row, int column) => _consistent[(row / Side * _across) + (column / Side)];

    /// <summary>The first pixel of a pixel's tile, where the turns of the tile are known; else the pixel itself.</summary>
    public int First(int row, int column) => IsConsistent(row, column) ? (row / Side * Side * _columns) + (column / Side * Side) : (row * _columns) + column;

    /// <summary>Number of pixels in the tile of which the given one is the first.</summary>
    public int Size(int row, int column) => Math.Min(Side, _rows - row) * Math.Min(Side, _columns - column);

    /// <summary>Turns that the second pixel has more than the first, so that they differ by less than half a turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TurnsBetween(float first, float second) => (int)MathF.Round((first - second) * (1 / MathF.Tau));

    // Turns along the first column and each row; every step down must give the same.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Settle(float[] phase, int columns, int top, int left, int rows, int width, int[] turns)
    {
        int start = (top * columns) + left;
        bool consistent = true;
        for (int r = 0; r < rows; r++)
        {
            int line = start + (r * columns);
            turns[line] = r == 0 ? 0 : turns[line - columns] + TurnsBetween(phase[line - columns], phase[line]);
            consistent &= float.IsFinite(phase[line]);
            for (int i = line + 1; i < line + width; i++)
            {
                turns[i] = turns[i - 1] + TurnsBetween(phase[i - 1], phase[i]);
                consistent &= float.IsFinite(phase[i]) && (r == 0 || turns[i] == turns[i - columns] + TurnsBetween(phase[i - columns], phase[i]));
            }
        }

        for (int r = 0; !consistent && r < rows; r++)
        {
            Array.Clear(turns, start + (r * columns), width);
        }

        return consistent;
    }
}
