namespace FsRec.Rendering.Phase;

/// <summary>Groups of pixels whose turns relative to one another are known: a forest in which each pixel knows its turns against its parent.</summary>
internal sealed class TurnGroups
{
    private readonly int[] _parent;
    private readonly int[] _size;
    private readonly int[] _turns;

    /// <summary>Each pixel by itself.</summary>
    public TurnGroups(int count)
    {
        _parent = [.. Enumerable.Range(0, count)];
        _size = new int[count];
        _turns = new int[count];
        Array.Fill(_size, 1);
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
            (_parent[rootB], _turns[rootB]) = (rootA, difference);
            _size[rootA] += _size[rootB];
        }
        else
        {
            (_parent[rootA], _turns[rootA]) = (rootB, -difference);
            _size[rootB] += _size[rootA];
        }
    }

    /// <summary>Turns of a pixel against its group.</summary>
    public int Of(int pixel) => Find(pixel).Turns;

    private (int Root, int Turns) Find(int pixel)
    {
        int root = pixel;
        int total = 0;
        while (_parent[root] != root)
        {
            total += _turns[root];
            root = _parent[root];
        }

        // Whoever was on the way hangs at the root from now on.
        int left = total;
        for (int i = pixel; _parent[i] != root && i != root;)
        {
            (int next, int step) = (_parent[i], _turns[i]);
            (_parent[i], _turns[i]) = (root, left);
            left -= step;
            i = next;
        }

        return (root, total);
    }
}
