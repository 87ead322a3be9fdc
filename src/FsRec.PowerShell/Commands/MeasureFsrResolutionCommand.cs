using System.Management.Automation;
using FsRec.Parameters;
using FsRec.PowerShell.Hosting;
using FsRec.Resolution;
using FsRec.Results;

namespace FsRec.PowerShell.Commands;

/// <summary>Tells how fine the detail is that a series tells, by two halves of it.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "FsrResolution")]
[OutputType(typeof(ResolutionMeasurement))]
public sealed class MeasureFsrResolutionCommand : FsrCmdlet
{
    /// <summary>The reconstruction.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ReconstructionArgument]
    [PipelineArgument(typeof(MeasureFsrResolutionCommand))]
    public Reconstruction? Reconstruction { get; set; }

    /// <summary>Share of rows and of columns, about the middle, where the window is 1; from there it falls to 0 at the edge.</summary>
    [Parameter]
    [ValidateBounds(0.1, 1)]
    [NumberArgument]
    public double CentralFraction { get; set; } = new ResolutionOptions().CentralFraction;

    /// <summary>How the halves are restored, Linear or Wiener; without it as the wave was, Wiener for Nonlinear.</summary>
    [Parameter]
    [ValidateSet(nameof(RestorationMethod.Linear), nameof(RestorationMethod.Wiener))]
    public RestorationMethod? Method { get; set; }

    /// <summary>Threads to use; 0 for one a processor. The result does not depend on it.</summary>
    [Parameter]
    [ValidateRange(0, 1024)]
    [NumberArgument(IsWhole = true)]
    public int Threads { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (TryRun(Reconstruction, Measure) is { } resolution)
        {
            WriteResult(resolution);
        }
    }

    private ResolutionMeasurement Measure(LibraryMonitor monitor)
    {
        var options = new ResolutionOptions { CentralFraction = CentralFraction, Method = Method, Threads = Threads };
        ResolutionMeasurement found = ResolutionMeter.Measure(Reconstruction!, options, monitor, monitor.CancellationToken);
        monitor.Warn(ResolutionWarnings.Of(found));
        return found;
    }
}
