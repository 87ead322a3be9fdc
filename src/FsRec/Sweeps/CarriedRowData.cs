using FsRec.Parameters;

namespace FsRec.Sweeps;

/// <summary>What of a row is carried to another process.</summary>
/// <param name="Schema">The format, and its version.</param>
/// <param name="Parameters">The run's parameters, as a parameter file writes them.</param>
/// <param name="BaseDirectory">Folder of the run.</param>
/// <param name="Values">The run's values.</param>
/// <param name="Origin">Hash of what the results follow from.</param>
/// <param name="IsReadBack">Whether the run was found complete.</param>
/// <param name="Provenance">Where the parameters came from.</param>
internal sealed record CarriedRowData(
    string Schema, IReadOnlyDictionary<string, string> Parameters, string BaseDirectory, IReadOnlyDictionary<string, string> Values, string Origin, bool IsReadBack, CarriedProvenance? Provenance = null);
