using System.Numerics;
using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Alignment;

/// <summary>
/// The spectra of a series' frames on one half of the wave's band, as vectors: windowed, mean removed, in units of unitary transforms;
/// with the row H_n of the linear theory for each frame and frequency.
/// </summary>
internal sealed unsafe class AlignmentPoints
{
    private const int LowestRings = 2;
    private const int LeastInGroup = 64;
    private const int MostGroups = 64;

    private PointPairs[] _data;
    private PointPairs[] _rows;

    // From the first element of a half plane to that of each point.
    private readonly int[] _offsets;

    private readonly float[] _rowWindow;
    private readonly float[] _columnWindow;

    /// <summary>Transforms the frames.</summary>
    /// <param name="series">The series.</param>
    /// <param name="statistics">Band and transfer functions of the series.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    public AlignmentPoints(FocalSeries series, SeriesStatistics statistics, int threads, CancellationToken cancellationToken)
        : this(series.Calibration, statistics.Band)
    {
        _data = series.FrameFindings.Get<Spectra>(
            found => found.Calibration == series.Calibration && found.Limit == Band.Limit,
            () => new Spectra(series.Calibration, Band.Limit, Transformed(series, threads, cancellationToken))).Data;
        _rows = RowsOf(statistics.Transfers, threads, cancellationToken);
    }

    /// <summary>The points without a frame, for those that are added one by one.</summary>
    /// <param name="calibration">Shape and scale of the frames.</param>
    /// <param name="band">The band of the wave.</param>
    public AlignmentPoints(Calibration calibration, WaveBand band)
    {
        Band = band;
        (_data, _rows) = ([], []);
        Transform = new RealTransform(calibration.Rows, calibration.Columns);
        (_rowWindow, _columnWindow) = (Window(calibration.Rows), Window(calibration.Columns));
        var ky = new List<int>();
        var kx = new List<int>();
        for (int y = -band.RowReach; y <= band.RowReach; y++)
        {
            for (int x = y > 0 ? 0 : 1; x <= band.ColumnReach && band.Contains(y, x); x++)
            {
                ky.Add(y);
                kx.Add(x);
            }
        }

        (Ky, Kx) = ([.. ky], [.. kx]);
        RowsOfPoints = new PointRow[band.Rows];
        for (int row = 0, first = 0; row < band.Rows; row++)
        {
            int end = first;
            while (end < Count && Ky[end] == row - band.RowReach)
            {
                end++;
            }

            RowsOfPoints[row] = new PointRow(first, end - first, row > band.RowReach ? 0 : 1);
            first = end;
        }

        G2 = [.. ky.Zip(kx, band.Grid.SquaredFrequency)];
        (Group, GroupCounts) = Grouped();
        Mixing = FourthPower(calibration.Rows) * FourthPower(calibration.Columns);
        _offsets = [.. ky.Zip(kx, (y, x) => (FrequencyGrid.Index(y, band.Grid.Rows) * ComplexPlane.StrideOf(Transform.HalfColumns)) + ComplexPlane.Offset(x))];
    }

    /// <summary>The band of the wave.</summary>
    public WaveBand Band { get; }

    /// <summary>The transform of the frames' shape.</summary>
    public RealTransform Transform { get; }

    /// <summary>Row frequency numbers.</summary>
    public int[] Ky { get; }

    /// <summary>Column frequency numbers, not negative.</summary>
    public int[] Kx { get; }

    /// <summary>g² in 1/nm².</summary>
    public double[] G2 { get; }

    /// <summary>The points of each row number from −RowReach on.</summary>
    public PointRow[] RowsOfPoints { get; }

    /// <summary>The place of a point's row among <see cref="RowsOfPoints"/>.</summary>
    public int RowOf(int point) => Ky[point] + Band.RowReach;

    /// <summary>Number of frequencies.</summary>
    public int Count => Ky.Length;

    /// <summary>Number of frames.</summary>
    public int Frames => _data.Length;

    /// <summary>The group of rings that a frequency belongs to.</summary>
    public byte[] Group { get; }

    /// <summary>Number of frequencies in each group.</summary>
    public int[] GroupCounts { get; }

    /// <summary>Which frequencies places are taken from: all, or one half of two that share none.</summary>
    public byte[]? Half { get; private set; }

    /// <summary>
    /// Takes places from one half of the frequencies, or from all again. Patches of four by four belong to a half together, since windowed frames
    /// mix neighbouring frequencies.
    /// </summary>
    /// <param name="half">0 or 1; <see langword="null"/> for all.</param>
    public void Use(int? half)
    {
        Half = half is null ? null : [.. Ky.Zip(Kx, (y, x) => (byte)((((y + 4096) >> 2) + (x >> 2) & 1) == half ? 1 : 0))];
        Array.Clear(GroupCounts);
        for (int i = 0; i < Count; i++)
        {
            GroupCounts[Group[i]] += Half is null ? 1 : Half[i];
        }
    }

