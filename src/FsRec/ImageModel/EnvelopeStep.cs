using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Statistics;

namespace FsRec.ImageModel;

/// <summary>
/// What a step of the aberrations does to the frames of a series beside turning the wave that they show. The phase is the same in all
/// frames, and so is the envelope at the mean focus: both only change what the wave is called, and no frame tells. What is left is that
/// the envelope changes with the focus, exp((Z_n − Z̄) q), q = Σ δ_j ∂²ln E/∂Z∂δ_j, and the slopes of the cross terms. The wave is held as
/// the frames show it.
/// </summary>
internal sealed unsafe class EnvelopeStep : IDisposable
{
    private const int Lanes = ComplexPlane.Lanes;
    private readonly WaveBand _band;
    private readonly BlockedPlane _exponent;

    /// <summary>Takes a step of nothing.</summary>
    public EnvelopeStep(WaveBand band)
    {
        _band = band;
        _exponent = new BlockedPlane(band.Rows, band.Columns);
    }

    /// <summary>Sets the step.</summary>
    public void Set(AberrationStep step, Microscope microscope) => ForEach(microscope, (row, column, dampings) =>
    {
        double q = 0;
        for (int i = 0; i < AberrationStep.Count; i++)
        {
            q += step.Values[i] * dampings[i];
        }

        _exponent[row, column] = ((float)q, (float)q);
    });

    /// <summary>target = transfer · exp(focus · q), of third order in it; all rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(BlockedPlane transfer, float focus, BlockedPlane target)
    {
        float* t = transfer.Data;
        float* q = _exponent.Data;
        float* p = target.Data;
        for (int i = 0; i < target.Floats; i += Lanes)
        {
            Vector512<float> x = focus * Vector512.Load(q + i);
            Vector512<float> factor = Vector512<float>.One + (x * (Vector512<float>.One + (x * (Vector512.Create(0.5f) + (x * (1f / 6))))));
            (Vector512.Load(t + i) * factor).Store(p + i);
        }
    }

    /// <summary>The misfit's derivatives by the step.</summary>
    /// <param name="wave">The wave.</param>
    /// <param name="byFocus">Σ_n (Z_n − Z̄) G_n, G_n the gradient by the wave of frame n.</param>
    /// <param name="bySlope">The gradient by the slopes of the cross terms, along columns and along rows, where they are in the model.</param>
    /// <param name="microscope">The microscope.</param>
    public double[] Gradient(ComplexPlane wave, BlockedPlane byFocus, BlockedPlane? bySlope, Microscope microscope)
    {
        var gradient = new double[AberrationStep.Count];
        var slopes = new Complex[AberrationStep.Count];
        ForEach(microscope, (row, column, dampings) =>
        {
            (float wr, float wi) = wave[row, column];
            (float gr, float gi) = byFocus[row, column];
            double product = ((double)wr * gr) + ((double)wi * gi);
            for (int i = 0; i < AberrationStep.Count; i++)
            {
                gradient[i] += dampings[i] * product;
            }

            if (bySlope is not null)
            {
                (float x, float y) = bySlope[row, column];
                AberrationStep.Slopes((row - _band.RowReach) * _band.Grid.RowStep, (column - _band.ColumnReach) * _band.Grid.ColumnStep, microscope.Wavelength, slopes);
                for (int i = 0; i < AberrationStep.Count; i++)
                {
                    gradient[i] += (x * slopes[i].Real) + (y * slopes[i].Imaginary);
                }
            }
        });
        return gradient;
    }

    /// <summary>
    /// The derivative of ½ ln det M by the components, per nm: what the estimate owes to a wave that is estimated with it, as
    /// the evidence of foci has it for the foci. Σ over the band of (Z_n − Z̄) ∂q/∂δ H M⁻¹ Hᵀ/σ².
    /// </summary>
    /// <param name="grid">The grid of the wave; only the frame's part of it is seen.</param>
    /// <param name="statistics">Transfer functions, foci, noise and prior powers as they stand.</param>
    /// <param name="scattered">Scattered power, which adds to M what the linear theory leaves out.</param>
    public double[] Evidence(ModelGrid grid, SeriesStatistics statistics, double scattered)
    {
        IReadOnlyList<double> foci = statistics.Foci;
        var evidence = new double[AberrationStep.Count];
        double mean = foci.Average();
        double share = (double)grid.Frame.PixelCount / grid.Plane.PixelCount;
        ForEach(statistics.Microscope, (row, column, dampings) =>
        {
            double g2 = _band.Grid.SquaredFrequency(row - _band.RowReach, column - _band.ColumnReach);
            LinearTheory inverse = statistics.Known(g2, scattered).Inverse();
            double sum = 0;
            for (int n = 0; n < statistics.Frames; n++)
            {
                (double a, double p) = statistics.Row(n, g2);
                sum += (foci[n] - mean) / statistics.Noise[n] * ((a * a * inverse.Aa) + (2 * a * p * inverse.Ap) + (p * p * inverse.Pp));
            }

            for (int i = 0; i < AberrationStep.Count; i++)
            {
                evidence[i] += share * dampings[i] * sum;
            }
        });
        return evidence;
    }

    /// <summary>
    /// What a wave that the frames show becomes when the step is made part of the lens: times exp(iχ) for what is round, and over the change
    /// of the envelope at the mean focus.
    /// </summary>
    /// <param name="band">The band of the wave.</param>
    /// <param name="wave">The wave, changed in place.</param>
    /// <param name="before">The microscope before.</param>
    /// <param name="after">The microscope after.</param>
    /// <param name="focus">Mean focus in nm before.</param>
    /// <param name="focusAfter">Mean focus in nm after.</param>
    public static void Rename(WaveBand band, ComplexPlane wave, Microscope before, Microscope after, double focus, double focusAfter)
    {
        var old = new TransferFunction(before, focus);
        var made = new TransferFunction(after, focusAfter);
        var oldOther = new AzimuthalAberrations(before);
        var madeOther = new AzimuthalAberrations(after);
        for (int row = 0; row < band.Rows; row++)
        {
            double gy = (row - band.RowReach) * band.Grid.RowStep;
            for (int column = 0; column < band.Columns; column++)
            {
                double gx = (column - band.ColumnReach) * band.Grid.ColumnStep;
                double g2 = (gx * gx) + (gy * gy);
                double ratio = old.SpatialEnvelope(gy, gx, oldOther) / Math.Max(made.SpatialEnvelope(gy, gx, madeOther), 1e-3);
                (double sin, double cos) = Math.SinCos(made.Phase(g2) - old.Phase(g2));
                ratio = Math.Clamp(ratio, 0.5, 2);
                (float re, float im) = wave[row, column];
                wave[row, column] = ((float)(ratio * ((re * cos) - (im * sin))), (float)(ratio * ((re * sin) + (im * cos))));
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => _exponent.Dispose();

    private void ForEach(Microscope microscope, Action<int, int, double[]> action)
    {
        var dampings = new double[AberrationStep.Count];
        for (int row = 0; row < _band.Rows; row++)
        {
            double gy = (row - _band.RowReach) * _band.Grid.RowStep;
            for (int column = 0; column < _band.Columns; column++)
            {
                if (_band.Contains(row - _band.RowReach, column - _band.ColumnReach))
                {
                    AberrationStep.Dampings(gy, (column - _band.ColumnReach) * _band.Grid.ColumnStep, microscope, dampings);
                    action(row, column, dampings);
                }
            }
        }
    }
}
