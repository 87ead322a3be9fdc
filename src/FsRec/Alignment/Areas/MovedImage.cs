using FsRec.Fourier;

namespace FsRec.Alignment;

/// <summary>
/// Cuts rectangles out of images that are kept as half-plane spectra, moved by a phase ramp and filtered on the way: columns are transformed
/// to the rows of the rectangle only. Read-only; each thread brings a workspace.
/// </summary>
internal sealed class MovedImage
{
    private readonly PartialColumnPass _columns;
    private readonly RealTable _filter;

    /// <summary>Prepares cuts of images of one shape.</summary>
    /// <param name="transform">The transform of the images.</param>
    /// <param name="filter">Factors on the half-plane.</param>
    public MovedImage(RealTransform transform, RealTable filter)
    {
        Transform = transform;
        _columns = new PartialColumnPass(transform.Rows, transform.Rows);
        _filter = filter;
    }

    /// <summary>The transform of the images.</summary>
    public RealTransform Transform { get; }

    /// <summary>Takes the memory one thread needs.</summary>
    public MovedImageWorkspace CreateWorkspace() => new(Transform, _columns);

    /// <summary>Cuts a rectangle.</summary>
    /// <param name="spectrum">The image's half-plane; unchanged.</param>
    /// <param name="dx">By how much the content is moved back along columns, in pixels.</param>
    /// <param name="dy">By how much along rows.</param>
    /// <param name="part">The rectangle, inside the image.</param>
    /// <param name="target">Where it goes, row-major.</param>
    /// <param name="workspace">This thread's memory.</param>
    public void Cut(ComplexPlane spectrum, double dx, double dy, ReferenceArea part, Span<float> target, MovedImageWorkspace workspace)
    {
        workspace.Ramp.Set(dx, dy);
        ulong keep = _columns.Keep(part.Top, part.Rows);
        for (int block = 0; block < workspace.Plane.Blocks; block++)
        {
            var rows = new RampedRows(spectrum, workspace.Ramp, _filter, block);
            _columns.Inverse(ref rows, workspace.Plane, block, keep, workspace.Columns);
        }

        Transform.InverseRows(workspace.Plane, part.Top, part.Rows, part.Left, part.Columns, target, workspace.Scratch);
    }
}
