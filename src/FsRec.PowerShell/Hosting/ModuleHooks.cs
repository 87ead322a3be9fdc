using System.Management.Automation;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.PowerShell.Hosting;

/// <summary>Called by PowerShell when the module is imported, before any cmdlet runs.</summary>
public sealed class ModuleHooks : IModuleAssemblyInitializer
{
    /// <inheritdoc />
    public void OnImport()
    {
        DependencyContext.Bind(typeof(FocalSeries).Assembly);
        WarmUp.Begin();
    }
}
