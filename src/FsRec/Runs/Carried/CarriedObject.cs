using System.Runtime.InteropServices;
using System.Text.Json;
using FsRec.Parameters;
using FsRec.Results;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>
/// Objects as bytes, which another process makes the object of again: waves with their pixels, parameters with their values, and series by their files,
/// whose frames must be the same there. Frames that are in no files are carried too.
/// </summary>
public static class CarriedObject
{
    /// <summary>An object as bytes: the length of a header in four bytes, the header as JSON, and the numbers of frames and waves as they are in memory.</summary>
    /// <param name="value">Parameters, a wave, a series, an aligned series or a reconstruction.</param>
    /// <returns>The bytes; <see langword="null"/> of other objects.</returns>
    /// <exception cref="DataException">The frames are in files that cannot be read any more.</exception>
    public static byte[]? Of(object value) => value switch
    {
        ReconstructionParameters parameters => Write(With(New(CarriedKind.Parameters), parameters), []),
        ExitWave wave => Write(New(CarriedKind.Wave) with { Calibration = wave.Calibration }, [wave.Interleaved.ToArray()]),
        FocalSeries series => Write(With(New(CarriedKind.Series), series), Frames(series)),
        AlignedSeries aligned => Write(With(New(CarriedKind.Aligned), aligned), Frames(aligned.Series)),
        Reconstruction found => Write(With(New(CarriedKind.Reconstruction), found), [.. Frames(found.Series), found.Wave.Interleaved.ToArray(), found.FilteredWave.Interleaved.ToArray()]),
        _ => null,
    };

    /// <summary>Makes an object of its bytes again.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <exception cref="FsRecException">The bytes are no object of this version, or the files of a series are missing or have changed.</exception>
    public static object Restore(byte[] bytes, CancellationToken cancellationToken = default)
    {
        CarriedHeader header;
        int start;
        try
        {
            start = sizeof(int) + BitConverter.ToInt32(bytes);
            header = JsonSerializer.Deserialize(bytes.AsSpan(sizeof(int), start - sizeof(int)), CarriedJson.Default.CarriedHeader)!;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new FsRecException("The copy of the object is not whole.", e);
        }

        if (header.Schema != CarriedHeader.CurrentSchema)
        {
            throw new FsRecException($"The copy of the object is of the format '{header.Schema}'; this version of FsRec reads '{CarriedHeader.CurrentSchema}'.");
        }