    /// <summary>By how much fewer of the frequencies are independent, as the window mixes them.</summary>
    public double Mixing { get; }

    /// <summary>Number of groups of rings.</summary>
    public int Groups => GroupCounts.Length;

    /// <summary>The spectrum of a frame, not to be changed.</summary>
    public PointPairs Data(int frame) => _data[frame];

    /// <summary>H of a frame, H_a + iH_p = 2E exp(iχ); not to be changed.</summary>
    public PointPairs Rows(int frame) => _rows[frame];

    /// <summary>Gives a frame another transfer function, of another focus.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="transfer">The transfer function.</param>
    public void SetTransfer(int frame, TransferFunction transfer) => _rows[frame] = RowsOf(transfer);

    /// <summary>Adds a frame behind those that there are; not while others are looked at.</summary>
    /// <param name="frame">Row-major, vacuum 1.</param>
    /// <param name="transfer">Its transfer function.</param>
    /// <param name="spectrum">Memory of a half plane.</param>
    /// <param name="scratch">Memory of the transform.</param>
    public void Add(ReadOnlySpan<float> frame, TransferFunction transfer, ComplexPlane spectrum, RealTransformScratch scratch)
    {
        _data = [.. _data, SpectrumOf(frame, new float[frame.Length], spectrum, scratch)];
        _rows = [.. _rows, RowsOf(transfer)];
    }

    /// <summary>H of a transfer function.</summary>
    public PointPairs RowsOf(TransferFunction transfer) => RowsOf([transfer], 1, CancellationToken.None)[0];

    /// <summary>H of transfer functions, which are round: that of a row above the middle is that of the row below.</summary>
    private PointPairs[] RowsOf(IReadOnlyList<TransferFunction> transfers, int threads, CancellationToken cancellationToken)
    {
        PointPairs[] all = [.. transfers.Select(_ => new PointPairs(Count))];
        TransferRows.ForEach(Band, transfers, threads, cancellationToken, rows =>
        {
            (PointRow below, PointRow above) = (RowsOfPoints[Band.RowReach - rows.Row], RowsOfPoints[Band.RowReach + rows.Row]);
            for (int n = 0; n < all.Length; n++)
            {
                TransferRow row = rows[n];
                for (int i = 0; i < above.Count; i++)
                {
                    double e = 2 * row.Envelope[above.Kx + i];
                    // t is exp(−iχ).
                    all[n][above.First + i] = ((float)(e * row.Cos[above.Kx + i]), (float)(-e * row.Sin[above.Kx + i]));
                }

                int skipped = below.Kx - above.Kx;
                all[n].Re.AsSpan(above.First + skipped, below.Count).CopyTo(all[n].Re.AsSpan(below.First));
                all[n].Im.AsSpan(above.First + skipped, below.Count).CopyTo(all[n].Im.AsSpan(below.First));
            }
        });
        return all;
    }

    /// <summary>
    /// The factors exp(2πi (ky·dy/rows + kx·dx/columns)) that move a frame back by its displacement, one for each row number from
    /// −RowReach and each column number from 0.
    /// </summary>
    public (PointPairs Rows, PointPairs Columns) Ramp(double dx, double dy)
    {
        var rows = new PointPairs(Band.Rows);
        var columns = new PointPairs(Band.ColumnReach + 1);
        for (int y = 0; y < rows.Length; y++)
        {
            rows[y] = Unit(2 * Math.PI * (y - Band.RowReach) * dy / Band.Grid.Rows);
        }

        for (int x = 0; x < columns.Length; x++)
        {
            columns[x] = Unit(2 * Math.PI * x * dx / Band.Grid.Columns);
        }

        return (rows, columns);
    }

    /// <summary>
    /// Rings in groups: the lowest frequencies, where illumination lies, for themselves; further groups wide enough that the power of a
    /// group is known to some per cent.
    /// </summary>
    private (byte[] Group, int[] Counts) Grouped()
    {
        double step = Math.Max(Band.Grid.RowStep, Band.Grid.ColumnStep);
        int[] rings = [.. G2.Select(g2 => (int)((Math.Sqrt(g2) / step) + 0.5))];
        var counts = new int[rings.Max() + 1];
        foreach (int ring in rings)
        {
            counts[ring]++;
        }

        int all = Math.Max(LeastInGroup, Count / MostGroups);
        var groupOfRing = new byte[counts.Length];
        var sums = new List<int> { 0 };
        for (int ring = 0; ring < counts.Length; ring++)
        {
            bool full = sums.Count == 1 ? ring == LowestRings + 1 : sums[^1] >= all;
            if (full && ring > 0)
            {
                sums.Add(0);
            }

            groupOfRing[ring] = (byte)(sums.Count - 1);
            sums[^1] += counts[ring];
        }

        return ([.. rings.Select(r => groupOfRing[r])], [.. sums]);
    }

