using FsRec.Fourier;
using FsRec.ImageModel;
using FsRec.Optics;

namespace FsRec.Refinement;

/// <summary>
/// The directions along which a strong object's frames say least: a phase θ that changes slowly, put on all of the wave at a place, δψ = iθψ. Lattice beams turn with
/// it, and only the slope of θ moves intensity (M. R. Teague, J. Opt. Soc. Am. 73 (1983) 1434); the metric of <see cref="WaveUnknowns"/>, which has each frequency for
/// itself, takes the beams' change for something that the frames see, and an optimiser is a long time on its way there. With G from the phases, in units of
/// the deviation that the metric gives them, to the unknowns, the preconditioner is 1 + GGᵀ (an additive correction on a coarse space; B. Smith,
/// P. Bjørstad and W. Gropp, Domain Decomposition, 1996): the inverse curvature of both.
/// </summary>
internal sealed unsafe class LocalPhase : IDisposable
{
    private readonly WaveUnknowns _unknowns;
    private readonly ModelGrid _grid;
    private readonly FourierTransform _transform;
    private readonly FourierScratch _scratch;
    private readonly ComplexPlane _wave;
    private readonly ComplexPlane _plane;
    private readonly ComplexPlane _spectrum;
    private readonly AlignedBuffer _step;
    private double _highest;

    /// <summary>Takes memory.</summary>
    /// <param name="unknowns">The unknowns of the wave.</param>
    /// <param name="grid">The grid of the wave.</param>
    public LocalPhase(WaveUnknowns unknowns, ModelGrid grid)
    {
        (_unknowns, _grid) = (unknowns, grid);
        _transform = new FourierTransform(grid.Plane.Rows, grid.Plane.Columns);
        _scratch = _transform.CreateScratch();
        (_wave, _plane) = (new(grid.Plane.Rows, grid.Plane.Columns), new(grid.Plane.Rows, grid.Plane.Columns));
        _spectrum = grid.Band.CreateSpectrum();
        _step = new AlignedBuffer(unknowns.Length);
    }

    /// <summary>Sets the wave that phases are put on.</summary>
    /// <param name="wave">Its spectrum, ψ(0) the number of pixels.</param>
    /// <param name="highest">Highest frequency of the phases in 1/nm.</param>
    public void Set(ComplexPlane wave, double highest)
    {
        _highest = highest;
        WaveSpectrum.ToPlane(wave, _grid.Band, _wave);
        _transform.Inverse(_wave, _scratch);
    }

    /// <summary>The product (1 + GGᵀ)v.</summary>
    /// <param name="vector">v, replaced by the product; what lies behind the unknowns of the wave stays.</param>
    public void Apply(AlignedBuffer vector)
    {
        ToPhase(vector);
        Multiply(conjugate: false);
        _unknowns.FromWave(_spectrum, _step.Pointer);
        for (int i = 0; i < _unknowns.Length; i++)
        {
            vector.Pointer[i] += _step.Pointer[i];
        }
    }

    /// <summary>What the phases add to vᵀv in vᵀ(1 + GGᵀ)v: |Gᵀv|².</summary>
    /// <param name="vector">v.</param>
    public double Added(AlignedBuffer vector) => ToPhase(vector);

    /// <inheritdoc />
    public void Dispose()
    {
        _scratch.Dispose();
        _wave.Dispose();
        _plane.Dispose();
        _spectrum.Dispose();
        _step.Dispose();
    }

    /// <summary>Gᵀv as a phase times i into the spectrum, and its square.</summary>
    private double ToPhase(AlignedBuffer vector)
    {
        _unknowns.ToGradientByWave(vector.Pointer, _spectrum);
        Multiply(conjugate: true);
        return _unknowns.ToPhase(_spectrum, _highest);
    }

    /// <summary>The spectrum of the product with the wave, or its conjugate, in real space: one is the other's adjoint.</summary>
    private void Multiply(bool conjugate)
    {
        WaveSpectrum.ToPlane(_spectrum, _grid.Band, _plane);
        _transform.Inverse(_plane, _scratch);
        float sign = conjugate ? -1 : 1;
        for (int row = 0; row < _plane.Rows; row++)
        {
            float* a = _plane.Row(row);
            float* b = _wave.Row(row);
            for (int block = 0; block < _plane.Blocks; block++, a += ComplexPlane.BlockFloats, b += ComplexPlane.BlockFloats)
            {
                for (int i = 0; i < ComplexPlane.Lanes; i++)
                {
                    (float re, float im, float by, float turned) = (a[i], a[i + ComplexPlane.Lanes], b[i], sign * b[i + ComplexPlane.Lanes]);
                    a[i] = (re * by) - (im * turned);
                    a[i + ComplexPlane.Lanes] = (re * turned) + (im * by);
                }
            }
        }

        _transform.Forward(_plane, _scratch);
        WaveSpectrum.FromPlane(_plane, _grid.Band, _spectrum);
    }
}
