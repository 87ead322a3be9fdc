using System.Numerics;
using FsRec.Fourier.Kernels;

namespace FsRec.Fourier;

/// <summary>
/// A transform of any length n as a convolution (Bluestein): with c[j] = exp(−πi·j²/n), X[k] = c[k] Σ x[j] c[j] · c*[k−j].
/// The convolution is circular over a longer, easy length.
/// </summary>
internal sealed unsafe class BluesteinTransform : LineTransform
{
    private const int Element = ComplexPlane.BlockFloats;
    private readonly LineTransform _inner;
    private readonly TwiddleTable _chirp;
    private readonly TwiddleTable _scaledChirp;
    private readonly TwiddleTable _response;
    private readonly delegate*<ButterflyRow*, void> _multiply;

    public BluesteinTransform(int length, KernelSet kernels)
    {
        Length = length;
        _multiply = kernels.Multiply;
        _inner = Create((int)BitOperations.RoundUpToPowerOf2((uint)(2 * length) - 1), kernels);
        _chirp = new(2 * length);
        _scaledChirp = new(2 * length);
        var response = new Complex[_inner.Length];
        for (int j = 0; j < length; j++)
        {
            long square = (long)j * j;
            (_chirp.Span[2 * j], _chirp.Span[(2 * j) + 1]) = TwiddleTable.Root(square, 2L * length);
            (_scaledChirp.Span[2 * j], _scaledChirp.Span[(2 * j) + 1]) =
                TwiddleTable.Root(square, 2L * length, 1.0 / length);
            Complex conjugate = Complex.FromPolarCoordinates(1, Math.PI * (square % (2L * length)) / length);
            response[j] = conjugate;
            response[(response.Length - j) % response.Length] = conjugate;
        }

        MathNet.Numerics.IntegralTransforms.Fourier.Forward(
            response, MathNet.Numerics.IntegralTransforms.FourierOptions.AsymmetricScaling);
        _response = new(2 * response.Length);
        for (int k = 0; k < response.Length; k++)
        {
            _response.Span[2 * k] = (float)(response[k].Real / response.Length);
            _response.Span[(2 * k) + 1] = (float)(response[k].Imaginary / response.Length);
        }
    }

    /// <inheritdoc />
    public override int Length { get; }

    /// <inheritdoc />
    public override int WorkFloats => (_inner.Length * Element) + _inner.WorkFloats;

    /// <inheritdoc />
    public override void Run(Lines source, Lines target, float* work, bool scaled, ulong keep = ulong.MaxValue)
    {
        var line = new Lines(work, ComplexPlane.Lanes, Element);
        float* innerWork = work + (_inner.Length * Element);
        Multiply(source, line, _chirp, Length);
        new Span<float>(work + (Length * Element), (_inner.Length - Length) * Element).Clear();
        _inner.Run(line, line, innerWork, scaled: false);
        Multiply(line, line, _response, _inner.Length);
        _inner.Run(line.Exchanged(), line.Exchanged(), innerWork, scaled: false);
        Multiply(line, target, scaled ? _scaledChirp : _chirp, Length);
    }

    private void Multiply(Lines source, Lines target, TwiddleTable factors, int count)
    {
        var butterflies = new ButterflyRow
        {
            Source = source.Pointer,
            SourceIm = source.Im,
            SourceStep = source.Stride,
            Target = target.Pointer,
            TargetIm = target.Im,
            TargetStep = target.Stride,
            Twiddles = factors.Pointer,
            Count = count,
        };
        _multiply(&butterflies);
    }
}
