using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.ImageModel;

// From a wave to a frame, and back from its residual.
internal sealed unsafe partial class NonlinearModel
{
    /// <summary>The planes behind the nodes' hold φ times slopes; those are real, so the adjoint is the same.</summary>
    private PlaneFactor FactorOf(int plane, int block, float weight, ModelWorkspace w) =>
        plane < _nodes.Count
            ? new(_nodeFactors[plane], null, null, weight, block)
            : new(null, w.Slopes.Pointer, _crossTerms[plane - _nodes.Count], weight, block);

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
                w.Columns.Pointer, _wave, w.Transfer!, w.Factor, new PlaneFactor(null, w.Slopes.Pointer, rest, weight, block), block, by, add, _slopeGradients[n]);
        }
    }

    /// <summary>Image waves of all planes into the workspace's, and the unscaled image into its own.</summary>
    private void Forward(int n, ModelWorkspace w)
    {
        for (int block = 0; block < _wave.Blocks; block++)
        {
            ModelKernels.Multiply(_wave, w.Transfer!, w.Factor, block, w.Lens.Pointer);
            _slopes?.Fill(Foci[n], block, w.Slopes.Pointer);
            for (int k = 0; k < PlaneCount; k++)
            {
                var columns = new PlaneColumns(w.Lens.Pointer, _wave.Rows, FactorOf(k, block, 1, w));
                _transform.InverseColumns(ref columns, w.Planes[k], block, w.Scratch);
            }
        }

        for (int row = _firstRow; row < _endRow; row += RowBatch)
        {
            int rows = Math.Min(RowBatch, _endRow - row);
            foreach (BlockedPlane plane in w.Planes)
            {
                _transform.InverseRows(plane, row, rows, _wave.Blocks, w.Scratch);
            }

            _blur.Rows(w.Planes, _planeWeights, row, rows, w.Image.Pointer, w.Blur);
        }

        _blur.Finish(w.Image.Pointer, w.Blur);
    }

    /// <summary>The frame on the grid of the workspace's image.</summary>
    private float* Frame(ModelWorkspace w) => w.Image.Pointer + ((nint)Grid.Top * Grid.Plane.Columns) + Grid.Left;

    /// <summary>Copies the image of the frame to where it is kept.</summary>
    private float[] Keep(ModelWorkspace w)
    {
        (int rows, int columns) = (Grid.Frame.Rows, Grid.Frame.Columns);
        float* frame = Frame(w);
        for (int r = 0; r < rows; r++, frame += Grid.Plane.Columns)
        {
            new ReadOnlySpan<float>(frame, columns).CopyTo(w.Model.AsSpan(r * columns));
        }

        return w.Model;
    }

    /// <summary>The sum of squares, scale and background of the image that is kept.</summary>
    private double ModelResidual(int n, ModelWorkspace w)
    {
        fixed (float* model = w.Model)
        {
            return Residual(n, w, model, Grid.Frame.Columns);
        }
    }

    /// <summary>
    /// Scale, background and weighted residual of a frame; the gradient by the unscaled image goes to the frame on the workspace's grid. Scale and
    /// background are those that fit best, so that the misfit has no slope by them.
    /// </summary>
    private double Residual(int n, ModelWorkspace w, float* image, nint stride)
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
            var m = new ReadOnlySpan<float>(image + (r * stride), columns);
            (double ym, double mm) = FrameMisfit.ScaleSums(m, data[row], weights[row]);
            dataModel += ym;
            modelModel += mm;
            if (FitsBackground)
            {
                (double wv, double wm, double wy) = FrameMisfit.BackgroundSums(m, data[row], weights[row]);
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
        float* frame = Frame(w);
        for (int r = 0; r < rows; r++, frame += Grid.Plane.Columns)
        {
            var row = new Range(r * columns, (r + 1) * columns);
            var m = new ReadOnlySpan<float>(image + (r * stride), columns);
            sum += FrameMisfit.Residual(m, data[row], weights[row], Scales[n], Backgrounds[n], new Span<float>(frame, columns));
        }

        return sum;
    }

    /// <summary>The adjoint of <see cref="Forward"/> on the residual.</summary>
    private FrameState Backward(int n, ModelWorkspace w)
    {
        float* image = w.Image.Pointer;
        _blur.BeginAdjoint(image, w.Blur);
        for (int row = _firstRow; row < _endRow; row += RowBatch)
        {
            int rows = Math.Min(RowBatch, _endRow - row);
            _blur.AdjointRows(row, rows, image, w.Blur);
            foreach (BlockedPlane plane in w.Planes)
            {
                _transform.ForwardRows(plane, row, rows, w.Scratch, _wave.Blocks, image + ((nint)row * Grid.Plane.Columns));
            }
        }

        for (int block = 0; block < _wave.Blocks; block++)
        {
            _slopes?.Fill(Foci[n], block, w.Slopes.Pointer);
            for (int k = 0; k < PlaneCount; k++)
            {
                _transform.ForwardColumns(w.Planes[k], _firstRow, _endRow - _firstRow, block, w.Columns, w.Scratch);
                // The inverse transform holds 1 / pixels, of which columns forward have 1 / rows, and |φ|² gives a factor 2.
                float weight = (float)(2.0 * _planeWeights[k] / (Grid.Plane.Columns * MisfitScale));
                FactorOf(k, block, weight, w).Gather(w.Columns.Pointer, _wave.Rows, k > 0, w.Lens.Pointer);
                if (_bySlope is not null && k >= _nodes.Count)
                {
                    AddSlopeGradient(k, n, block, weight, w);
                }
            }

            ModelKernels.Finish(w.Lens.Pointer, w.Transfer!, w.Factor, _wave, block, _gradients[n], w.ColumnSums);
        }

        return FrameState.Gradient(Grid.Band, Microscope.Wavelength, w.ColumnSums);
    }
}
