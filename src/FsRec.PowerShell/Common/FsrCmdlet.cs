using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using FsRec.Parameters;
using FsRec.PowerShell.Hosting;

namespace FsRec.PowerShell;

/// <summary>
/// A cmdlet over the library: the library works on another thread, the pipeline thread writes what it says and hears of
/// Ctrl+C at once.
/// </summary>
public abstract class FsrCmdlet : PSCmdlet, IDynamicParameters, IDisposable
{
    /// <summary>Progress is written at most five times a second.</summary>
    private const int ProgressInterval = 200;

    // How long a stopped call may take to end in order; then the pipeline goes on without it, as the call ends by itself.
    private const int StopPatience = 100;

    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<string> _reported = new(StringComparer.OrdinalIgnoreCase);
    private RuntimeDefinedParameterDictionary? _keys;
    private object? _row;
    private int _rowNumber;
    private bool _disposed;

    /// <summary>Whether intermediates are to be saved: -Debug is given. A preference of the session does not make files.</summary>
    protected bool SavesIntermediates => MyInvocation.BoundParameters.TryGetValue("Debug", out object? debug) && debug is SwitchParameter { IsPresent: true };

    /// <summary>Cancelled once the user stops the pipeline.</summary>
    protected CancellationToken StopToken => _stop.Token;

    /// <summary>The stages whose keys are parameters of the cmdlet.</summary>
    protected virtual KeyStages Stages => KeyStages.None;

    /// <summary>Whether the pipeline carries a row of a table.</summary>
    protected bool HasRow => TableRow.Columns(this).Count > 0;

    /// <summary>Notes which object of the pipeline is at hand, so that an error can say which row of a table it is of.</summary>
    private protected void CountRow()
    {
        object? given = TableRow.Object(this);
        if (given is not null && !ReferenceEquals(given, _row))
        {
            (_row, _rowNumber) = (given, _rowNumber + 1);
        }
    }

    /// <summary>An error, with the row of the table that it is of.</summary>
    /// <param name="record">The error.</param>
    internal ErrorRecord OfRow(ErrorRecord record)
    {
        if (HasRow)
        {
            record.ErrorDetails = new ErrorDetails($"Row {_rowNumber.ToString(CultureInfo.InvariantCulture)}: {record.Exception.Message}");
        }

        return record;
    }

    /// <summary>Names of parameters, other than those that stand for keys, that a row of a table may give.</summary>
    protected virtual IReadOnlyList<string> RowParameters => [];

    /// <summary>Called by PowerShell for the parameters that are made from the table of keys.</summary>
    public object? GetDynamicParameters() => Stages == KeyStages.None ? null : _keys = KeyParameters.Of(Stages, new TypedCall(this));

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Keys and values as a parameter file writes them: those given by name, those of the row that the pipeline carries, and those of a table such as
    /// <c>-Set</c>. What is given to the cmdlet stands for all rows, in place of their own.
    /// </summary>
    /// <param name="set">The table.</param>
    protected IReadOnlyList<KeyValuePair<string, string>> Changes(IDictionary? set)
    {
        CountRow();
        List<KeyValuePair<string, string>> given =
            [.. KeyParameters.In(Stages).Select(static key => key.Name).Where(name => MyInvocation.BoundParameters.ContainsKey(name) && !IsNothing(name)).Select(key => Named(key, MyInvocation.BoundParameters[key])), .. Overrides.Pairs(set).Select(pair => new KeyValuePair<string, string>(pair.Key, Located(pair.Key, pair.Value)))];
        return [.. Row(given), .. given];
    }

    private bool IsNothing(string key) =>
        _keys is not null && _keys.TryGetValue(key, out RuntimeDefinedParameter? parameter) && parameter.Attributes.OfType<KeyArgumentAttribute>().Any(static a => a.IsNothing);

