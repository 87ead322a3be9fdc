using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FsRec.Fourier;
using FsRec.Fourier.Kernels;
using FsRec.Optics;

namespace FsRec.ImageModel;

/// <summary>
/// The slope of the aberrations, ∇χ/(2πλ) in nm, that the cross terms of the convergence are made with: that of the lens after a step, and each frame's focus
/// times g. It is a polynomial in the frequency, which takes less time than to read a table of it.
/// </summary>
/// <param name="band">The band.</param>
/// <param name="microscope">The lens.</param>
internal sealed unsafe class ConvergenceSlopes(WaveBand band, Microscope microscope) : IDisposable
{
    private const int Lanes = ComplexPlane.Lanes;

    private readonly AlignedBuffer _columnFrequencies = Frequencies(band);
    private Coefficients _lens = new(microscope, AberrationStep.None);

    /// <summary>Sets the slopes to those of a lens after a step.</summary>
    public void Set(Microscope lens, AberrationStep step) => _lens = new Coefficients(lens, step);

    /// <summary>Fills the slopes of a block of columns of the band: the part along columns where real parts are, that along rows where imaginary ones are.</summary>
    /// <param name="focus">Defocus of the frame in nm.</param>
    /// <param name="block">The block.</param>
    /// <param name="target">All rows of the band.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(double focus, int block, float* target)
    {
        Coefficients lens = _lens;
        Vector512<float> x = Vector512.Load(_columnFrequencies.Pointer + (block * Lanes));
        Vector512<float> x2 = x * x;
        var third = Vector512.Create(lens.Third);
        var fifth = Vector512.Create(lens.Fifth);
        // What goes with gx, with gx·gy, with gx² and with gy and gy², of both parts.
        var columns1 = Vector512.Create((float)(focus + lens.Focus + lens.A1.Real));
        var columns11 = Vector512.Create(2 * (float)(lens.A2.Imaginary + lens.B2.Imaginary));
        Vector512<float> columns2 = x2 * (float)(lens.A2.Real + (3 * lens.B2.Real));
        var columnsY = Vector512.Create((float)lens.A1.Imaginary);
        var columnsY2 = Vector512.Create((float)(lens.B2.Real - lens.A2.Real));
        Vector512<float> rows1 = x * (float)lens.A1.Imaginary;
        Vector512<float> rows11 = x * (2 * (float)(lens.B2.Real - lens.A2.Real));
        Vector512<float> rows2 = x2 * (float)(lens.A2.Imaginary + lens.B2.Imaginary);
        var rowsY = Vector512.Create((float)(focus + lens.Focus - lens.A1.Real));
        var rowsY2 = Vector512.Create((float)((3 * lens.B2.Imaginary) - lens.A2.Imaginary));
        Vector512<float> constant = rows1 + rows2;
        for (int row = 0; row < band.Rows; row++, target += ComplexPlane.BlockFloats)
        {
            var y = Vector512.Create((float)((row - band.RowReach) * band.Grid.RowStep));
            Vector512<float> g2 = Fused.MultiplyAdd(y, y, x2);
            Vector512<float> round = g2 * Fused.MultiplyAdd(g2, fifth, third);
            Vector512<float> ofRow = Fused.MultiplyAdd(Fused.MultiplyAdd(columnsY2, y, columnsY), y, columns2);
            Fused.MultiplyAdd(Fused.MultiplyAdd(columns11, y, columns1 + round), x, ofRow).Store(target);
            Vector512<float> withY = Fused.MultiplyAdd(rowsY2, y, rowsY + rows11);
            Fused.MultiplyAdd(withY + round, y, constant).Store(target + Lanes);
        }

        GC.KeepAlive(this);
    }

    /// <inheritdoc />
    public void Dispose() => _columnFrequencies.Dispose();

    private static AlignedBuffer Frequencies(WaveBand band)
    {
        var buffer = new AlignedBuffer((long)ComplexPlane.BlocksOf(band.Columns) * Lanes);
        for (int c = 0; c < band.Columns; c++)
        {
            buffer.Pointer[c] = (float)((c - band.ColumnReach) * band.Grid.ColumnStep);
        }

        return buffer;
    }

    /// <summary>
    /// The slope is g·(Focus + Third·g² + Fifth·g⁴) + A1 ḡ + A2 ḡ² + B2̄ g² + 2 B2 gḡ, g = g_x + ig_y, all with the powers of the wavelength.
    /// </summary>
    private readonly struct Coefficients
    {
        public Coefficients(Microscope microscope, AberrationStep step)
        {
            var aberrations = new AzimuthalAberrations(microscope);
            double wavelength = microscope.Wavelength;
            double[] steps = step.Values;
            Focus = step.Focus;
            Third = (float)(wavelength * wavelength * (microscope.C3 + steps[0]));
            Fifth = (float)(Math.Pow(wavelength, 4) * microscope.C5);
            A1 = aberrations.A1 + new Complex(steps[1], steps[2]);
            A2 = wavelength * (aberrations.A2 + new Complex(steps[3], steps[4]));
            B2 = wavelength * (aberrations.B2 + new Complex(steps[5], steps[6]));
        }

        public double Focus { get; }

        public float Third { get; }

        public float Fifth { get; }

        public Complex A1 { get; }

        public Complex A2 { get; }

        public Complex B2 { get; }
    }
}
