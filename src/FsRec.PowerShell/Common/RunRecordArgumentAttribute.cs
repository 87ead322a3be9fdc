using System.Management.Automation;
using FsRec.Runs;

namespace FsRec.PowerShell;

/// <summary>Takes the record of a run: as it is, of a run's result, or of a file or folder that is named.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RunRecordArgumentAttribute : ArgumentTransformationAttribute
{
    private const string Ending = "_run.json";

    /// <inheritdoc />
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? plain = Unwrapped.Of(inputData);
        try
        {
            return plain switch
            {
                RunResult result => result.GetRecord(),
                FileSystemInfo file => RunRecord.Load(Find(file.FullName)),
                string path => RunRecord.Load(Find(engineIntrinsics.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path))),
                _ => CopyCheck.Require(inputData),
            };
        }
        catch (FsRecException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    // A folder with the results of one run stands for it, and a file of a run for its record.
    private static string Find(string path)
    {
        if (!Directory.Exists(path))
        {
            return path;
        }

        string[] records = Directory.GetFiles(path, "*" + Ending);
        return records is [var only] ? only
            : throw new FsRecException($"The folder '{path}' holds {(records.Length == 0 ? "no record of a run" : $"the records of {records.Length} runs")}; expected one, or the path of a file that ends in {Ending}.");
    }
}
