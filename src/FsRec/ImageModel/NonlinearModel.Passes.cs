using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.ImageModel;

// From a wave to a frame, and back from its residual.
internal sealed unsafe partial class NonlinearModel
{
    /// <summary>The planes behind the nodes' hold φ times slopes; those are real, so the adjoint is the same.</summary>
    private PlaneFactor FactorOf(int plane, int n, int block, ModelWorkspace w, float weight) =>
        new(Factor(plane, w), Slopes(n), plane < _nodes.Count ? null : _crossTerms[plane - _nodes.Count], weight, block);

    private BandSlopes Slopes(int n) => _slopes?.Of(Foci[n]) ?? default;

    /// <summary>The gradient by the slopes: each factor of the term in turn, the other one left as it is.</summary>
    private void AddSlopeGradient(int plane, int n, int block, float weight, ModelWorkspace w)
    {
        CrossTerm term = _crossTerms[plane - _nodes.Count];
        if (term.Second is not { } second)
        {
            // The terms of first order come first, one for each part.
            Add(term.First, null, false);
            return;
        }

        Add(term.First, second, true);
        Add(second, term.First, true);

        void Add(bool by, bool? other, bool add)
        {
            CrossTerm? rest = other is { } slope ? new CrossTerm(1, slope) : null;
            ModelKernels.GatherSlope(
                w.Columns.Pointer, _wave, w.Transfer!, new PlaneFactor(Factor(plane, w), Slopes(n), rest, weight, block), block, by, add, _slopeGradients[n]);
        }
    }

    private void SetFactors(FrameState state, ModelWorkspace w)
    {
        SeparableFactor middle = w.Factors[_nodes.Count];
        middle.Set(state);
        for (int k = 0; k < _nodes.Count; k++)
        {
            w.Factors[k].SetProduct(middle, _nodeFactors[k]);
        }
    }

    /// <summary>Image waves of all planes into the workspace's, and the unscaled image on the frame into its model.</summary>
    private void Forward(int n, ModelWorkspace w)
    {
        for (int block = 0; block < _wave.Blocks; block++)
        {
            ModelKernels.Multiply(_wave, w.Transfer!, block, w.Lens.Pointer);
            for (int k = 0; k < PlaneCount; k++)
            {
                var columns = new PlaneColumns(w.Lens.Pointer, _wave.Rows, FactorOf(k, n, block, w, 1));
                _transform.InverseColumns(ref columns, w.Planes[k], block, w.Scratch);
            }
        }

        for (int row = _firstRow; row < _endRow; row += RowBatch)
        {
            int rows = Math.Min(RowBatch, _endRow - row);
            for (int k = 0; k < PlaneCount; k++)
            {
                BlockedPlane plane = w.Planes[k];
                _transform.InverseRows(plane, row, rows, _wave.Blocks, w.Scratch);
                ModelKernels.AddIntensity(plane, row, rows, Weight(k), k > 0, w.Image.Pointer);
            }
        }

        if (_blur is null)
        {
            for (int r = 0; r < Grid.Frame.Rows; r++)
            {
                w.Image.Span.Slice(((Grid.Top + r) * Grid.Plane.Columns) + Grid.Left, Grid.Frame.Columns).CopyTo(w.Model.AsSpan(r * Grid.Frame.Columns));
            }

            return;
        }

        _filter.Filter(w.Image.Span, _firstRow, _endRow - _firstRow, _blur, w.Blur);
        _filter.InverseRows(Grid.Top, Grid.Frame.Rows, Grid.Left, Grid.Frame.Columns, w.Model, w.Blur);
    }

