using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FsRec.Fourier;

namespace FsRec.Alignment;

/// <summary>
/// Cross-correlates two images of one reference area and finds the peak. Only the neighbourhood of the peak is
/// ever computed at sub-pixel places: a (2k+1)² patch of the correlation is a sum over its spectrum, separable in rows and columns.
/// </summary>
internal sealed unsafe class AreaCorrelator
{
    private const int Lanes = ComplexPlane.Lanes;
    private const int MaxRounds = 5;
    private readonly FourierTransform _transform;
    private readonly RealTransform _real;

    /// <summary>Prepares correlations of areas of one shape.</summary>
    /// <param name="rows">Rows of the areas.</param>
    /// <param name="columns">Columns of the areas.</param>
    /// <param name="signed">Whether only positive correlation counts; otherwise its modulus does, as in the published program.</param>
    public AreaCorrelator(int rows, int columns, bool signed = false)
    {
        Rows = rows;
        Columns = columns;
        Signed = signed;
        _transform = new FourierTransform(rows, columns);
        _real = new RealTransform(rows, columns);
    }

    /// <summary>Rows of the areas.</summary>
    public int Rows { get; }

    /// <summary>Columns of the areas.</summary>
    public int Columns { get; }

    /// <summary>Whether only positive correlation counts.</summary>
    public bool Signed { get; }

    /// <summary>Takes the memory one thread needs for patches of a radius.</summary>
    public CorrelationWorkspace CreateWorkspace(int radius) => new(Rows, Columns, radius, _transform.CreateScratch(), _real);

    /// <summary>
    /// Computes the correlation's spectrum A(k)·B*(k) on the half-plane. Where b is a moved by d, a = b(r − d), the correlation
    /// peaks at d.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Correlate(ReadOnlySpan<float> a, ReadOnlySpan<float> b, CorrelationWorkspace workspace)
    {
        ComplexPlane packed = workspace.Packed;
        fixed (float* first = a, second = b)
        {
            for (int r = 0; r < Rows; r++)
            {
                Pack(first + (r * Columns), second + (r * Columns), packed.Row(r));
            }
        }

        _transform.Forward(packed, workspace.Scratch);
        for (int r = 0; r < Rows; r++)
        {
            MirroredRow.Flatten(packed.Row((Rows - r) % Rows), Columns, workspace.FlatRe, workspace.FlatIm);
            Multiply(packed.Row(r), workspace.FlatRe, workspace.FlatIm, workspace.Spectrum.Row(r));
        }
    }

    /// <summary>z = a + ib, pixel by pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pack(float* a, float* b, float* line)
    {
        int c = 0;
        for (; c + Lanes <= Columns; c += Lanes)
        {
            Vector512.Load(a + c).Store(line + (2 * c));
            Vector512.Load(b + c).Store(line + (2 * c) + Lanes);
        }

        for (; c < Columns; c++)
        {
            line[ComplexPlane.Offset(c)] = a[c];
            line[ComplexPlane.Offset(c) + Lanes] = b[c];
        }
    }

    /// <summary>
    /// A·B* from Z = A + iB of two real images: A = (Z + Z'*)/2 and B = (Z − Z'*)/2i, Z' at −k, which the flat row gives mirrored.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(float* z, float* mirroredRe, float* mirroredIm, float* product)
    {
        var quarter = Vector512.Create(0.25f);
        for (int k = 0; k <= Columns / 2; k += Lanes)
        {
            Vector512<float> zr = Vector512.Load(z + (2 * k));
            Vector512<float> zi = Vector512.Load(z + (2 * k) + Lanes);
            Vector512<float> mr = MirroredRow.Load(mirroredRe, Columns, k);
            Vector512<float> mi = MirroredRow.Load(mirroredIm, Columns, k);
            Vector512<float> ar = zr + mr;
            Vector512<float> ai = zi - mi;
            Vector512<float> br = zi + mi;
            Vector512<float> bi = mr - zr;
            (quarter * ((ar * br) + (ai * bi))).Store(product + (2 * k));
            (quarter * ((ai * br) - (ar * bi))).Store(product + (2 * k) + Lanes);
        }
    }

