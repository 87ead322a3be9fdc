namespace FsRec;

/// <summary>How far a long call has come.</summary>
/// <param name="Stage">What is being done, in words for the user.</param>
/// <param name="Done">Units of the stage that are done.</param>
/// <param name="Total">Units of the stage in all.</param>
/// <param name="Detail">More about it: an iteration and its figures; may be empty.</param>
public readonly record struct RunProgress(string Stage, int Done, int Total, string Detail = "")
{
    /// <summary>Share of the stage that is done, from 0 to 1.</summary>
    public double Fraction => Total > 0 ? (double)Done / Total : 0;
}
