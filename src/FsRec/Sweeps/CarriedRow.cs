using System.Text.Json;
using FsRec.Parameters;

namespace FsRec.Sweeps;

/// <summary>Rows of a sweep as bytes, of which another process makes the row again from the run's folder.</summary>
public static class CarriedRow
{
    private const string CurrentSchema = "fsrec-row/1";

    /// <summary>A row as bytes.</summary>
    /// <param name="row">The row.</param>
    public static byte[] Of(SweepRow row) => JsonSerializer.SerializeToUtf8Bytes(
        new CarriedRowData(
            CurrentSchema,
            KeyTexts.Of(row.Parameters),
            Path.GetFullPath(row.Parameters.BaseDirectory ?? "."),
            row.Point.Values.ToDictionary(static v => v.Key, static v => v.Value),
            row.Origin,
            row.IsReadBack,
            CarriedProvenance.Of(row.Parameters)),
        SweepLineJson.Default.CarriedRowData);

    /// <summary>Makes a row again.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="FsRecException">They are no row of this version, or the run's results are not as they were.</exception>
    public static SweepRow Restore(byte[] bytes)
    {
        CarriedRowData? data;
        try
        {
            data = JsonSerializer.Deserialize(bytes, SweepLineJson.Default.CarriedRowData);
        }
        catch (JsonException e)
        {
            throw new FsRecException("The copy of the row is not whole.", e);
        }

        if (data?.Schema != CurrentSchema || CarriedProvenance.Give(KeyTexts.Read(data.Parameters, data.BaseDirectory), data.Provenance) is not { } parameters)
        {
            throw new FsRecException($"The copy of the row is of the format '{data?.Schema}'; this version of FsRec reads '{CurrentSchema}'.");
        }

        return new SweepFolder(parameters, data.Origin).Read(SweepPoint.Of(data.Values), needsChiSquare: false) is { } row
            ? row with { IsReadBack = data.IsReadBack }
            : throw new DataException($"The results in '{data.BaseDirectory}' are not there, or not as the run left them.");
    }
}
