namespace FsRec.Pester;

/// <summary>What became of one test: a line of the report that tests/Pester/suite.ps1 writes.</summary>
/// <param name="Name">The blocks that the test is in and its own name.</param>
/// <param name="Result">Passed, Failed, Skipped or NotRun.</param>
/// <param name="File">Where it is written.</param>
/// <param name="Line">Its line there, from 1.</param>
/// <param name="Start">When it began.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Message">Why it failed, or why it was skipped.</param>
/// <param name="Trace">The lines that led to the failure, as PowerShell names them.</param>
internal sealed record PesterTest(
    string Name, string Result, string? File, int Line, DateTimeOffset Start, double Milliseconds, string? Message, string? Trace);