    /// <summary>The value of one of <see cref="RowParameters"/>: the one that was given, else that of the row that the pipeline carries.</summary>
    /// <typeparam name="T">The parameter's type.</typeparam>
    /// <param name="name">The parameter's name.</param>
    /// <param name="given">Its value.</param>
    protected T? FromRow<T>(string name, T? given)
        where T : struct
    {
        if (given is not null
            || TableRow.Columns(this).FirstOrDefault(column => TableRow.Parameter(MyInvocation.MyCommand, column.Key)?.Name == name) is not { Key: { } key, Value: var cell }
            || TableRow.IsEmpty(cell))
        {
            return given;
        }

        // PowerShell would take a comma for one between thousands.
        return !Overrides.Text(cell).Contains(',', StringComparison.Ordinal) && LanguagePrimitives.TryConvertTo(cell, CultureInfo.InvariantCulture, out T value)
            ? value
            : throw new FsRecException($"The column '{key}' says '{cell}'; expected {(typeof(T).IsEnum ? "one of " + string.Join(", ", Enum.GetNames(typeof(T))) : "a number")}.");
    }

    /// <summary>Called by PowerShell on another thread when the user stops the pipeline.</summary>
    protected override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The pipeline has ended in the meantime.
        }
    }

    /// <summary>Frees what the cmdlet holds.</summary>
    /// <param name="disposing">Whether it is called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _stop.Dispose();
        }
    }

    /// <summary>Runs a library call on another thread and writes its progress and messages meanwhile.</summary>
    /// <typeparam name="T">What the call returns.</typeparam>
    /// <param name="call">The call; it reports to the monitor and ends when the monitor's token is cancelled.</param>
    /// <returns>What the call returned; its exceptions come through as they are.</returns>
    protected T Run<T>(Func<LibraryMonitor, T> call)
    {
        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(StopToken);
        var news = new AutoResetEvent(false);
        var monitor = new LibraryMonitor(WriteMessage, () => news.Set(), cancellation.Token);
        var remaining = new RemainingTime();
        var end = new ProcessEnd(monitor.StopActions);
        Task<T> task = Task.Factory.StartNew(
            () => call(monitor), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        bool shown = false;
        try
        {
            WaitHandle[] ends = [((IAsyncResult)task).AsyncWaitHandle, cancellation.Token.WaitHandle, news];
            long written = Stopwatch.GetTimestamp();
            while (!task.IsCompleted)
            {
                bool isNews = WaitHandle.WaitAny(ends, ProgressInterval) == ends.Length - 1;
                cancellation.Token.ThrowIfCancellationRequested();
                if (isNews && Stopwatch.GetElapsedTime(written).TotalMilliseconds < ProgressInterval)
                {
                    // A result goes out at once, progress at its pace.
                    Write(monitor.FetchWrites());
                    continue;
                }

                shown |= WriteMonitor(monitor, remaining);
                written = Stopwatch.GetTimestamp();
            }

            Write(monitor.Fetch().Writes);
            if (shown)
            {
                shown = false;
                WriteCompleted();
            }

            return task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            // Whatever ends the loop early, such as Ctrl+C, a pipeline that has enough, or a warning that the user made an error of, ends the call too.
            cancellation.Cancel();
            Task.WaitAny([task], StopPatience, CancellationToken.None);
            _ = task.ContinueWith(
                ended =>
                {
                    end.Dispose();
                    _ = ended.Exception;
                    cancellation.Dispose();
                    news.Dispose();
                },
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            if (shown && !StopToken.IsCancellationRequested)
            {
                // The script goes on behind a pipeline that had enough, as with Select-Object -First, and its screen would keep the bar.
                WriteCompleted();
            }
        }
    }

    /// <summary>Runs a library call; a failure that the user can act on becomes an error, and the pipeline goes on.</summary>
    /// <typeparam name="T">What the call returns.</typeparam>
    /// <param name="target">What the error is about.</param>
    /// <param name="call">The call.</param>
    /// <returns>What the call returned; <see langword="null"/> after an error.</returns>
    protected T? TryRun<T>(object? target, Func<LibraryMonitor, T> call)
        where T : class
    {
        try
        {
            return Run(call);
        }
        catch (FsRecException e)
        {
            WriteError(ErrorRecords.From(e, target));
            return null;
        }
    }

    /// <summary>Puts a result out, and tells its figures to those who want details.</summary>
    /// <param name="result">The result.</param>
    protected void WriteResult(object result)
    {
        WriteDetail($"{Unwrapped.Of(result)}");
        WriteObject(result);
    }

    // Under -Debug PowerShell asks after every verbose message whether to go on, which nobody wants who did not ask for them.
    private void WriteDetail(string text)
    {
        if (!SavesIntermediates || MyInvocation.BoundParameters.ContainsKey("Verbose"))
        {
            WriteVerbose(text);
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Row(List<KeyValuePair<string, string>> given)
    {
        foreach ((string column, object? cell) in TableRow.Columns(this))
        {
            ParameterMetadata? parameter = TableRow.Parameter(MyInvocation.MyCommand, column);
            if (parameter is not null && KeyParameters.In(Stages).FirstOrDefault(key => key.Name == parameter.Name) is { } key)
            {
                if (!TableRow.IsEmpty(cell) && !Overrides.Contains(given, key.Name))
                {
                    yield return Named(key.Name, cell);
                }
            }
            else if ((parameter is null || !(TableRow.IsBoundFromPipeline(parameter) || RowParameters.Contains(parameter.Name))) && _reported.Add(column))
            {
                WriteWarning(RunMessage.Warning(
                    WarningIds.ColumnNotUsed,
                    parameter is null
                        ? $"the column '{column}' is no parameter of {MyInvocation.MyCommand.Name} and was not used.{TableRow.Hint(column)}"
                        : $"-{parameter.Name} takes one value for all rows; the column '{column}' was not used.").ToString());
            }
        }
    }

    private KeyValuePair<string, string> Named(string key, object? value) => new(key, Located(key, Overrides.Text(ParameterKeys.Find(key), value)));

    /// <summary>
    /// A value of a key with its folder or file named in full: what is given to a cmdlet, by name, by a table or by the pipeline, is relative to PowerShell's
    /// location (.NET's current folder is another), what stands in a file to the file.
    /// </summary>
    /// <param name="key">The key; what is none stays as it is.</param>
    /// <param name="text">The value as a parameter file writes it.</param>
    private protected string Located(string key, string text)
    {
        if (text.Length == 0 || ParameterKeys.Find(key)?.NamesPlace(text) != true)
        {
            return text;
        }

        try
        {
            return FsrPaths.Folder(this, text);
        }
        catch (FsRecException e)
        {
            ThrowTerminatingError(new ErrorRecord(e, "OverrideInvalid", ErrorCategory.InvalidArgument, text));
            throw;
        }
    }

    private bool WriteMonitor(LibraryMonitor monitor, RemainingTime remaining)
    {
        (RunProgress? news, Action[] writes) = monitor.Fetch();
        Write(writes);
        if (news is not { } progress)
        {
            return false;
        }

        ProgressRecord record = Record(progress.ToString());
        record.CurrentOperation = progress.Detail.Length > 0 ? progress.Detail : null;
        record.PercentComplete = (int)(100 * progress.Fraction);
        record.SecondsRemaining = remaining.Estimate(progress);
        WriteProgress(record);
        return true;
    }

    private void WriteCompleted()
    {
        ProgressRecord last = Record("Done");
        last.RecordType = ProgressRecordType.Completed;
        WriteProgress(last);
    }

    // A record of its own each time, as whoever collects a progress stream keeps what it gets; one id, so one bar.
    private ProgressRecord Record(string status) => new(0, MyInvocation.MyCommand.Name, status);

    private static void Write(Action[] writes)
    {
        foreach (Action write in writes)
        {
            write();
        }
    }

    private void WriteMessage(RunMessage message)
    {
        if (message.IsWarning)
        {
            WriteWarning(message.ToString());
        }
        else
        {
            WriteDetail(message.Text);
        }
    }
}