    /// <summary>
    /// The highest whole-pixel local maxima of the modulus over the entire correlation, highest first; displacements reach half
    /// an area on each axis.
    /// </summary>
    public IReadOnlyList<(int Dx, int Dy)> Peaks(int count, CorrelationWorkspace workspace)
    {
        float[] image = workspace.Image();
        for (int i = 0; i < image.Length; i++)
        {
            image[i] = Strength(image[i]);
        }

        var peaks = new List<(float Value, int Index)>();
        for (int i = 0; i < image.Length; i++)
        {
            if ((peaks.Count < count || image[i] > peaks[^1].Value) && IsLocalMaximum(image, i))
            {
                int place = peaks.FindIndex(p => p.Value < image[i]);
                peaks.Insert(place < 0 ? peaks.Count : place, (image[i], i));
                if (peaks.Count > count)
                {
                    peaks.RemoveAt(count);
                }
            }
        }

        return [.. peaks.Select(p => (FrequencyGrid.Signed(p.Index % Columns, Columns), FrequencyGrid.Signed(p.Index / Columns, Rows)))];
    }

    private float Strength(float correlation) => Signed ? Math.Max(0, correlation) : Math.Abs(correlation);

    private bool IsLocalMaximum(float[] image, int index)
    {
        int row = index / Columns;
        int column = index % Columns;
        for (int dr = -1; dr <= 1; dr++)
        {
            int r = (row + dr + Rows) % Rows;
            for (int dc = -1; dc <= 1; dc++)
            {
                if (image[(r * Columns) + ((column + dc + Columns) % Columns)] > image[index])
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>
    /// The sub-pixel place of the peak near the centre: the whole-pixel maximum within the radius, then the centre of mass of
    /// the modulus inside the circle round the current place, again and again until it moves less than the precision, five times
    /// at most.
    /// </summary>
    public (double Dx, double Dy) PeakNearCentre(double precision, CorrelationWorkspace workspace)
    {
        int k = workspace.Radius;
        float[] patch = workspace.Patch;
        Evaluate(0, 0, workspace);
        int best = patch.Length / 2;
        for (int i = 0; i < patch.Length; i++)
        {
            best = patch[i] > patch[best] ? i : best;
        }

        int side = (2 * k) + 1;
        double x = (best % side) - k;
        double y = (best / side) - k;
        for (int round = 0; round < MaxRounds; round++)
        {
            // The patch round zero is there already when the maximum lies in its middle.
            if (x != 0 || y != 0 || round > 0)
            {
                Evaluate(x, y, workspace);
            }

            (double moveX, double moveY) = CentreOfMass(patch, k);
            x += moveX;
            y += moveY;
            if ((moveX * moveX) + (moveY * moveY) < precision * precision)
            {
                break;
            }
        }

        return (x, y);
    }

    private static (double X, double Y) CentreOfMass(float[] patch, int radius)
    {
        double sum = 0;
        double x = 0;
        double y = 0;
        int i = 0;
        for (int row = -radius; row <= radius; row++)
        {
            for (int column = -radius; column <= radius; column++, i++)
            {
                if ((row * row) + (column * column) <= radius * radius)
                {
                    sum += patch[i];
                    x += patch[i] * column;
                    y += patch[i] * row;
                }
            }
        }

        return sum > 0 ? (x / sum, y / sum) : (0, 0);
    }

    /// <summary>Fills the patch with |C| at whole-pixel steps round a place.</summary>
    private void Evaluate(double x, double y, CorrelationWorkspace workspace)
    {
        workspace.Neighbourhood.Evaluate(workspace.Spectrum, x, y);
        foreach (ref float value in workspace.Patch.AsSpan())
        {
            value = Strength(value);
        }
    }
}
