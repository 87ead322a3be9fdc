using FsRec.Formats.Images;
using FsRec.Formats.Raw;
using FsRec.Parameters;

namespace FsRec.Series;

/// <summary>The frames that parameters or a list of files name, and the parameters with all that the files tell.</summary>
internal sealed record SeriesInput(FrameSource Frames, ReconstructionParameters Parameters, SeriesSource? Source)
{
    // What differs by more is a contradiction and not a matter of digits.
    private const double Tolerance = 0.01;
    private const int MostNamed = 5;

    // What files may tell.
    private static readonly string[] FromFiles = ["NImages", "Dimensions", "Sampling", "Voltage", "Foci"];

    /// <summary>Opens the input.</summary>
    /// <param name="parameters">The parameters; what files may tell is filled in.</param>
    /// <param name="files">The files; <see langword="null"/> for those that the parameters name.</param>
    /// <param name="assume">Puts usual values of a microscope, whose voltage is known, in place of those that nobody said, and says so.</param>
    /// <exception cref="DataException">A file is missing, damaged or does not fit the others or the parameters.</exception>
    /// <exception cref="ParameterException">The parameters do not fit the files.</exception>
    public static SeriesInput Open(ReconstructionParameters parameters, IReadOnlyList<string>? files = null, Func<ReconstructionParameters, SeriesSource, List<RunMessage>, ReconstructionParameters>? assume = null)
    {
        if (files is null && !InputFiles.AreNamed(parameters))
        {
            return new SeriesInput(new NumberedFrames(parameters), parameters, null);
        }

        IReadOnlyList<string> paths = files ?? Find(parameters);
        FileParameters options = parameters.Files;
        bool mayBeRaw = parameters.Image.Calibration is { Rows: > 0, Columns: > 0 };
        var frames = new ImageFrames(paths, mayBeRaw ? RawOf(options, parameters.Image.Calibration) : null);
        SeriesSource source = Describe(frames, options);
        List<RunMessage> warnings = [];
        ReconstructionParameters completed = Complete(parameters, frames, source, warnings, assume);
        IReadOnlyList<ParameterFinding> findings = ParameterRules.Check(completed, new HashSet<string>());
        ParameterFinding[] errors = [.. findings.Where(static finding => finding.Severity == ParameterSeverity.Error)];
        if (errors.Length > 0)
        {
            throw new ParameterException(errors);
        }

        if (files is not null)
        {
            // Who reads a parameter file has been told what is doubtful about its values; here they come from elsewhere.
            warnings.AddRange(findings.Select(static finding => RunMessage.Warning(WarningIds.ParameterFinding, $"{finding.Key}: {finding.Message}")));
        }

        return new SeriesInput(frames, completed, source with { Warnings = warnings, IsLimitAssumed = parameters.Linear.Limit == 0 });
    }

    /// <summary>How files without a header are read.</summary>
    public static RawFormat RawOf(FileParameters files, Calibration calibration) => new()
    {
        PixelType = files.PixelType,
        BigEndian = files.BigEndian,
        HeaderBytes = files.HeaderBytes,
        Order = files.FrameOrder,
        Rows = calibration.Rows,
        Columns = calibration.Columns,
    };

    private static string[] Find(ReconstructionParameters parameters)
    {
        string folder = parameters.ResolvedInputPath;
        string name = parameters.Files.InputFileName;
        string path = Path.Combine(folder, name);
        if (!InputFiles.IsPattern(name) && !Directory.Exists(path))
        {
            return [path];
        }

        (string where, string pattern) = Directory.Exists(path) ? (path, "*") : (folder, name);
        if (!Directory.Exists(where))
        {
            throw new DataException($"The folder '{where}' of the frames does not exist. Check INPUTPATH.", new DirectoryNotFoundException(where));
        }

        bool isFolder = pattern == "*";
        string[] found = isFolder ? [.. SeriesFiles.InFolder(where, parameters.Image.Calibration is { Rows: > 0, Columns: > 0 })] : [.. Directory.EnumerateFiles(where, pattern).Where(static file => !Path.GetFileName(file).StartsWith('.')).Order(NaturalOrder.Comparer)];
        return found.Length > 0 ? found : throw new DataException($"No file of images in '{where}' fits '{pattern}'. Check INPUTPATH and INPUTFILENAME.", new FileNotFoundException(null, path));
    }

