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
}
