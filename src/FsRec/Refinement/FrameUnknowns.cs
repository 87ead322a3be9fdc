using FsRec.ImageModel;

namespace FsRec.Refinement;

/// <summary>
/// The frames' displacements and foci as unknowns of a stage: steps from where the stage began, in units of their standard errors. Mean
/// displacement and mean focus of the frames that belong to the series are held; the others, which no datum holds, stay where they are.
/// </summary>
/// <param name="setup">What the refinement starts from.</param>
/// <param name="model">The image model, whose foci the steps of focus are from.</param>
internal sealed unsafe class FrameUnknowns(RefinementSetup setup, NonlinearModel model)
{
    /// <summary>Unknowns of a frame.</summary>
    public const int PerFrame = 3;

    private RefinementStage? _stage;
    private IReadOnlyList<FrameState> _from = [];

    /// <summary>The frames as they are being tried.</summary>
    public FrameState[] Tried { get; } = new FrameState[setup.Frames];

    /// <summary>Begins a stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="from">The frames as the stage begins.</param>
    public void Begin(RefinementStage stage, IReadOnlyList<FrameState> from) => (_stage, _from) = (stage, from);

    /// <summary>Sets <see cref="Tried"/> from the unknowns.</summary>
    /// <param name="unknowns">Three a frame.</param>
    public void Unpack(float* unknowns)
    {
        int frames = setup.Frames;
        (double column, double row, double focus) = (0, 0, 0);
        int members = 0;
        for (int n = 0; n < frames; n++)
        {
            if (!Belongs(n))
            {
                continue;
            }

            members++;
            RefinementScales unit = _stage!.Scales[n];
            Tried[n] = new(unit.Column * unknowns[3 * n], unit.Row * unknowns[(3 * n) + 1], unit.Focus * unknowns[(3 * n) + 2]);
            (column, row, focus) = (column + Tried[n].Dx, row + Tried[n].Dy, focus + Tried[n].Dz);
        }

        for (int n = 0; n < frames; n++)
        {
            (FrameState s, FrameState step) = (_from[n], Tried[n]);
            Tried[n] = Belongs(n) ? new(s.Dx + step.Dx - (column / members), s.Dy + step.Dy - (row / members), s.Dz + step.Dz - (focus / members)) : s;
        }
    }

    /// <summary>A frame is not far from where the start has it; this matters only where the data say nothing about it.</summary>
    /// <param name="gradient">The gradient by the frames, to which that of the prior is added.</param>
    /// <returns>The prior's part of the value.</returns>
    public double AddPrior(FrameState[] gradient)
    {
        double sum = 0;
        double error = setup.Policy.ExpectedFocusError;
        for (int n = 0; n < gradient.Length; n++)
        {
            double expected = setup.ExpectedMoves[n];
            double evidence = _stage!.FocusEvidence[n];
            FrameDisplacement start = setup.Start.Displacements[n];
            double dx = (Tried[n].Dx - start.Dx) / expected;
            double dy = (Tried[n].Dy - start.Dy) / expected;
            double dz = (model.Foci[n] + Tried[n].Dz - setup.Series.Foci[n]) / error;
            sum += (0.5 * ((dx * dx) + (dy * dy) + (dz * dz))) + (evidence * Tried[n].Dz);
            FrameState g = gradient[n];
            gradient[n] = new(g.Dx + (dx / expected), g.Dy + (dy / expected), g.Dz + (dz / error) + evidence);
        }

        return sum;
    }

    /// <summary>The gradient by the unknowns, which do not change the means.</summary>
    /// <param name="gradient">The gradient by the frames.</param>
    /// <param name="target">The gradient by the unknowns.</param>
    public void Pack(FrameState[] gradient, float* target)
    {
        FrameState[] members = [.. gradient.Where((_, n) => Belongs(n))];
        double dx = members.Average(static g => g.Dx);
        double dy = members.Average(static g => g.Dy);
        double dz = members.Average(static g => g.Dz);
        double move = _stage!.RefinesDisplacements ? 1 : 0;
        double focus = _stage.RefinesFoci ? 1 : 0;
        for (int n = 0; n < gradient.Length; n++, target += PerFrame)
        {
            if (!Belongs(n))
            {
                (target[0], target[1], target[2]) = (0, 0, 0);
                continue;
            }

            RefinementScales unit = _stage.Scales[n];
            target[0] = (float)(move * unit.Column * (gradient[n].Dx - dx));
            target[1] = (float)(move * unit.Row * (gradient[n].Dy - dy));
            target[2] = (float)(focus * unit.Focus * (gradient[n].Dz - dz));
        }
    }

    /// <summary>The largest move in px and the largest change of focus in nm from what was given, of the frames as they are tried.</summary>
    public (double Move, double Focus) FromStart()
    {
        (double move, double focus) = (0, 0);
        for (int n = 0; n < Tried.Length; n++)
        {
            FrameDisplacement d = setup.Start.Displacements[n];
            move = Math.Max(move, Math.Sqrt(Square(Tried[n].Dx - d.Dx) + Square(Tried[n].Dy - d.Dy)));
            focus = Math.Max(focus, Math.Abs(model.Foci[n] + Tried[n].Dz - setup.Series.Foci[n]));
        }

        return (move, focus);
    }

    private bool Belongs(int frame) => !setup.Wiener.Outliers[frame];

    private static double Square(double value) => value * value;
}