    private static SeriesSource Describe(ImageFrames frames, FileParameters options)
    {
        IReadOnlyList<ImageFileInfo> infos = [.. frames.Infos.Select(info => Stated(info, options))];
        ImageFileInfo first = infos[0];
        bool hasFoci = infos.All(static info => info.Foci is not null);
        List<string> notes = [.. infos.SelectMany(static info => info.Notes).Distinct()];
        if (infos.FirstOrDefault(info => !Close(info.RowSampling, first.RowSampling) || !Close(info.ColumnSampling, first.ColumnSampling)) is { } other)
        {
            notes.Add(FormattableString.Invariant($"'{other.Path}' has pixels of {other.RowSampling:0.#####}×{other.ColumnSampling:0.#####} nm, '{first.Path}' of {first.RowSampling:0.#####}×{first.ColumnSampling:0.#####}; those of the first count."));
        }

        if (first.RecordedFoci is not null && !hasFoci && first.DefocusSource is { Unit: "" } unstated)
        {
            notes.Add($"{unstated.Field} is in a unit that the file does not state, and is not used; give Defocusunit.");
        }

        return new SeriesSource
        {
            Files = [.. infos.Select(static info => info.Path)],
            Format = first.Format,
            ImageCount = frames.Total,
            PixelType = first.PixelType,
            RowSampling = first.RowSampling,
            ColumnSampling = first.ColumnSampling,
            Voltage = first.Voltage,
            SphericalAberration = first.SphericalAberration,
            Exposure = first.Exposure,
            Foci = hasFoci ? infos.SelectMany(static info => info.Foci!).ToArray() : null,
            DefocusSource = first.DefocusSource,
            RowsFlipped = options.FlipRows,
            Notes = notes,
        };
    }

    // What the user says of sign and unit stands in place of what the format says.
    private static ImageFileInfo Stated(ImageFileInfo info, FileParameters options) => info.DefocusSource is not { } source ? info : info with
    {
        DefocusSource = source with { Unit = options.DefocusUnit ?? source.Unit, Sign = options.DefocusSign ?? source.Sign },
    };

    private static ReconstructionParameters Complete(ReconstructionParameters parameters, ImageFrames frames, SeriesSource source, List<RunMessage> warnings, Func<ReconstructionParameters, SeriesSource, List<RunMessage>, ReconstructionParameters>? assume)
    {
        ImageFileInfo first = frames.Infos[0];
        Calibration calibration = parameters.Image.Calibration;
        if (calibration is { Rows: > 0, Columns: > 0 } && (calibration.Rows, calibration.Columns) != (first.Rows, first.Columns))
        {
            throw new DataException($"'{first.Path}' holds images of {first.Rows}×{first.Columns} px; Dimensions says [{calibration.Rows},{calibration.Columns}].");
        }

        int count = parameters.Files.ImageCount;
        if (count > frames.Total)
        {
            string where = source.Files.Count == 1 ? $"'{first.Path}' holds" : $"the {source.Files.Count} files '{Path.GetFileName(first.Path)}' to '{Path.GetFileName(source.Files[^1])}' in '{Path.GetDirectoryName(first.Path)}' hold";
            throw new DataException($"NImages asks for {Counted.Of(count, "image")}; {where} {frames.Total}. Set NImages={frames.Total}, or leave it out to take all.");
        }

        // All that is missing is told at once.
        List<ParameterFinding> missing = [];
        calibration = calibration with { Rows = first.Rows, Columns = first.Columns };
        if (calibration is { RowSampling: 0, ColumnSampling: 0 })
        {
            if (source is { RowSampling: { } row, ColumnSampling: { } column })
            {
                calibration = calibration with { RowSampling = row, ColumnSampling = column };
            }
            else
            {
                missing.Add(ParameterRules.Error("Sampling", $"no size of pixels in '{first.Path}'", "the size of a pixel in nm, one number or rows and columns"));
            }
        }
        else if (Differs(calibration.RowSampling, source.RowSampling) || Differs(calibration.ColumnSampling, source.ColumnSampling))
        {
            warnings.Add(RunMessage.Warning(WarningIds.FileContradicted, FormattableString.Invariant(
                $"Sampling: '{first.Path}' says {source.RowSampling:0.######}×{source.ColumnSampling:0.######} nm, the parameters {calibration.RowSampling:0.######}×{calibration.ColumnSampling:0.######} nm; the parameters are used.")));
        }

        double voltage = parameters.Microscope.Voltage;
        if (voltage == 0)
        {
            voltage = source.Voltage ?? 0;
            if (voltage == 0)
            {
                missing.Add(ParameterRules.Error("Voltage", $"no voltage in '{first.Path}'", "the acceleration voltage in kV, or a microscope"));
            }
        }
        else if (Differs(voltage, source.Voltage))
        {
            warnings.Add(RunMessage.Warning(WarningIds.FileContradicted, FormattableString.Invariant($"Voltage: '{first.Path}' says {source.Voltage:0.###} kV, the parameters {voltage:0.###} kV; the parameters are used.")));
        }

        if (parameters.Foci.Count == 0 && source.Foci is null)
        {
            missing.Add(ParameterRules.Error("Foci", $"no foci in '{first.Path}'", "the defocus in nm, two ends of a ramp or one an image, underfocus negative"));
        }

        if (missing.Count > 0)
        {
            throw new ParameterException(missing);
        }

        ReconstructionParameters completed = parameters with
        {
            Files = parameters.Files with { ImageCount = count == 0 ? frames.Total : count },
            Image = parameters.Image with { Calibration = calibration },
            Microscope = parameters.Microscope with { Voltage = voltage },
        };
        completed = assume is null ? completed : assume(completed, source, warnings);
        completed = WithLimit(WithFoci(completed, source, warnings));
        return completed.From(ValueOrigin.Files, FromFiles.Where(key => ParameterKeys.Find(key)!.Print(parameters) != ParameterKeys.Find(key)!.Print(completed)));
    }

