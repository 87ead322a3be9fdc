using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FsRec.Fourier;

namespace FsRec.Refinement;

/// <summary>Value and gradient of what is minimised.</summary>
/// <param name="x">Where.</param>
/// <param name="gradient">Filled with the gradient.</param>
/// <returns>The value.</returns>
internal delegate double Objective(AlignedBuffer x, AlignedBuffer gradient);

/// <summary>
/// Minimisation by L-BFGS (J. Nocedal, Math. Comp. 35 (1980) 773) with backtracking. The unknowns are expected in units in which the
/// curvature is about 1, so the first step is the gradient itself. Sums run in a fixed order.
/// </summary>
internal sealed unsafe class LimitedMemoryBfgs : IDisposable
{
    private const int Lanes = ComplexPlane.Lanes;
    private const double Decrease = 1e-4;
    private readonly int _length;
    private readonly AlignedBuffer[] _steps;
    private readonly AlignedBuffer[] _changes;
    private readonly double[] _curvatures;
    private readonly AlignedBuffer _gradient;
    private readonly AlignedBuffer _direction;
    private readonly AlignedBuffer _trial;
    private readonly AlignedBuffer _trialGradient;
    private int _stored;
    private int _next;
    private int _iteration;
    private double _value;

    /// <summary>Takes memory.</summary>
    /// <param name="length">Number of unknowns.</param>
    /// <param name="memory">Steps that are remembered.</param>
    public LimitedMemoryBfgs(int length, int memory = 10)
    {
        _length = (length + Lanes - 1) / Lanes * Lanes;
        _steps = [.. Enumerable.Range(0, memory).Select(_ => new AlignedBuffer(_length))];
        _changes = [.. Enumerable.Range(0, memory).Select(_ => new AlignedBuffer(_length))];
        _curvatures = new double[memory];
        (_gradient, _direction, _trial, _trialGradient) = (new(_length), new(_length), new(_length), new(_length));
    }

    /// <summary>Floats that x must have room for: the number of unknowns, rounded up; the rest stays 0.</summary>
    public int Room => _length;

    /// <summary>What the curvature is taken to be where no step has told it; <see langword="null"/> for 1.</summary>
    public LocalPhase? Phases { get; set; }

    /// <summary>
    /// What the curvature known before the last step promised that the value would fall by, half of the gradient times the direction (the Newton
    /// decrement; S. Boyd and L. Vandenberghe, Convex Optimization, 9.5.1): how far the bottom was.
    /// </summary>
    public double Promised { get; private set; }

    /// <summary>Minimises.</summary>
    /// <param name="x">Where to start; the best point found at the end.</param>
    /// <param name="objective">What to minimise.</param>
    /// <param name="iterations">Most steps.</param>
    /// <param name="tolerance">Ends when a step lowers the value by less.</param>
    /// <param name="afterStep">Told of the value after each step; <see langword="false"/> ends.</param>
    /// <param name="resume">Where to go on; <see langword="null"/> to start at <paramref name="x"/>.</param>
    /// <param name="between">Called after a step that another one follows.</param>
    /// <returns>The value at the end, and whether the tolerance was met.</returns>
    public (double Value, bool Converged) Minimise(
        AlignedBuffer x, Objective objective, int iterations, double tolerance, Func<double, bool> afterStep, OptimiserState? resume = null, Action? between = null)
    {
        double value = Begin(x, objective, resume);
        if (resume?.Ended is { } ended)
        {
            return (value, ended);
        }

        for (int iteration = _iteration; iteration < iterations; iteration++)
        {
            Direction();
            double slope = Dot(_gradient, _direction);
            Promised = -0.5 * slope;
            if (!(slope < 0))
            {
                return (value, true);
            }

            double step = 1;
            double reached;
            while (true)
            {
                Combine(x, (float)step, _direction, _trial);
                reached = objective(_trial, _trialGradient);
                if (reached <= value + (Decrease * step * slope))
                {
                    break;
                }

                // The parabola through value, slope and the value reached.
                double parabola = -slope * step * step / (2 * (reached - value - (slope * step)));
                step = double.IsFinite(parabola) ? Math.Clamp(parabola, 0.1 * step, 0.5 * step) : 0.1 * step;
                if (step < 1e-4)
                {
                    return (value, true);
                }
            }

            Remember(x);
            _trial.Span.CopyTo(x.Span);
            _trialGradient.Span.CopyTo(_gradient.Span);
            double gain = value - reached;
            value = reached;
            (_iteration, _value) = (iteration + 1, value);
            if (!afterStep(value))
            {
                return (value, false);
            }

            if (gain < tolerance)
            {
                return (value, true);
            }

            if (iteration + 1 < iterations)
            {
                between?.Invoke();
            }
        }

        return (value, false);
    }