    /// <summary>
    /// Scale, background and weighted residual of a frame; the gradient by the unscaled image goes to the workspace's residual. Scale and
    /// background are those that fit best, so that the misfit has no slope by them.
    /// </summary>
    private double Residual(int n, ModelWorkspace w)
    {
        (int rows, int columns) = (Grid.Frame.Rows, Grid.Frame.Columns);
        ReadOnlySpan<float> data = _series.Frame(n);
        ReadOnlySpan<float> weights = _weights[n];
        double dataModel = 0;
        double modelModel = 0;
        double weight = 0;
        double model = 0;
        double ofData = 0;
        for (int r = 0; r < rows; r++)
        {
            var row = new Range(r * columns, (r + 1) * columns);
            (double ym, double mm) = FrameMisfit.ScaleSums(w.Model.AsSpan(row), data[row], weights[row]);
            dataModel += ym;
            modelModel += mm;
            if (FitsBackground)
            {
                (double wv, double wm, double wy) = FrameMisfit.BackgroundSums(w.Model.AsSpan(row), data[row], weights[row]);
                (weight, model, ofData) = (weight + wv, model + wm, ofData + wy);
            }
        }

        // Least squares in scale and background; a background is never negative.
        double determinant = (modelModel * weight) - (model * model);
        double background = determinant > 1e-6 * modelModel * weight
            ? Math.Max(0, ((modelModel * ofData) - (model * dataModel)) / determinant)
            : 0;
        Backgrounds[n] = (float)background;
        Scales[n] = modelModel > 0 ? (float)((dataModel - (background * model)) / modelModel) : 1;
        double sum = 0;
        for (int r = 0; r < rows; r++)
        {
            var row = new Range(r * columns, (r + 1) * columns);
            Span<float> target = w.Residual.Span.Slice(((Grid.Top + r) * Grid.Plane.Columns) + Grid.Left, columns);
            sum += FrameMisfit.Residual(w.Model.AsSpan(row), data[row], weights[row], Scales[n], Backgrounds[n], target);
        }

        return sum;
    }

    /// <summary>The adjoint of <see cref="Forward"/> on the residual.</summary>
    private FrameState Backward(int n, ModelWorkspace w)
    {
        AlignedBuffer residual = w.Residual;
        if (_blur is not null)
        {
            _filter.Filter(w.Residual.Span, Grid.Top, Grid.Frame.Rows, _blur, w.Blur);
            Span<float> rows = w.Image.Span.Slice(_firstRow * Grid.Plane.Columns, (_endRow - _firstRow) * Grid.Plane.Columns);
            _filter.InverseRows(_firstRow, _endRow - _firstRow, 0, Grid.Plane.Columns, rows, w.Blur);
            residual = w.Image;
        }

        for (int row = _firstRow; row < _endRow; row += RowBatch)
        {
            int rows = Math.Min(RowBatch, _endRow - row);
            foreach (BlockedPlane plane in w.Planes)
            {
                _transform.ForwardRows(plane, row, rows, w.Scratch, _wave.Blocks, residual.Pointer + ((nint)row * Grid.Plane.Columns));
            }
        }

        for (int block = 0; block < _wave.Blocks; block++)
        {
            for (int k = 0; k < PlaneCount; k++)
            {
                BlockedPlane plane = w.Planes[k];
                ModelKernels.Clear(plane, 0, _firstRow, block, 1);
                ModelKernels.Clear(plane, _endRow, plane.Rows - _endRow, block, 1);
                _transform.ForwardColumns(plane, block, w.Columns, w.Scratch);
                // The inverse transform holds 1 / pixels, and |φ|² gives a factor 2.
                float weight = (float)(2.0 * Weight(k) / (Grid.Plane.PixelCount * MisfitScale));
                ModelKernels.Gather(w.Columns.Pointer, FactorOf(k, n, block, w, weight), _wave.Rows, k > 0, w.Lens.Pointer);
                if (_bySlope is not null && k >= _nodes.Count)
                {
                    AddSlopeGradient(k, n, block, weight, w);
                }
            }

            ModelKernels.Finish(w.Lens.Pointer, w.Transfer!, _wave, block, _gradients[n], w.ColumnSums);
        }

        return FrameState.Gradient(Grid.Band, Microscope.Wavelength, w.ColumnSums);
    }
}
