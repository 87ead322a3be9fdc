using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>The correlation peaks that a run was asked to show.</summary>
internal static class PeaksToShow
{
    /// <summary>Why a run has no peaks to show, and what would show some.</summary>
    /// <param name="options">What the run did.</param>
    /// <param name="aligned">Its frames.</param>
    /// <param name="names">What its host calls options.</param>
    public static string WhyNone(RunOptions options, AlignedSeries aligned, OptionNames names)
    {
        const string What = "there are no correlation peaks to show: peaks are those of iterations that correlate frames with their simulation, and ";
        (bool, string)[] others =
        [
            (options.PrealignOnly, names.PrealignOnly),
            (options.Boxcar is not null, names.Boxcar),
            (options.CrossValidate is not null, names.CrossValidate),
            (options.StepAnalysis && !options.UsePrevious, names.StepAnalysis),
            (options.Autofocus && !options.UsePrevious, names.Autofocus),
        ];
        int iterations = options.Iterations ?? aligned.Series.Parameters.Linear.Iterations;
        return others.FirstOrDefault(static other => other.Item1) is (true, { } name) ? $"{What}a run with {name} shows none. Run without it."
            : iterations == 0 ? $"{What}this run makes no iteration. Give their number, {names.Iterations}."
            : iterations == 1 && !options.UsePrevious && aligned.Method == PrealignmentMethods.Sequential ? $"{What}the first has no wave to simulate them from. Make 2 iterations or more, {names.Iterations}."
            : $"{What}this run has none. Methprealign=sequential has them; a model of the images places frames without peaks, and _dxy.csv says where.";
    }
}
