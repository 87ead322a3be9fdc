using System.Text;

namespace FsRec.Cli;

/// <summary>Standard error that may be closed or on a full disk: what cannot be told is dropped, as no message is worth a result.</summary>
internal sealed class PatientWriter(TextWriter inner) : TextWriter
{
    private bool _failed;

    /// <inheritdoc />
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc />
    public override void Write(char value) => Try(() => inner.Write(value));

    /// <inheritdoc />
    public override void Write(string? value) => Try(() => inner.Write(value));

    /// <inheritdoc />
    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    /// <inheritdoc />
    public override void Flush() => Try(inner.Flush);

    private void Try(Action write)
    {
        if (_failed)
        {
            return;
        }

        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            _failed = true;
        }
    }
}
