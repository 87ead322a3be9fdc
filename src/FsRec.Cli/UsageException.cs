namespace FsRec.Cli;

/// <summary>A command line whose options do not make sense as they are.</summary>
/// <param name="message">What was found and what is expected.</param>
internal sealed class UsageException(string message) : Exception(message);
