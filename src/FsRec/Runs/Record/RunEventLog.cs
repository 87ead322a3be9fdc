using System.Globalization;
using System.Text.Json;

namespace FsRec.Runs;

/// <summary>Writes the events of runs as lines of JSON, each at once and whole: whoever follows the file sees what has happened, also after a kill.</summary>
public sealed class RunEventLog : IDisposable
{
    private readonly object _gate = new();
    private readonly TextWriter _output;
    private readonly bool _owned;
    private bool _failed;

    /// <summary>Writes to what the caller owns.</summary>
    /// <param name="output">Takes the lines.</param>
    public RunEventLog(TextWriter output) => _output = output;

    private RunEventLog(StreamWriter output) => (_output, _owned) = (output, true);

    /// <summary>Adds to a file, which is made where there is none; others may read it meanwhile.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FsRecException">It cannot be written.</exception>
    public static RunEventLog Open(string path)
    {
        try
        {
            bool isTorn = JsonLines.IsTorn(path, "log of events");
            var writer = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete));
            if (isTorn)
            {
                writer.Write('\n');
            }

            return new RunEventLog(writer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FsRecException($"The log '{path}' cannot be written: {e.Message}", e);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _failed = true;
            if (!_owned)
            {
                return;
            }

            try
            {
                _output.Dispose();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                // What could not be written before cannot now.
            }
        }
    }

    internal void Write(string run, string name, RunEvent what)
    {
        string line = JsonSerializer.Serialize(
            what with { Time = DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture), Run = run, Event = name }, RunEventJson.Default.RunEvent);
        lock (_gate)
        {
            if (_failed)
            {
                return;
            }

            try
            {
                _output.Write(line + "\n");
                _output.Flush();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                // A log that cannot be told costs no result.
                _failed = true;
            }
        }
    }
}