    /// <summary>What there is to go on from after the last step that was completed.</summary>
    /// <param name="x">The unknowns.</param>
    /// <param name="ended">Whether the tolerance was met, where the optimisation has ended.</param>
    public OptimiserState Save(AlignedBuffer x, bool? ended) => new(
        _iteration,
        _value,
        ended,
        x.Span.ToArray(),
        ended is null ? _gradient.Span.ToArray() : [],
        _next,
        ended is null ? [.. Enumerable.Range(1, _stored).Select(Remembered).Select(k => (_steps[k].Span.ToArray(), _changes[k].Span.ToArray(), _curvatures[k]))] : []);

    private double Begin(AlignedBuffer x, Objective objective, OptimiserState? resume)
    {
        (_stored, _iteration) = (0, 0);
        if (resume is null)
        {
            return _value = objective(x, _gradient);
        }

        resume.Unknowns.CopyTo(x.Span);
        resume.Gradient.CopyTo(_gradient.Span);
        (_iteration, _value, _next, _stored) = (resume.Iteration, resume.Value, resume.Next, resume.Memory.Count);
        for (int i = 1; i <= _stored; i++)
        {
            (float[] step, float[] change, _curvatures[Remembered(i)]) = resume.Memory[i - 1];
            step.CopyTo(_steps[Remembered(i)].Span);
            change.CopyTo(_changes[Remembered(i)].Span);
        }

        return _value;
    }

    /// <summary>Where a step is, the youngest being 1.</summary>
    private int Remembered(int age) => (_next - age + _steps.Length) % _steps.Length;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (AlignedBuffer buffer in _steps.Concat(_changes).Concat([_gradient, _direction, _trial, _trialGradient]))
        {
            buffer.Dispose();
        }
    }

    private void Remember(AlignedBuffer x)
    {
        AlignedBuffer s = _steps[_next];
        AlignedBuffer y = _changes[_next];
        Combine(_trial, -1, x, s);
        Combine(_trialGradient, -1, _gradient, y);
        double curvature = Dot(s, y);
        if (curvature > 1e-8 * Dot(y, y))
        {
            _curvatures[_next] = curvature;
            _next = (_next + 1) % _steps.Length;
            _stored = Math.Min(_stored + 1, _steps.Length);
        }
        else if (_stored == _steps.Length)
        {
            // A step along which there is no curvature is not remembered, but it is written where the oldest was.
            _stored--;
        }
    }

    /// <summary>The two-loop recursion.</summary>
    private void Direction()
    {
        Span<double> alpha = stackalloc double[_steps.Length];
        Scale(_gradient, -1, _direction);
        for (int i = 1; i <= _stored; i++)
        {
            int k = Remembered(i);
            alpha[k] = Dot(_steps[k], _direction) / _curvatures[k];
            Combine(_direction, (float)-alpha[k], _changes[k], _direction);
        }

        if (_stored > 0)
        {
            int last = (_next - 1 + _steps.Length) % _steps.Length;
            double squares = Dot(_changes[last], _changes[last]) + (Phases?.Added(_changes[last]) ?? 0);
            Scale(_direction, (float)(_curvatures[last] / squares), _direction);
        }

        Phases?.Apply(_direction);

        for (int i = _stored; i >= 1; i--)
        {
            int k = Remembered(i);
            double beta = Dot(_changes[k], _direction) / _curvatures[k];
            Combine(_direction, (float)(alpha[k] - beta), _steps[k], _direction);
        }
    }

    /// <summary>target = a + factor · b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Combine(AlignedBuffer a, float factor, AlignedBuffer b, AlignedBuffer target)
    {
        float* p = a.Pointer;
        float* q = b.Pointer;
        float* t = target.Pointer;
        for (int i = 0; i < _length; i += Lanes)
        {
            (Vector512.Load(p + i) + (factor * Vector512.Load(q + i))).Store(t + i);
        }
    }

    private void Scale(AlignedBuffer a, float factor, AlignedBuffer target)
    {
        for (int i = 0; i < _length; i++)
        {
            target.Pointer[i] = factor * a.Pointer[i];
        }
    }

    /// <summary>Sums of 1024 products in single precision, those in double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Dot(AlignedBuffer a, AlignedBuffer b)
    {
        float* p = a.Pointer;
        float* q = b.Pointer;
        double total = 0;
        for (int first = 0; first < _length; first += 64 * Lanes)
        {
            Vector512<float> sum = Vector512<float>.Zero;
            int end = Math.Min(_length, first + (64 * Lanes));
            for (int i = first; i < end; i += Lanes)
            {
                sum += Vector512.Load(p + i) * Vector512.Load(q + i);
            }

            total += Vector512.Sum(sum);
        }

        return total;
    }
}
