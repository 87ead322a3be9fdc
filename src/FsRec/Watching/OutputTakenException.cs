namespace FsRec.Watching;

/// <summary>A parameter file asks for the results of another series.</summary>
internal sealed class OutputTakenException : FsRecException
{
    /// <summary>What <see cref="Id"/> is.</summary>
    public const string Name = "OutputTaken";

    /// <summary>Creates the exception.</summary>
    /// <param name="series">The series, by its parameter file.</param>
    /// <param name="owner">The series whose results they are.</param>
    /// <param name="output">Folder and name of the results.</param>
    /// <param name="givenToAll">Whether the watch itself gives the name or the folder to every series.</param>
    public OutputTakenException(string series, string owner, string output, bool givenToAll)
        : base($"'{series}' is not run, as its results would replace those of '{owner}', '{output}'. Nothing was written. "
            + (givenToAll ? "The watch gives OUTPUTFILENAME or OUTPUTPATH to every series: leave out what it gives, and let each parameter file say its own."
                : $"Give '{series}' or '{owner}' another OUTPUTFILENAME, or another OUTPUTPATH."))
    {
    }

    /// <inheritdoc />
    public override string Id => Name;
}
