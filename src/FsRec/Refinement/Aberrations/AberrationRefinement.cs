using FsRec.Fourier;
using FsRec.ImageModel;
using FsRec.Optics;
using FsRec.Parameters;

namespace FsRec.Refinement;

/// <summary>
/// The aberrations in a nonlinear refinement: which of them are free, what has been taken into the lens since the start, the step that is
/// being tried, and what is expected of them.
/// </summary>
internal sealed unsafe class AberrationRefinement : IDisposable
{
    private readonly Microscope _given;
    private readonly double[] _scales = new double[AberrationStep.Count];
    private readonly double[] _evidence = new double[AberrationStep.Count];
    private readonly AlignedBuffer?[] _responses = new AlignedBuffer?[AberrationStep.Count];
    private AlignedBuffer? _moved;
    private double[] _taken = new double[AberrationStep.Count];

    /// <summary>Starts at the lens that the parameters give.</summary>
    public AberrationRefinement(RefinedAberrations which, Microscope given)
    {
        _given = given;
        Free = [.. Enumerable.Range(0, AberrationStep.Count).Where(i => which.HasFlag(AberrationStep.Owners[i]))];
    }

    /// <summary>The components that are free.</summary>
    public IReadOnlyList<int> Free { get; }

    /// <summary>Whether it is their turn, the wave having come near.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Whether they take part in the present stage.</summary>
    public bool Active { get; set; }

    /// <summary>The step that is being tried.</summary>
    public AberrationStep Step { get; private set; } = AberrationStep.None;

    /// <summary>All that has been taken into the lens since the start.</summary>
    public AberrationStep Taken => new([.. _taken]);

    /// <summary>Sets the units of the unknowns and the evidence for a stage.</summary>
    public void Prepare(double[] errors, double[] evidence)
    {
        foreach (int i in Free)
        {
            _scales[i] = Math.Min(errors[i], AberrationStep.Expected(i, _given));
            _evidence[i] = evidence[i];
        }
    }

    /// <summary>The step from the unknowns.</summary>
    public void Unpack(float* unknowns)
    {
        var step = new double[AberrationStep.Count];
        foreach (int i in Free)
        {
            step[i] = _scales[i] * unknowns[i];
        }

        Step = new AberrationStep(step);
    }

    /// <summary>Memory for what the wave's unknowns change by per nm of a component.</summary>
    public float* Response(int component, long length) => (_responses[component] ??= new AlignedBuffer(length)).Pointer;

    /// <summary>The wave's unknowns after they have followed the step.</summary>
    public float* Follow(float* unknowns, int length)
    {
        if (!Active)
        {
            return unknowns;
        }

        float* moved = (_moved ??= new AlignedBuffer(length)).Pointer;
        new ReadOnlySpan<float>(unknowns, length).CopyTo(new Span<float>(moved, length));
        foreach (int i in Free)
        {
            float step = (float)Step.Values[i];
            float* response = _responses[i]!.Pointer;
            for (int j = 0; j < length; j++)
            {
                moved[j] += step * response[j];
            }
        }

        return moved;
    }

    /// <summary>½ Σ (δ/expected)², no aberration being far from what is given, and the evidence's part.</summary>
    public double Penalty() =>
        Free.Sum(i => (0.5 * Square((_taken[i] + Step.Values[i]) / AberrationStep.Expected(i, _given))) + (_evidence[i] * Step.Values[i]));

    /// <summary>The gradient by the unknowns, the penalty's in it.</summary>
    /// <param name="misfit">The misfit's derivatives by the components, the wave held.</param>
    /// <param name="byWave">The gradient by the wave's unknowns.</param>
    /// <param name="length">Number of the wave's unknowns.</param>
    /// <param name="target">The gradient by the unknowns of the aberrations.</param>
    public void Pack(double[] misfit, float* byWave, int length, float* target)
    {
        foreach (int i in Free)
        {
            double following = 0;
            float* response = _responses[i]!.Pointer;
            for (int j = 0; j < length; j++)
            {
                following += (double)byWave[j] * response[j];
            }

            double pull = (_taken[i] + Step.Values[i]) / Square(AberrationStep.Expected(i, _given));
            target[i] = (float)(_scales[i] * (misfit[i] + following + pull + _evidence[i]));
        }
    }

    /// <summary>Makes a step part of what is taken; none is being tried then.</summary>
    public void Take(AberrationStep step)
    {
        _taken = [.. _taken.Zip(step.Values, static (a, b) => a + b)];
        Step = AberrationStep.None;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _moved?.Dispose();
        foreach (AlignedBuffer? response in _responses)
        {
            response?.Dispose();
        }
    }

    private static double Square(double x) => x * x;
}
