using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.ImageModel;

// From a wave to a frame, and back from its residual.
internal sealed unsafe partial class NonlinearModel
{
    /// <summary>The planes behind the nodes' hold φ times slopes; those are real, so the adjoint is the same.</summary>
    private PlaneFactor PlaneFactor(int plane, ModelWorkspace w, float weight) =>
        new(w.Planes[plane], Factor(plane, w), plane < _nodes.Count ? null : _crossTerms[plane - _nodes.Count], weight);

    /// <summary>The gradient by the slopes: each factor of the term in turn, the other one left as it is.</summary>
    private void AddSlopeGradient(int plane, int n, ComplexPlane wave, float weight, ModelWorkspace w)
    {
        CrossTerm term = _crossTerms[plane - _nodes.Count];
        if (term.Second is not { } second)
        {
            // The terms of first order come first, one for each part.
            ModelKernels.GatherSlope(w.Planes[plane], wave, w.Transfer!, Factor(plane, w), weight, term.First, false, _slopeGradients[n]);
            return;
        }

        foreach ((bool by, bool other) in ((bool, bool)[])[(term.First, second), (second, term.First)])
        {
            for (int row = 0; row < wave.Rows; row++)
            {
                ModelKernels.CopyRow(w.Planes[plane], row, w.Spare!);
            }

            _slopes!.Multiply(w.Spare!, other, Foci[n]);
            ModelKernels.GatherSlope(w.Spare!, wave, w.Transfer!, Factor(plane, w), weight, by, true, _slopeGradients[n]);
        }
    }

    private void SetFactors(FrameState state, ModelWorkspace w)
    {
        for (int k = 0; k < _nodes.Count; k++)
        {
            w.Factors[k].Set(state with { Dz = state.Dz + _nodes[k].Defocus });
        }

        w.Factors[_nodes.Count].Set(state);
    }

    /// <summary>Image waves of all nodes into the workspace's planes, and the unscaled image on the frame into its model.</summary>
    private void Forward(ComplexPlane wave, int n, ModelWorkspace w)
    {
        Span<PlaneFactor> factors = stackalloc PlaneFactor[PlaneCount];
        for (int k = 0; k < PlaneCount; k++)
        {
            factors[k] = PlaneFactor(k, w, 1);
        }

        ModelKernels.Load(wave, w.Transfer!, factors, _slopes?.Of(Foci[n]) ?? default, Grid.Plane.Rows);
        for (int k = 0; k < PlaneCount; k++)
        {
            ComplexPlane plane = w.Planes[k];
            _transform.InverseColumns(plane, 0, wave.Blocks, w.Scratch);
            for (int row = _firstRow; row < _endRow; row += RowBatch)
            {
                int rows = Math.Min(RowBatch, _endRow - row);
                ModelKernels.Clear(plane, row, rows, wave.Blocks, plane.Blocks - wave.Blocks);
                _transform.InverseRows(plane, row, rows, w.Scratch);
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

        Blur(w.Image.Span, w);
        _real.InverseRows(w.Spectrum, Grid.Top, Grid.Frame.Rows, Grid.Left, Grid.Frame.Columns, w.Model, w.Real);
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
    private FrameState Backward(ComplexPlane wave, int n, ModelWorkspace w)
    {
        AlignedBuffer residual = w.Residual;
        if (_blur is not null)
        {
            Blur(w.Residual.Span, w);
            Span<float> rows = w.Image.Span.Slice(_firstRow * Grid.Plane.Columns, (_endRow - _firstRow) * Grid.Plane.Columns);
            _real.InverseRows(w.Spectrum, _firstRow, _endRow - _firstRow, 0, Grid.Plane.Columns, rows, w.Real);
            residual = w.Image;
        }

        ComplexPlane gradient = _gradients[n];
        Span<PlaneFactor> factors = stackalloc PlaneFactor[PlaneCount];
        for (int k = 0; k < PlaneCount; k++)
        {
            ComplexPlane plane = w.Planes[k];
            for (int row = _firstRow; row < _endRow; row += RowBatch)
            {
                int rows = Math.Min(RowBatch, _endRow - row);
                ModelKernels.MultiplyReal(plane, row, rows, residual.Pointer);
                _transform.ForwardRows(plane, row, rows, w.Scratch);
            }

            ModelKernels.Clear(plane, 0, _firstRow, 0, gradient.Blocks);
            ModelKernels.Clear(plane, _endRow, plane.Rows - _endRow, 0, gradient.Blocks);
            _transform.ForwardColumns(plane, 0, gradient.Blocks, w.Scratch);
            // The inverse transform holds 1 / pixels, and |φ|² gives a factor 2.
            float weight = (float)(2.0 * Weight(k) / (Grid.Plane.PixelCount * MisfitScale));
            if (_bySlope is not null && k >= _nodes.Count)
            {
                AddSlopeGradient(k, n, wave, weight, w);
            }

            factors[k] = PlaneFactor(k, w, weight);
        }

        ModelKernels.Gather(factors, _slopes?.Of(Foci[n]) ?? default, w.Transfer!, wave, _columnNumbers.Pointer, gradient, w.RowSums);
        return FrameState.Gradient(Grid.Band, Microscope.Wavelength, w.RowSums);
    }
}
