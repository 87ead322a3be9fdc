using System.Management.Automation;
using FsRec.Results;
using FsRec.Series;

namespace FsRec.PowerShell;

/// <summary>Values by key put over the parameters that travel with a series.</summary>
internal static class SeriesOverrides
{
    /// <summary>The series under the changed parameters; refined foci stay unless Foci is among the values.</summary>
    public static FocalSeries? Apply(PSCmdlet cmdlet, FocalSeries series, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        if (values.Count == 0)
        {
            return series;
        }

        if (ParameterImport.Override(cmdlet, series.Parameters, values, series, afterImport: true) is not { } parameters)
        {
            return null;
        }

        FocalSeries changed = series.WithParameters(parameters);
        return Overrides.Contains(values, "Foci") ? changed : changed.WithFoci(series.Foci);
    }

    /// <summary>The aligned series under the changed parameters.</summary>
    public static AlignedSeries? Apply(PSCmdlet cmdlet, AlignedSeries aligned, IReadOnlyList<KeyValuePair<string, string>> values) =>
        Apply(cmdlet, aligned.Series, values) is not { } series ? null
            : ReferenceEquals(series, aligned.Series) ? aligned
            : new AlignedSeries(series, aligned.Displacements);

    /// <summary>The reconstruction under the changed parameters.</summary>
    public static Reconstruction? Apply(PSCmdlet cmdlet, Reconstruction reconstruction, IReadOnlyList<KeyValuePair<string, string>> values) =>
        Apply(cmdlet, reconstruction.Aligned, values) is { } aligned ? reconstruction with { Aligned = aligned } : null;
}
