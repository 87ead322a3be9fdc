namespace FsRec.Tests.Series;

/// <summary>Progress told at once, on the thread that reports it; <see cref="Progress{T}"/> would post it.</summary>
internal sealed class Reporter(Action<RunProgress> told) : IProgress<RunProgress>
{
    public void Report(RunProgress value) => told(value);
}