    private static ReconstructionParameters WithFoci(ReconstructionParameters parameters, SeriesSource source, List<RunMessage> warnings)
    {
        double[]? recorded = source.Foci is null ? null : [.. source.Foci.Take(parameters.Files.ImageCount)];
        if (parameters.Foci.Count == 0)
        {
            return parameters with { Foci = recorded! };
        }

        // By a list each frame has its own focus; a ramp that is that of all moves where one is missing.
        if (parameters.Foci.Count == 2 && source.ImageCount == source.Files.Count && NumberGap.Missing(source.Files) is { Count: > 0 } missing)
        {
            warnings.Add(RunMessage.Warning(WarningIds.GapInFrames, $"{Counted.Of(missing.Count, "number")} between '{Path.GetFileName(source.Files[0])}' and '{Path.GetFileName(source.Files[^1])}' {(missing.Count == 1 ? "has" : "have")} no file: {string.Join(", ", missing.Take(MostNamed))}{(missing.Count > MostNamed ? ", …" : "")}. The ramp of Foci is taken over the {source.Files.Count} files that are there. Where it is that of all, give Foci as a list, one a file."));
        }

        if (recorded is not null && FocusAssignment.Assign(parameters.Foci, parameters.SelectedImages, parameters.Files.ImageCount) is { } given)
        {
            double[] said = [.. parameters.SelectedImages.Where(image => image >= 0 && image < recorded.Length).Select(image => recorded[image])];
            double largest = said.Concat(given).Select(Math.Abs).Max();
            if (said.Length == given.Length && said.Zip(given, static (a, b) => Math.Abs(a - b)).Max() > Tolerance * largest)
            {
                warnings.Add(RunMessage.Warning(WarningIds.FileContradicted, FormattableString.Invariant(
                    $"Foci: '{source.Files[0]}' says {said[0]:0.##} to {said[^1]:0.##} nm ({source.DefocusSource}), the parameters {given[0]:0.##} to {given[^1]:0.##} nm; the parameters are used.")));
            }
        }

        return parameters;
    }

    // As for a parameter file without it: no file tells it.
    private static ReconstructionParameters WithLimit(ReconstructionParameters parameters) => parameters.Linear.Limit != 0 ? parameters : (parameters with
    {
        Linear = parameters.Linear with { Limit = Math.Min(parameters.InformationLimit, parameters.Image.Calibration.Nyquist) },
    }).From("the microscope's information limit", ["Limit"]);

    private static bool Differs(double given, double? recorded) => recorded is { } value && Math.Abs(given - value) > Tolerance * Math.Abs(value);

    private static bool Close(double? a, double? b) => a is null || b is null || Math.Abs(a.Value - b.Value) <= Tolerance * b.Value;
}
