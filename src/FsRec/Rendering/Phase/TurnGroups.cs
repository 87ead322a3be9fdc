using System.Runtime.CompilerServices;

namespace FsRec.Rendering.Phase;

/// <summary>Groups of pixels whose turns relative to one another are known: a forest in which each pixel knows its turns against its parent.</summary>
internal sealed class TurnGroups
{
    // Both are read at every step, of places far apart.
    private readonly (int Parent, int Turns)[] _up;
    private readonly int[] _size;

    /// <summary>Each settled tile and each other pixel by itself.</summary>
    public TurnGroups(PhaseTiles tiles, int rows, int columns)
    {
        _up = new (int, int)[rows * columns];
        _size = new int[rows * columns];
        FrameLoop.Run(rows, 0, CancellationToken.None, r => Fill(tiles, r, columns));
    }

    /// <summary>Joins the groups of two pixels so that b has so many turns more than a; pixels of one group stay as they are.</summary>
    public void Join(int a, int b, int turns)
    {
        (int rootA, int turnsA) = Find(a);
        (int rootB, int turnsB) = Find(b);
        if (rootA == rootB)
        {
            return;
        }

        int difference = turnsA + turns - turnsB;
        if (_size[rootA] >= _size[rootB])
        {
            _up[rootB] = (rootA, difference);
            _size[rootA] += _size[rootB];
        }
        else
        {
            _up[rootA] = (rootB, -difference);
            _size[rootB] += _size[rootA];
        }
    }

    /// <summary>Turns of a pixel against its group. Changes nothing: several threads may ask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Of(int pixel)
    {
        int total = 0;
        for ((int parent, int turns) = _up[pixel]; parent != pixel; (parent, turns) = _up[pixel])
        {
            total += turns;
            pixel = parent;
        }

        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill(PhaseTiles tiles, int row, int columns)
    {
        for (int left = 0; left < columns; left += PhaseTiles.Side)
        {
            bool settled = tiles.IsConsistent(row, left);
            int first = tiles.First(row, left);
            for (int i = (row * columns) + left; i < (row * columns) + Math.Min(columns, left + PhaseTiles.Side); i++)
            {
                _up[i] = settled ? (first, tiles.Turns[i]) : (i, 0);
                _size[i] = settled && first == i ? tiles.Size(row, left) : 1;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (int Root, int Turns) Find(int pixel)
    {
        int root = pixel;
        int total = 0;
        for ((int parent, int turns) = _up[root]; parent != root; (parent, turns) = _up[root])
        {
            total += turns;
            root = parent;
        }

        // Whoever was on the way hangs at the root from now on.
        int left = total;
        for (int i = pixel; _up[i].Parent != root && i != root;)
        {
            (int next, int step) = _up[i];
            _up[i] = (root, left);
            left -= step;
            i = next;
        }

        return (root, total);
    }
}
