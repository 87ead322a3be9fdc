using FsRec.Alignment;
using FsRec.Focus;
using FsRec.Runs;
using FsRec.Simulation;
using FsRec.Sweeps;

namespace FsRec.PowerShell;

/// <summary>What an object of the module carries into its copies, so that cmdlets can make the object again; FsRec.types.ps1xml makes it a property.</summary>
public static class CopyState
{
    /// <summary>Name of the property.</summary>
    internal const string Property = "CopyState";

    /// <summary>The bytes; of a result those of the reconstruction or the series that it stands for.</summary>
    /// <param name="value">The object.</param>
    /// <returns><see langword="null"/> where there is nothing to carry, or its files cannot be read any more.</returns>
    public static byte[]? Of(object value)
    {
        try
        {
            return Unwrapped.Of(value) switch
            {
                RunResult run => CarriedObject.Of(run.Reconstruction is { } found ? found : run.Aligned),
                AutofocusResult focus => CarriedObject.Of(focus.Reconstruction),
                PrealignmentResult prealignment => CarriedObject.Of(prealignment.Aligned),
                SimulatedSeries simulated => CarriedObject.Of(simulated.Series),
                SweepRow row => CarriedRow.Of(row),
                var other => CarriedObject.Of(other),
            };
        }
        catch (FsRecException)
        {
            // A copy without it is better than none.
            return null;
        }
    }
}
