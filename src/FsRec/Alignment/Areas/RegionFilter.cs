using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.Alignment;

/// <summary>
/// Band-passes the intensity of a region round the reference area and cuts the area out. The region is as large as the filter's blur asks
/// for. Read-only; each thread brings a workspace.
/// </summary>
internal abstract class RegionFilter
{
    /// <summary>Pixels of a blur beyond which summing it up costs more than transforming.</summary>
    private const double LargestReach = 64;

    /// <summary>Prepares the filter of a region.</summary>
    protected RegionFilter(ImageRegion region, ReferenceArea area, FrequencyBand band)
    {
        Region = region;
        Area = area;
        Band = band;
    }

    /// <summary>The part of the frame whose intensity it takes.</summary>
    public ImageRegion Region { get; }

    /// <summary>The reference area.</summary>
    protected ReferenceArea Area { get; }

    /// <summary>Edges of the soft band-pass.</summary>
    protected FrequencyBand Band { get; }

    /// <summary>The filter that is the faster one for an area: a sum over neighbours where the blur is short, else transforms.</summary>
    public static RegionFilter Create(Calibration calibration, ReferenceArea area, FrequencyBand band)
    {
        double reach = new SoftBandPass(band).ReachInImage;
        bool within = area.Rows + (2 * reach / calibration.RowSampling) < calibration.Rows
            && area.Columns + (2 * reach / calibration.ColumnSampling) < calibration.Columns;
        return within && reach < LargestReach * Math.Min(calibration.RowSampling, calibration.ColumnSampling)
            ? new BlurringRegionFilter(calibration, area, band, reach)
            : new SpectralRegionFilter(calibration, area, band, reach);
    }

    /// <summary>Takes the memory one thread needs.</summary>
    public abstract RegionWorkspace CreateWorkspace();

    /// <summary>Filters <see cref="RegionWorkspace.Pixels"/>.</summary>
    /// <param name="workspace">This thread's memory, the region's intensity in it.</param>
    /// <param name="frameMean">Mean of the whole frame, which the filter lets pass although it stops what is near g = 0.</param>
    /// <param name="target">Where the area goes, row-major.</param>
    public abstract void Apply(RegionWorkspace workspace, double frameMean, Span<float> target);
}
