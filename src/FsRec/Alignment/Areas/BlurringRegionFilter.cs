using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.Alignment;

/// <summary>
/// Filters a region by what the band-pass is in the image: exp(−g²/2h²) − exp(−g²/2h²)·exp(−g²/2l²), the difference of two Gaussians, each
/// of which is a product of one in x and one in y. So it is two pairs of short sums over neighbours; the frame's mean, which the
/// second one takes away, is added again.
/// </summary>
internal sealed unsafe class BlurringRegionFilter : RegionFilter
{
    private const int Lanes = ComplexPlane.Lanes;
    private readonly GaussianBlur _narrow;
    private readonly GaussianBlur? _wide;

    /// <summary>Prepares the filter.</summary>
    /// <param name="calibration">Shape and scale of the frames.</param>
    /// <param name="area">The reference area.</param>
    /// <param name="band">Edges of the soft band-pass.</param>
    /// <param name="reach">How far its blur reaches, in nm.</param>
    public BlurringRegionFilter(Calibration calibration, ReferenceArea area, FrequencyBand band, double reach)
        : base(ImageRegion.InBlocks(area, calibration, reach), area, band)
    {
        double narrow = 1 / (band.High * band.High);
        _narrow = new GaussianBlur(calibration, narrow, reach);
        _wide = band.Low > 0 ? new GaussianBlur(calibration, narrow + (1 / (band.Low * band.Low)), reach) : null;
    }

    /// <inheritdoc />
    public override RegionWorkspace CreateWorkspace() => new Workspace(Region, Area);

    /// <inheritdoc />
    public override void Apply(RegionWorkspace workspace, double frameMean, Span<float> target)
    {
        var w = (Workspace)workspace;
        int top = Area.Top - Region.Top;
        int left = Area.Left - Region.Left;
        float* pixels = w.Data;
        fixed (float* area = target)
        {
            // Both blurs go over a strip of columns, and over a row, while it is in the first cache.
            float* middle = pixels + (top * Region.Columns);
            for (int c = 0; c < Region.Columns; c += Lanes)
            {
                _narrow.Columns.SumColumns(middle + c, Region.Columns, Lanes, w.Narrow + c, Area.Rows);
                _wide?.Columns.SumColumns(middle + c, Region.Columns, Lanes, w.Wide + c, Area.Rows);
            }

            for (int r = 0; r < Area.Rows; r++)
            {
                float* row = area + (r * Area.Columns);
                _narrow.Rows.SumRows(w.Narrow + (r * Region.Columns) + left, Region.Columns, row, 1, Area.Columns, 1, 0);
                _wide?.Rows.SumRows(w.Wide + (r * Region.Columns) + left, Region.Columns, row, 1, Area.Columns, -1, (float)frameMean);
            }
        }

        GC.KeepAlive(w);
    }

    private sealed class Workspace(ImageRegion region, ReferenceArea area) : RegionWorkspace(region)
    {
        // Sums along rows read whole registers: a block beyond the last row.
        private readonly AlignedBuffer _narrow = new(((long)area.Rows * region.Columns) + Lanes);
        private readonly AlignedBuffer _wide = new(((long)area.Rows * region.Columns) + Lanes);

        public float* Data => PixelBuffer.Pointer;

        public float* Narrow => _narrow.Pointer;

        public float* Wide => _wide.Pointer;

        protected override void Dispose(bool disposing)
        {
            _narrow.Dispose();
            _wide.Dispose();
            base.Dispose(disposing);
        }
    }

    /// <summary>A Gaussian exp(−g²·width/2) in x and in y, as it is on the frame's grid.</summary>
    private sealed class GaussianBlur(Calibration calibration, double width, double reach)
    {
        public SymmetricSum Columns { get; } = Kernel(calibration.Rows, calibration.RowSampling, width, reach);

        public SymmetricSum Rows { get; } = Kernel(calibration.Columns, calibration.ColumnSampling, width, reach);

        private static SymmetricSum Kernel(int count, double sampling, double width, double reach)
        {
            // A narrow Gaussian does not end at its own reach: what of it lies beyond the Nyquist frequency is cut off, which leaves tails.
            double own = Math.Min(reach, 3 * SoftBandPass.Reach(Math.Sqrt(width) / (2 * Math.PI)));
            var weights = new double[(int)Math.Ceiling(own / sampling) + 1];
            double unit = 1 / (count * sampling);
            for (int r = 0; r < weights.Length; r++)
            {
                for (int k = -((count - 1) / 2); k <= count / 2; k++)
                {
                    double g = k * unit;
                    weights[r] += Math.Exp(-g * g * width / 2) * Math.Cos(2 * Math.PI * k * r / count) / count;
                }
            }

            return new SymmetricSum(weights);
        }
    }
}
