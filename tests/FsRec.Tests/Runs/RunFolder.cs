using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Tests.Formats;
using FsRec.Tests.Restoration;
using FsRec.Tests.Series;

namespace FsRec.Tests.Runs;

/// <summary>A folder with the frames of a weak object in <c>in</c>, to be reconstructed into <c>out</c>.</summary>
internal sealed class RunFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RunFolder(bool drift = false)
    {
        Object = new WeakObject();
        Frames = Object.Frames(drift ? Object.Drift() : WeakObject.NoDrift());
        Parameters = Object.Parameters.WriteTo(_folder, Frames);
        Parameters = Parameters with { Linear = Parameters.Linear with { Iterations = 2 } };
    }

    public WeakObject Object { get; }

    public float[][] Frames { get; }

    public ReconstructionParameters Parameters { get; set; }

    public List<RunMessage> Messages { get; } = [];

    public IEnumerable<string> Warnings => Messages.Where(static m => m.IsWarning).Select(static m => m.ToString());

    public string Out(string name) => _folder.File("out/" + name);

    public string In(string name) => _folder.File("in/" + name);

    /// <summary>All files in the folder of the results but the record of the run, which differs from run to run.</summary>
    public string[] Outputs() => [.. AllOutputs().Where(static name => !name.EndsWith("_run.json", StringComparison.Ordinal))];

    public string[] AllOutputs() => [.. _folder.Names().Where(static name => name.StartsWith("out/", StringComparison.Ordinal)).Select(static name => name[4..])];

    /// <summary>Names and contents of all outputs, to compare.</summary>
    public Dictionary<string, string> Contents() => Outputs().ToDictionary(static name => name, name => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Out(name)))));

    public RunResult Run(RunOptions? options = null, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Messages.Clear();
        return ReconstructionRun.Run(Parameters, options ?? new RunOptions(), new RunContext
        {
            Progress = progress,
            Message = message =>
            {
                lock (Messages)
                {
                    Messages.Add(message);
                }
            },
            Threads = 2,
            CancellationToken = cancellationToken,
        });
    }

    public void Dispose() => _folder.Dispose();
}
