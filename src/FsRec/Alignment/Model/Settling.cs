using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>
/// Brings an alignment from where it starts to where it is likeliest. Steps of several kinds are tried, and each is held against the
/// frames, every one predicted from all others: what lowers their likelihood is taken back, and its kind is not tried again.
/// </summary>
internal sealed class Settling
{
    private const int GlobalRounds = 2;
    private const int MostRounds = 16;
    private const int MostParts = 4;

    private readonly ModelAligner _aligner;
    private readonly FocalSeries _series;
    private readonly IProgress<RunProgress>? _progress;
    private readonly List<PrealignmentRound> _rounds = [];
    private AlignmentState? _kept;
    private double _keptLikelihood = double.NegativeInfinity;

    /// <summary>Begins with where the aligner's frames lie.</summary>
    public Settling(ModelAligner aligner, FocalSeries series, IProgress<RunProgress>? progress)
    {
        (_aligner, _series, _progress) = (aligner, series, progress);
        IReadOnlyList<FrameDisplacement> start = aligner.Displacements;
        _rounds.Add(new PrealignmentRound(0, DisplacementAlgebra.Largest(start), start));
    }

    private enum Step
    {
        Local,
        Global,
        Beyond,
        Parts,
    }

    /// <summary>The rounds, 0 the start.</summary>
    public IReadOnlyList<PrealignmentRound> Rounds => _rounds;

    /// <summary>The frames as they are held at the end, rivals everywhere looked at.</summary>
    public HeldSeries Last { get; private set; } = null!;

    /// <summary>The likelihood at the end.</summary>
    public double LogLikelihood => _keptLikelihood;

    /// <summary>Runs until no frame moves, once more where a frame that did not belong does at another focus.</summary>
    public void Run()
    {
        GoOn();
        Last = _aligner.Hold(everywhere: true, refresh: false);
        if (_aligner.WeighFoci(Last))
        {
            _keptLikelihood = double.NegativeInfinity;
            GoOn();
            Last = _aligner.Hold(everywhere: true, refresh: false);
        }

        TakeLikeliest();
    }

    private void GoOn()
    {
        int global = 0;
        int parts = 0;
        bool mayMoveGlobally = true;
        bool beyondTried = false;
        bool partsTried = false;
        int fresh = 0;
        Step last = Step.Local;
        for (int round = 1; round <= MostRounds; round++)
        {
            bool everywhere = mayMoveGlobally && global < GlobalRounds;
            HeldSeries held = _aligner.Hold(everywhere, refresh: fresh-- > 0);
            // Frames of a part predict one another wherever it lies: there every bit of likelihood tells.
            if (held.LogLikelihood < _keptLikelihood - (last == Step.Parts ? 0 : Tolerance))
            {
                _aligner.Restore(_kept!);
                if (last == Step.Local)
                {
                    break;
                }

                mayMoveGlobally &= last != Step.Global;
                partsTried |= last == Step.Parts;
                last = Step.Local;
                _keptLikelihood = double.NegativeInfinity;
                continue;
            }

            (_kept, _keptLikelihood) = (_aligner.State, held.LogLikelihood);
            IReadOnlyList<FrameDisplacement> before = _aligner.Displacements;
            bool changed = _aligner.Accept(held);
            double move = Move(before);
            global += everywhere ? 1 : 0;
            bool jumped = everywhere && move > PlaceSearch.Apart;
            last = jumped ? Step.Global : Step.Local;
            if (jumped)
            {
                continue;
            }

            if (!beyondTried && round > 1)
            {
                // The state before is that of these places: the step is judged by itself.
                HeldSeries without = _aligner.Hold(everywhere: false, refresh: false);
                (_kept, _keptLikelihood) = (_aligner.State, without.LogLikelihood);
                beyondTried = true;
                _aligner.TakeBeyondOff();
                fresh = 2;
                last = Step.Beyond;
                continue;
            }

            if (!partsTried && beyondTried && parts < MostParts)
            {
                HeldSeries without = _aligner.Hold(everywhere: false, refresh: false);
                (_kept, _keptLikelihood) = (_aligner.State, without.LogLikelihood);
                parts++;
                partsTried = !_aligner.MoveParts();
                last = partsTried ? Step.Local : Step.Parts;
                continue;
            }

            if (move < Settled && !changed && beyondTried)
            {
                break;
            }
        }
    }

    /// <summary>
    /// On the way a frame only moves to a place that is certain. At the end it takes the likeliest it has, though that be not certain, where
    /// the frames predict one another no worse so.
    /// </summary>
    private void TakeLikeliest()
    {
        if (!Last.Rivals.Any(static r => r.Any(static p => p.Odds > 1)))
        {
            return;
        }

        AlignmentState before = _aligner.State;
        IReadOnlyList<FrameDisplacement> places = _aligner.Displacements;
        _aligner.Accept(_aligner.Hold(everywhere: true, refresh: false, evidence: 0));
        HeldSeries moved = _aligner.Hold(everywhere: true, refresh: false);
        if (moved.LogLikelihood > Last.LogLikelihood)
        {
            (Last, _keptLikelihood) = (moved, moved.LogLikelihood);
            Move(places);
        }
        else
        {
            _aligner.Restore(before);
        }
    }

    private const double Settled = ModelAlignment.Settled;

    private double Tolerance => _series.Count;

    private double Move(IReadOnlyList<FrameDisplacement> before)
    {
        IReadOnlyList<FrameDisplacement> moved = _aligner.Displacements;
        // All frames together may creep along what the data cannot tell.
        double move = DisplacementAlgebra.Largest(DisplacementAlgebra.WithoutTilt(DisplacementAlgebra.Subtract(moved, before), _series.Foci));
        _rounds.Add(new PrealignmentRound(_rounds.Count, move, moved));
        _progress?.Report(new RunProgress("Pre-alignment to the model", _rounds.Count - 1, MostRounds, FormattableString.Invariant($"largest move {move:0.000} px")));
        return move;
    }
}
