using System.Management.Automation;

namespace FsRec.PowerShell;

/// <summary>Copies of objects of the module, as jobs of another process, remoting and Import-Clixml give them: they have figures, and no frames and no wave.</summary>
internal static class CopyCheck
{
    private const string Prefix = "Deserialized.FsRec.";

    /// <summary>Refuses a copy where the object itself is needed, and says how to get it.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">It is a copy.</exception>
    public static object? Require(object? value)
    {
        if (value is PSObject copy && copy.TypeNames.Count > 0 && copy.TypeNames[0].StartsWith(Prefix, StringComparison.Ordinal))
        {
            string kind = copy.TypeNames[0][(copy.TypeNames[0].LastIndexOf('.') + 1)..];
            throw new ArgumentTransformationMetadataException(
                $"This is a copy of a {kind} from another process or a file, which has its figures but no frames and no wave. {Way(kind)}");
        }

        return value;
    }

    private static string Way(string kind) => kind switch
    {
        "ExitWave" => "Write the wave there with Export-FsrWave and read it here with Import-FsrWave, or use Start-ThreadJob or ForEach-Object -Parallel, which give the object itself.",
        "ReconstructionParameters" => "Write it there with Export-FsrParameter and read it here with Import-FsrParameter.",
        "FocalSeries" or "SimulatedSeries" => "Read the series here with Import-FocalSeries, or use Start-ThreadJob or ForEach-Object -Parallel, which give the object itself.",
        _ => "Have the results written there, by Invoke-FsrRun or Export-FsrWave, and take them up here: Import-FocalSeries config.fsr | Invoke-FsrReconstruction -UsePrevious -Iterations 0; or use Start-ThreadJob or ForEach-Object -Parallel, which give the object itself.",
    };
}