    private static (float Re, float Im) Unit(double angle)
    {
        (double sin, double cos) = Math.SinCos(angle);
        return ((float)cos, (float)sin);
    }

    /// <summary>The frame less its mean, faded out over an eighth of each side, with the power of the whole.</summary>
    private void Fade(ReadOnlySpan<float> frame, Span<float> target)
    {
        int columns = _columnWindow.Length;
        for (int r = 0; r < _rowWindow.Length; r++)
        {
            FadeRow(frame.Slice(r * columns, columns), _rowWindow[r], _columnWindow, target.Slice(r * columns, columns));
        }
    }

    private static void FadeRow(ReadOnlySpan<float> frame, float row, ReadOnlySpan<float> columns, Span<float> target)
    {
        int c = 0;
        for (int lanes = Vector<float>.Count; c <= frame.Length - lanes; c += lanes)
        {
            ((new Vector<float>(frame[c..]) - Vector<float>.One) * row * new Vector<float>(columns[c..])).CopyTo(target[c..]);
        }

        for (; c < frame.Length; c++)
        {
            target[c] = (frame[c] - 1) * row * columns[c];
        }
    }

    /// <summary>The spectrum of an image like a frame on the points.</summary>
    /// <param name="image">Row-major, vacuum 1.</param>
    public PointPairs SpectrumOf(ReadOnlySpan<float> image)
    {
        using ComplexPlane spectrum = Transform.CreateHalfPlane();
        using RealTransformScratch scratch = Transform.CreateScratch();
        return SpectrumOf(image, new float[image.Length], spectrum, scratch);
    }

    private PointPairs SpectrumOf(ReadOnlySpan<float> image, float[] faded, ComplexPlane spectrum, RealTransformScratch scratch)
    {
        Fade(image, faded);
        Transform.Forward(faded, spectrum, scratch, ComplexPlane.BlocksOf(Band.ColumnReach + 1));
        var points = new PointPairs(Count);
        Gather(spectrum, (float)(1 / Math.Sqrt((double)Transform.Rows * Transform.Columns)), points);
        return points;
    }

    /// <summary>Takes what a half plane holds at the points.</summary>
    /// <param name="spectrum">Of the transform's shape.</param>
    /// <param name="unit">A factor.</param>
    /// <param name="target">One number a point.</param>
    public void Gather(ComplexPlane spectrum, float unit, PointPairs target)
    {
        float* data = spectrum.Data;
        for (int i = 0; i < target.Length; i++)
        {
            float* p = data + _offsets[i];
            target[i] = (unit * p[0], unit * p[ComplexPlane.Lanes]);
        }
    }

    private PointPairs[] Transformed(FocalSeries series, int threads, CancellationToken cancellationToken)
    {
        var data = new PointPairs[series.Count];
        using var memory = new PerWorker<Workspace>(FrameLoop.Workers(threads, series.Count), () => new Workspace(Transform));
        FrameLoop.Run(series.Count, threads, cancellationToken, (worker, n) =>
        {
            Workspace m = memory[worker];
            data[n] = SpectrumOf(series.FrameOnce(n, () => m.Pixels), m.Faded, m.Spectrum, m.Scratch);
        });
        return data;
    }

    private static double FourthPower(int count) => Window(count).Average(static w => (double)w * w * w * w);

    /// <summary>The factors by which a frame fades out along one of its sides, of mean square 1.</summary>
    internal static float[] Window(int count)
    {
        var window = new float[count];
        double power = 0;
        for (int i = 0; i < count; i++)
        {
            double fromEdge = 8 * (Math.Min(i, count - 1 - i) + 0.5) / count;
            window[i] = (float)(fromEdge >= 1 ? 1 : 0.5 * (1 - Math.Cos(Math.PI * fromEdge)));
            power += window[i] * window[i];
        }

        float unit = (float)Math.Sqrt(count / power);
        return [.. window.Select(w => unit * w)];
    }

    /// <summary>A thread's memory: one for all of its frames, since every page is cleared when it is first written.</summary>
    private sealed class Workspace(RealTransform transform) : IDisposable
    {
        private AlignedBuffer? _pixels;

        public float[] Faded { get; } = GC.AllocateUninitializedArray<float>(transform.Rows * transform.Columns);

        public ComplexPlane Spectrum { get; } = transform.CreateHalfPlane();

        public RealTransformScratch Scratch { get; } = transform.CreateScratch();

        /// <summary>For a frame that lies in its file.</summary>
        public AlignedBuffer Pixels => _pixels ??= new AlignedBuffer(transform.Rows * transform.Columns);

        public void Dispose()
        {
            _pixels?.Dispose();
            Spectrum.Dispose();
            Scratch.Dispose();
        }
    }

    /// <summary>The frames' spectra on the points, which any alignment of these frames to this limit takes.</summary>
    private sealed record Spectra(Calibration Calibration, double Limit, PointPairs[] Data);
}
