using FsRec.Focus;
using FsRec.Parameters;

namespace FsRec.Runs;

/// <summary>PyFSRec's command-line options: what a run does with the parameters.</summary>
public sealed record RunOptions
{
    /// <summary>Number of linear iterations (<c>--liniter</c>); <see langword="null"/> for LinearIterations of the parameters.</summary>
    public int? Iterations { get; init; }

    /// <summary>Continue from the output of a previous run (<c>--useprevious</c>).</summary>
    public bool UsePrevious { get; init; }

    /// <summary>End after the pre-alignment (<c>--prealignonly</c>).</summary>
    public bool PrealignOnly { get; init; }

    /// <summary>Frames a sum of boxcar sums (<c>--boxcar</c>), which end the run; <see langword="null"/> for none.</summary>
    public int? Boxcar { get; init; }

    /// <summary>
    /// Analyse the focus steps of a previous output (<c>--stepanalysis</c>); with <see cref="UsePrevious"/> the iterations come first.
    /// </summary>
    public bool StepAnalysis { get; init; }

    /// <summary>Find the focus of least contrast of a previous output and correct it (<c>--autofocus</c>).</summary>
    public bool Autofocus { get; init; }

    /// <summary>Whose contrast the autofocus makes least.</summary>
    public AutofocusCriterion AutofocusCriterion { get; init; } = AutofocusCriterion.RealPart;

    /// <summary>Write the first frame with the reference area drawn (<c>--showarea</c>).</summary>
    public bool ShowArea { get; init; }

    /// <summary>Write pictures and a table of the correlation peaks (<c>--showalignment</c>).</summary>
    public bool ShowAlignment { get; init; }

    /// <summary>
    /// How the wave is restored; <see langword="null"/> for Restoration of the parameters. <c>--nonlinear</c> is
    /// <see cref="RestorationMethod.Nonlinear"/>.
    /// </summary>
    public RestorationMethod? Method { get; init; }

    /// <summary>
    /// Leave every so many-th frame out, reconstruct from the others and predict what was left out (<c>--crossvalidate</c>); <see langword="null"/>
    /// for not at all. The run ends after it; no wave is written.
    /// </summary>
    public int? CrossValidate { get; init; }

    /// <summary>Take up a run that was stopped, where its state says (<c>--resume</c>).</summary>
    public bool Resume { get; init; }

    /// <summary>Take up the state of this very run where there is one; any other is written over.</summary>
    internal bool ResumesOwn { get; init; }

    /// <summary>Replace read-only results, which stay read-only, and run even where the memory does not seem to suffice (<c>--force</c>).</summary>
    public bool Force { get; init; }

    /// <summary>
    /// Files that are made of the reconstruction for other programs, wherever they lie. They are looked at before the run begins, as its own are, written once
    /// its results are in place, and named in their record.
    /// </summary>
    public IReadOnlyList<RunDocument> Saved { get; init => field = value.ToArray(); } = [];

    /// <summary>Measure the resolution by two halves of the series.</summary>
    public bool MeasureResolution { get; init; }

    /// <summary>Files that are made of the reconstruction and belong to its set, as a report. A run that ends before a reconstruction has none.</summary>
    public IReadOnlyList<RunDocument> Documents { get; init => field = value.ToArray(); } = [];

    /// <summary>Write every intermediate, with an index (<c>--debug</c>).</summary>
    public bool Debug { get; init; }

    /// <summary>The options as <c>fsrec</c> takes them; those that change no result are left out.</summary>
    internal string CommandText
    {
        get
        {
            (string Text, bool Given)[] options =
            [
                (FormattableString.Invariant($"--liniter {Iterations}"), Iterations is not null),
                ("--useprevious", UsePrevious),
                ("--prealignonly", PrealignOnly),
                (FormattableString.Invariant($"--boxcar {Boxcar}"), Boxcar is not null),
                (FormattableString.Invariant($"--crossvalidate {CrossValidate}"), CrossValidate is not null),
                ("--stepanalysis", StepAnalysis),
                ("--autofocus", Autofocus),
                ($"--criterion {AutofocusCriterion}", Autofocus),
                ($"--set Restoration={Method}", Method is not null),
                ("--resume", Resume),
            ];
            return string.Join(' ', options.Where(static o => o.Given).Select(static o => o.Text)) is { Length: > 0 } text ? text : "reconstruction";
        }
    }
}