        ReadOnlySpan<float> numbers = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(start));
        switch (header.Kind)
        {
            case CarriedKind.Parameters:
                return Parameters(header);
            case CarriedKind.Wave:
                return new ExitWave(header.Calibration!, numbers.ToArray());
            case CarriedKind.Series:
                return Series(header, ref numbers, cancellationToken);
            case CarriedKind.Aligned:
                return Aligned(header, Series(header, ref numbers, cancellationToken));
            default:
                AlignedSeries aligned = Aligned(header, Series(header, ref numbers, cancellationToken));
                float[] wave = numbers[..(numbers.Length / 2)].ToArray();
                float[] filtered = numbers[(numbers.Length / 2)..].ToArray();
                return new Reconstruction(aligned, new ExitWave(header.Calibration!, wave), new ExitWave(header.Calibration!, filtered), header.History!)
                {
                    Method = header.Method,
                    Fit = header.Fit,
                    NonlinearHistory = header.NonlinearHistory!,
                    Uncertainty = header.Uncertainty,
                    ScatteredFraction = header.ScatteredFraction,
                    ResidualRms = header.ResidualRms,
                };
        }
    }

    private static CarriedHeader New(CarriedKind kind) => new() { Schema = CarriedHeader.CurrentSchema, Kind = kind };

    private static CarriedHeader With(CarriedHeader header, ReconstructionParameters parameters) => header with
    {
        Parameters = KeyTexts.Of(parameters),
        Provenance = CarriedProvenance.Of(parameters),
        BaseDirectory = Path.GetFullPath(parameters.BaseDirectory ?? "."),
    };

    private static CarriedHeader With(CarriedHeader header, FocalSeries series) => With(header, series.Parameters) with
    {
        Files = series.Source?.Files.Select(Path.GetFullPath).ToArray(),
        HasFrames = IsInMemoryOnly(series),
        Marks = IsInMemoryOnly(series) ? null : MarksOf(series),
        Foci = series.Foci,
    };

    private static CarriedHeader With(CarriedHeader header, AlignedSeries aligned) => With(header, aligned.Series) with
    {
        Displacements = aligned.Displacements,
        AlignmentMethod = aligned.Method,
        Outliers = aligned.Outliers,
        Apart = aligned.Apart,
    };

    private static CarriedHeader With(CarriedHeader header, Reconstruction found) => With(header, found.Aligned) with
    {
        Calibration = found.Wave.Calibration,
        Method = found.Method,
        Fit = found.Fit,
        History = found.History,
        NonlinearHistory = found.NonlinearHistory,
        Uncertainty = found.Uncertainty,
        ScatteredFraction = found.ScatteredFraction,
        ResidualRms = found.ResidualRms,
    };

    private static bool IsInMemoryOnly(FocalSeries series) => series.Source is null && series.SourceFiles.Except(series.Parameters.ResolvedDetector.Files.Select(Path.GetFullPath)).FirstOrDefault() is null;

    private static string[] MarksOf(FocalSeries series) => [.. series.Marks.Select(static mark => FormattableString.Invariant($"{mark.Mean:R} {mark.Pixels:x32}"))];

    private static float[][] Frames(FocalSeries series) => IsInMemoryOnly(series) ? [.. Enumerable.Range(0, series.Count).Select(series.GetFrame)] : [];

    private static byte[] Write(CarriedHeader header, IReadOnlyList<float[]> arrays)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header, CarriedJson.Default.CarriedHeader);
        // Numbers begin where a processor likes to read them.
        int padded = (json.Length + 3) / 4 * 4;
        using var stream = new MemoryStream(sizeof(int) + padded + arrays.Sum(static a => a.Length * sizeof(float)));
        stream.Write(BitConverter.GetBytes(padded));
        stream.Write(json);
        stream.Write("    "u8[..(padded - json.Length)]);
        foreach (float[] array in arrays)
        {
            stream.Write(MemoryMarshal.AsBytes<float>(array));
        }

        return stream.ToArray();
    }

    private static ReconstructionParameters Parameters(CarriedHeader header) => CarriedProvenance.Give(KeyTexts.Read(header.Parameters!, header.BaseDirectory), header.Provenance)
        ?? throw new FsRecException("The copy of the object has parameters that this version of FsRec does not know.");

    private static FocalSeries Series(CarriedHeader header, ref ReadOnlySpan<float> numbers, CancellationToken cancellationToken)
    {
        ReconstructionParameters parameters = Parameters(header);
        FocalSeries series;
        if (header.HasFrames)
        {
            int pixels = parameters.Image.Calibration.PixelCount;
            var frames = new float[header.Foci!.Count][];
            for (int n = 0; n < frames.Length; n++)
            {
                frames[n] = numbers[..pixels].ToArray();
                numbers = numbers[pixels..];
            }

            series = new FocalSeries(parameters, frames);
        }
        else
        {
            series = SeriesReader.Read(parameters, header.Files, null, cancellationToken);
            if (!MarksOf(series).SequenceEqual(header.Marks!))
            {
                throw new DataException($"The frames of {parameters.Files.InputFileName} in '{parameters.ResolvedInputPath}' are not those that the object was made of; they have changed since.");
            }
        }

        return series.Foci.SequenceEqual(header.Foci!) ? series : series.WithFoci(header.Foci!);
    }

    private static AlignedSeries Aligned(CarriedHeader header, FocalSeries series) =>
        new(series, header.Displacements!) { Method = header.AlignmentMethod, Outliers = header.Outliers, Apart = header.Apart };
}
