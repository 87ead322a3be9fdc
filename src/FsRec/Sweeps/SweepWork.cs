using FsRec.Parameters;
using FsRec.Runs;

namespace FsRec.Sweeps;

/// <summary>A run that is to be done: its parameters, or what is wrong with them.</summary>
internal sealed record SweepWork(SweepPoint Point, ReconstructionParameters? Parameters, IReadOnlyList<RunMessage> Warnings, FsRecException? Invalid)
{
    /// <summary>The run of a point.</summary>
    /// <param name="parameters">The parameters that the point changes.</param>
    /// <param name="point">The run's values.</param>
    /// <param name="run">What is done.</param>
    /// <param name="folder">The run's folder.</param>
    public static SweepWork Of(ReconstructionParameters parameters, SweepPoint point, RunOptions run, string folder)
    {
        try
        {
            ParameterFileResult read = parameters.Override(point.Values);
            ReconstructionParameters changed = read.GetParameters();
            RunMessage[] warnings = [.. read.Warnings.Select(static w => RunMessage.Warning(WarningIds.ParameterFinding, w.ToText()))];

            // The parameter file that each run leaves lies beside its results and names its frames in full.
            FileParameters files = changed.Files with { InputPath = Path.GetFullPath(changed.ResolvedInputPath), OutputPath = "." };
            // It is the run, with what was given beside the parameters.
            changed = changed with
            {
                Files = files,
                Detector = changed.ResolvedDetector,
                BaseDirectory = folder,
                Linear = changed.Linear with { Iterations = run.Iterations ?? changed.Linear.Iterations },
                Restoration = changed.Restoration with { Method = run.Method ?? changed.Restoration.Method },
            };
            return new SweepWork(point, changed, warnings, null);
        }
        catch (FsRecException invalid)
        {
            return new SweepWork(point, null, [], invalid);
        }
    }
}
