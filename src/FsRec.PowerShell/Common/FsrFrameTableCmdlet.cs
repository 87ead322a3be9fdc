using System.Management.Automation;
using FsRec.Parameters;
using FsRec.Runs;

namespace FsRec.PowerShell;

/// <summary>Reads a table of a series' results, one row a frame: from files, or from where parameters put it.</summary>
/// <typeparam name="T">What a row becomes.</typeparam>
public abstract class FsrFrameTableCmdlet<T> : FsrInputFileCmdlet
{
    /// <summary>The set of parameters that takes reconstruction parameters instead of files.</summary>
    protected const string ParameterSet = "Parameter";

    /// <summary>Parameters whose earlier results are read, under OUTPUTPATH.</summary>
    [Parameter(ParameterSetName = ParameterSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Parameters")]
    [RealObject]
    public ReconstructionParameters? Parameter { get; set; }

    /// <summary>The table among the results.</summary>
    /// <param name="files">The results.</param>
    protected abstract string TableOf(OutputFiles files);

    /// <summary>Reads a table.</summary>
    /// <param name="path">The file.</param>
    protected abstract IReadOnlyList<T> Read(string path);

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        IEnumerable<string> files = ParameterSetName == ParameterSet ? [TableOf(OutputFiles.Of(Parameter!))] : InputFiles();
        foreach (string file in files)
        {
            if (TryRun(file, _ => Read(file)) is { } rows)
            {
                WriteObject(rows, true);
            }
        }
    }
}
