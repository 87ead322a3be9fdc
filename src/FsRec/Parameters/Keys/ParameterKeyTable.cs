using FsRec.Optics;

namespace FsRec.Parameters;

/// <summary>
/// The one table of keys. Descriptions are ASCII: they go into files that other programs read in other encodings.
/// Texts and defaults are the documentation's; a key without default must be given.
/// </summary>
internal static class ParameterKeyTable
{
    private static readonly ValueSyntax<bool> OnOff = new BooleanSyntax("On", "Off");
    private static readonly ValueSyntax<bool> YesNo = new BooleanSyntax("Yes", "No");
    private static readonly ValueSyntax<bool> TrueFalse = new BooleanSyntax("True", "False");
    private static readonly ValueSyntax<string> Folder = new TextSyntax(ParameterKind.Folder);
    private static readonly ValueSyntax<string> BaseName = new TextSyntax(ParameterKind.Name);
    private static readonly ValueSyntax<int> Count = new IntegerSyntax(new(0, int.MaxValue));
    private static readonly ValueSyntax<int> PositiveCount = new IntegerSyntax(new(1, int.MaxValue));
    private static readonly ValueSyntax<(int Rows, int Columns)> Shape = IntegerPair(
        new(1, int.MaxValue), "two whole numbers of 1 or more, rows and columns, as in [512,512], or one for both", oneForBoth: true);
    private static readonly ValueSyntax<(int Rows, int Columns)> Displacement =
        IntegerPair(
            new(-int.MaxValue, int.MaxValue), "two whole numbers, rows and columns, as in [0,0]");

    private static readonly ValueSyntax<(double Rows, double Columns)> Samplings =
        new ConvertedSyntax<IReadOnlyList<double>, (double Rows, double Columns)>(
            new RealListSyntax(
                ParameterKind.NumberPair, NumberBounds.Positive, "two numbers larger than 0, as in [0.043,0.043], or one for both", 2, oneForAll: true),
            ParameterKind.NumberPair,
            list => (list[0], list[1]),
            pair => [pair.Rows, pair.Columns],
            _ => null);

    private static readonly ValueSyntax<FrequencyBand> Band = new ConvertedSyntax<IReadOnlyList<double>, FrequencyBand>(
        new RealListSyntax(
            ParameterKind.Band, NumberBounds.NotNegative, "a lower and an upper frequency in 1/nm, as in [0.5,4]", 2),
        ParameterKind.Band,
        list => new(list[0], list[1]),
        band => [band.Low, band.High],
        band => band.Low < band.High
            ? null
            : new(ParameterText.Of(band), "the lower frequency before the upper one, both in 1/nm"));

    private static readonly ValueSyntax<RestorationMethod> Restorations = Choice<RestorationMethod>();

    private static readonly ValueSyntax<PixelType> PixelTypeNames = Choice<PixelType>();
    private static readonly ValueSyntax<RawOrder> Orders = Choice<RawOrder>();
    private static readonly ValueSyntax<DefocusSign> Signs = Choice<DefocusSign>();
    private static readonly ValueSyntax<string> Units = new ChoiceSyntax("nm", "um", "A", "pm", "mm", "m");

    private static readonly ValueSyntax<IReadOnlyList<double>> FocusList = new RealListSyntax(
        ParameterKind.NumberList, NumberBounds.None, "a list of numbers in nm, as in [-270,-90]");

    // Aligning is a matter of both sections; the documentation and real files differ.
    private static readonly string[] AlignmentKeys = ["Prealignment", "Alignmentfilter", "Alignmentprecision"];

    /// <summary>The keys in the order of the documentation's example.</summary>
    public static IReadOnlyList<ParameterKey> Keys { get; } =
    [
        Key("INPUTPATH", ParameterSections.InputOutput, null, null,
            "Folder of the input images",
            Folder, p => p.Files.InputPath, (p, v) => p with { Files = p.Files with { InputPath = v } }),
        Key("INPUTFILENAME", ParameterSections.InputOutput, null, null,
            "Base name of the input images, after which 000.raw, 001.raw and so on follow; or a file, a folder, or a pattern such as series*.dm4",
            BaseName, p => p.Files.InputFileName, (p, v) => p with { Files = p.Files with { InputFileName = v } }),
        Key("NImages", ParameterSections.InputOutput, null, null,
            "Number of input images, selected or not",
            new IntegerSyntax(new(1, ParameterKeys.MostImages)),
            p => p.Files.ImageCount, (p, v) => p with { Files = p.Files with { ImageCount = v } }, isGiven: p => p.Files.ImageCount != 0),
        Key("Pixeltype", ParameterSections.InputOutput, null, "Float32",
            "Numbers of input images without a header (not in PyFSRec)",
            PixelTypeNames, p => p.Files.PixelType, (p, v) => p with { Files = p.Files with { PixelType = v } }),
        Key("Bigendian", ParameterSections.InputOutput, null, "No",
            "Highest byte of a number first in input images without a header (not in PyFSRec)",
            YesNo, p => p.Files.BigEndian, (p, v) => p with { Files = p.Files with { BigEndian = v } }),
        Key("Headerbytes", ParameterSections.InputOutput, "bytes", "0",
            "Bytes before the first pixel of input images whose header is not known (not in PyFSRec)",
            Count, p => p.Files.HeaderBytes, (p, v) => p with { Files = p.Files with { HeaderBytes = v } }),
        Key("Frameorder", ParameterSections.InputOutput, null, "Images",
            "Order of the pixels in a file without a header that holds several images: image after image, or row or pixel of each in turn (not in PyFSRec)",
            Orders, p => p.Files.FrameOrder, (p, v) => p with { Files = p.Files with { FrameOrder = v } }),
        Key("Fliprows", ParameterSections.InputOutput, null, "No",
            "Take the last row of an input image for the first (not in PyFSRec)",
            YesNo, p => p.Files.FlipRows, (p, v) => p with { Files = p.Files with { FlipRows = v } }),
        Optional("Defocussign", ParameterSections.InputOutput, null, "that of the format",
            "Sign by which the input files write underfocus (not in PyFSRec)",
            Signs, p => p.Files.DefocusSign, (p, v) => p with { Files = p.Files with { DefocusSign = v } }),
        Key("Defocusunit", ParameterSections.InputOutput, null, "that of the format",
            "Unit of the foci in the input files (not in PyFSRec)",
            Units, p => p.Files.DefocusUnit, (p, v) => p with { Files = p.Files with { DefocusUnit = v } }),
        Key("OUTPUTPATH", ParameterSections.InputOutput, null, null,
            "Folder of the output files",
            Folder, p => p.Files.OutputPath, (p, v) => p with { Files = p.Files with { OutputPath = v } },
            stages: KeyStages.Output),
        Key("OUTPUTFILENAME", ParameterSections.InputOutput, null, null,
            "Base name of the output files",
            BaseName, p => p.Files.OutputFileName, (p, v) => p with { Files = p.Files with { OutputFileName = v } },
            stages: KeyStages.Output),

        Key("Dimensions", ParameterSections.ImageData, "px", null,
            "Rows and columns of the input images",
            Shape, p => (Rows: p.Image.Calibration.Rows, Columns: p.Image.Calibration.Columns),
            (p, v) => p with
            {
                Image = p.Image with { Calibration = p.Image.Calibration with { Rows = v.Rows, Columns = v.Columns } },
            },
            stages: KeyStages.Import,
            isGiven: p => p.Image.Calibration is not { Rows: 0, Columns: 0 }),
        Key("Sampling", ParameterSections.ImageData, "nm", null,
            "Distance of two rows and of two columns of the input images",
            Samplings, p => (Rows: p.Image.Calibration.RowSampling, Columns: p.Image.Calibration.ColumnSampling),
            (p, v) => p with
            {
                Image = p.Image with
                {
                    Calibration = p.Image.Calibration with { RowSampling = v.Rows, ColumnSampling = v.Columns },
                },
            },
            isGiven: p => p.Image.Calibration is not { RowSampling: 0, ColumnSampling: 0 }),
        Key("Offset", ParameterSections.ImageData, "px", "[0,0]",
            "Rows and columns from the images' centre to the reference area's",
            Displacement, p => (Rows: p.Image.OffsetRows, Columns: p.Image.OffsetColumns),
            (p, v) => p with { Image = p.Image with { OffsetRows = v.Rows, OffsetColumns = v.Columns } }),
        Optional("AREA", ParameterSections.ImageData, "px", "half of Dimensions",
            "Rows and columns of the reference area, by which images are aligned",
            Shape, p => p.Image is { AreaRows: null, AreaColumns: null } ? null : ParameterRules.Area(p.Image),
            (p, v) => p with { Image = p.Image with { AreaRows = v.Rows, AreaColumns = v.Columns } }),
        Key("Range", ParameterSections.ImageData, null, "all images",
            "Images that are reconstructed: [[5,10]] is 5 to 10, [5,10] is 5 and 10, [[5,10],13] both",
            new ImageRangeSyntax(), p => p.Image.Range, (p, v) => p with { Image = p.Image with { Range = v } },
            stages: KeyStages.Import),
        Key("Fixhotpix", ParameterSections.ImageData, null, "No",
            "Replace outliers and dead pixels by the median around them",
            YesNo, p => p.Image.FixHotPixels, (p, v) => p with { Image = p.Image with { FixHotPixels = v } },
            stages: KeyStages.Import),

        Key("Comkernel", ParameterSections.Alignment, "px", "3",
            "Radius of the centre of mass in the correlation",
            PositiveCount, p => p.Alignment.CenterOfMassRadius,
            (p, v) => p with { Alignment = p.Alignment with { CenterOfMassRadius = v } }),
        Key("Maxprealign", ParameterSections.Alignment, null, "5",
            "Most rounds of pre-alignment",
            Count, p => p.Alignment.MaxPrealignmentRounds,
            (p, v) => p with { Alignment = p.Alignment with { MaxPrealignmentRounds = v } }),
        Key("Raverage", ParameterSections.Alignment, null, "5",
            "Images in a running average of the pre-alignment with Commonframe; 0 is none",
            Count, p => p.Alignment.RunningAverage,
            (p, v) => p with { Alignment = p.Alignment with { RunningAverage = v } }),
        Key("Commonframe", ParameterSections.Alignment, null, "False",
            "Pre-align to a common frame, averaged as Raverage says",
            TrueFalse, p => p.Alignment.CommonFrame,
            (p, v) => p with { Alignment = p.Alignment with { CommonFrame = v } }),
        Key("Methprealign", ParameterSections.Alignment, null, "sequential-com",
            "Method of pre-alignment: sequential-com is what the data decide, sequential frame against frame, model each frame against what the others predict (the last two not in PyFSRec)",
            new ChoiceSyntax(PrealignmentMethods.Default, PrealignmentMethods.Sequential, PrealignmentMethods.Model), p => p.Alignment.Method,
            (p, v) => p with { Alignment = p.Alignment with { Method = v } }),
        Key("Invertprealign", ParameterSections.Alignment, null, "No",
            "Invert images of reversed contrast transfer during pre-alignment",
            YesNo, p => p.Alignment.InvertContrast,
            (p, v) => p with { Alignment = p.Alignment with { InvertContrast = v } }),

        Key("Voltage", ParameterSections.Optics, "kV", null,
            "Acceleration voltage",
            new RealSyntax(new(0, 10_000, true), "kV"), p => p.Microscope.Voltage,
            (p, v) => p with { Microscope = p.Microscope with { Voltage = v } },
            stages: KeyStages.Methods,
            isGiven: p => p.Microscope.Voltage != 0),
        Key("C3", ParameterSections.Optics, "nm", null,
            "Spherical aberration: a few um for a corrected instrument, else a few mm",
            new RealSyntax(NumberBounds.None, "nm"), p => p.Microscope.C3,
            (p, v) => p with { Microscope = p.Microscope with { C3 = v } }),
        Key("C5", ParameterSections.Optics, "nm", "0",
            "Spherical aberration of fifth order",
            new RealSyntax(NumberBounds.None, "nm"), p => p.Microscope.C5,
            (p, v) => p with { Microscope = p.Microscope with { C5 = v } }),
        Key("A1", ParameterSections.Optics, "nm", "0",
            "Two-fold astigmatism",
            new RealSyntax(NumberBounds.None, "nm"), p => p.Microscope.A1,
            (p, v) => p with { Microscope = p.Microscope with { A1 = v } }),
        Key("A1azimuth", ParameterSections.Optics, "degrees", "0",
            "Azimuth of A1 from the columns' axis towards that of the rows",
            new RealSyntax(NumberBounds.None, "degrees"), p => p.Microscope.A1Azimuth,
            (p, v) => p with { Microscope = p.Microscope with { A1Azimuth = v } }),
        Key("A2", ParameterSections.Optics, "nm", "0",
            "Three-fold astigmatism",
            new RealSyntax(NumberBounds.None, "nm"), p => p.Microscope.A2,
            (p, v) => p with { Microscope = p.Microscope with { A2 = v } }),
        Key("A2azimuth", ParameterSections.Optics, "degrees", "0",
            "Azimuth of A2 from the columns' axis towards that of the rows",
            new RealSyntax(NumberBounds.None, "degrees"), p => p.Microscope.A2Azimuth,
            (p, v) => p with { Microscope = p.Microscope with { A2Azimuth = v } }),
        Key("B2", ParameterSections.Optics, "nm", "0",
            "Axial coma, a third of what some call coma",
            new RealSyntax(NumberBounds.None, "nm"), p => p.Microscope.B2,
            (p, v) => p with { Microscope = p.Microscope with { B2 = v } }),
        Key("B2azimuth", ParameterSections.Optics, "degrees", "0",
            "Azimuth of B2 from the columns' axis towards that of the rows",
            new RealSyntax(NumberBounds.None, "degrees"), p => p.Microscope.B2Azimuth,
            (p, v) => p with { Microscope = p.Microscope with { B2Azimuth = v } }),
        Key("Semiconvergence", ParameterSections.Optics, "mrad", "0.05",
            "Semi-convergence angle of the illumination, usually 0.05 to 0.2",
            new RealSyntax(NumberBounds.NotNegative, "mrad"), p => p.Microscope.Semiconvergence,
            (p, v) => p with { Microscope = p.Microscope with { Semiconvergence = v } }),
        Key("Focusspread", ParameterSections.Optics, "nm", "3",
            "Focus spread, usually 3 to 10",
            new RealSyntax(NumberBounds.NotNegative, "nm"), p => p.Microscope.FocusSpread,
            (p, v) => p with { Microscope = p.Microscope with { FocusSpread = v } }),
        Key("Imagespread", ParameterSections.Optics, "pm", "20",
            "Image spread",
            new RealSyntax(NumberBounds.NotNegative, "pm"), p => p.Microscope.ImageSpread,
            (p, v) => p with { Microscope = p.Microscope with { ImageSpread = v } }),
        Key("MTF", ParameterSections.Optics, null, "1 at all frequencies",
            "What the detector passes of an image: a CSV file of frequency, in units of the Nyquist frequency, and value, a list of values at even steps from 0 to the Nyquist frequency, or None; no warning tells that it is missing, as a series cannot tell it from a weaker wave (not in PyFSRec)",
            new CurveSyntax(DetectorCurveKind.Transfer), p => p.Detector.Mtf,
            (p, v) => p with { Detector = p.Detector with { Mtf = v.OrNothing } }),
        Key("NPS", ParameterSections.Optics, null, "the same at all frequencies",
            "Power of the detector's noise, relative to frequency 0: a file or a list as of MTF, a file of two or more blank frames, or None (not in PyFSRec)",
            new CurveSyntax(DetectorCurveKind.Noise), p => p.Detector.Nps,
            (p, v) => p with { Detector = p.Detector with { Nps = v.OrNothing } },
            stages: KeyStages.Import),
        Key("Foci", ParameterSections.Optics, "nm", null,
            "Defocus values: first and last of a linear ramp, or one an image",
            FocusList, p => p.Foci, (p, v) => p with { Foci = v },
            stages: KeyStages.Methods,
            isGiven: p => p.Foci.Count > 0),

        Key("Limit", ParameterSections.Reconstruction, "1/nm", "the microscope's information limit",
            "Reconstruction limit",
            new RealSyntax(NumberBounds.Positive, "1/nm"), p => p.Linear.Limit,
            (p, v) => p with { Linear = p.Linear with { Limit = v } },
            stages: KeyStages.Methods,
            isGiven: p => p.Linear.Limit != 0),
        Key("Filtercutoff", ParameterSections.Reconstruction, null, "0.1",
            "Smallest value of the reconstruction filter that is divided by",
            new RealSyntax(NumberBounds.NotNegative, null), p => p.Linear.FilterCutoff,
            (p, v) => p with { Linear = p.Linear with { FilterCutoff = v } }),
        Key("Prealignment", ParameterSections.Reconstruction, null, "On",
            "Pre-align the images",
            OnOff, p => p.Alignment.Prealignment,
            (p, v) => p with { Alignment = p.Alignment with { Prealignment = v } }),
        Key("Envelopes", ParameterSections.Reconstruction, null, "On",
            "Include the envelopes of partial coherence",
            OnOff, p => p.Linear.Envelopes, (p, v) => p with { Linear = p.Linear with { Envelopes = v } },
            stages: KeyStages.Prealignment | KeyStages.Reconstruction),
        Optional("Alignmentfilter", ParameterSections.Reconstruction, "1/nm", "lower reconstruction limit, Limit",
            "Band-pass of the alignment",
            Band, p => p.Alignment.Filter, (p, v) => p with { Alignment = p.Alignment with { Filter = v } },
            stages: KeyStages.Prealignment | KeyStages.Reconstruction),
        Key("Alignmentprecision", ParameterSections.Reconstruction, "px", "0.1",
            "Precision aimed at by the sub-pixel alignment",
            new RealSyntax(NumberBounds.Positive, "px"), p => p.Alignment.Precision,
            (p, v) => p with { Alignment = p.Alignment with { Precision = v } },
            stages: KeyStages.Prealignment | KeyStages.Reconstruction),
        Key("LinearIterations", ParameterSections.Reconstruction, null, "20",
            "Number of linear iterations",
            PositiveCount, p => p.Linear.Iterations, (p, v) => p with { Linear = p.Linear with { Iterations = v } }),
        Key("Stopwhenaligned", ParameterSections.Reconstruction, null, "No",
            "End the iterations once no image moves more than Alignmentprecision (not in PyFSRec)",
            YesNo, p => p.Linear.StopWhenAligned, (p, v) => p with { Linear = p.Linear with { StopWhenAligned = v } }),
        Key("Restoration", ParameterSections.Reconstruction, null, "Linear",
            "Wave from the aligned images: Linear is PyFSRec's, Wiener is least squares for low dose, Nonlinear fits the full images (not in PyFSRec)",
            Restorations, p => p.Restoration.Method,
            (p, v) => p with { Restoration = p.Restoration with { Method = v } },
            stages: KeyStages.Prealignment | KeyStages.Reconstruction),
        Key("NonlinearIterations", ParameterSections.Reconstruction, null, "120",
            "Most iterations of the nonlinear refinement, after the linear ones: it takes 40, and more only while misfit is left (not in PyFSRec)",
            PositiveCount, p => p.Restoration.NonlinearIterations,
            (p, v) => p with { Restoration = p.Restoration with { NonlinearIterations = v } }),
        Key("NonlinearTolerance", ParameterSections.Reconstruction, null, "0.02",
            "End the nonlinear refinement once an iteration lowers the misfit by less for each image (not in PyFSRec)",
            new RealSyntax(NumberBounds.NotNegative, null), p => p.Restoration.NonlinearTolerance,
            (p, v) => p with { Restoration = p.Restoration with { NonlinearTolerance = v } }),
        Key("Refinedisplacements", ParameterSections.Reconstruction, null, "Yes",
            "Fit the displacements in the nonlinear refinement (not in PyFSRec)",
            YesNo, p => p.Restoration.RefineDisplacements,
            (p, v) => p with { Restoration = p.Restoration with { RefineDisplacements = v } }),
        Key("Refinefoci", ParameterSections.Reconstruction, null, "Yes",
            "Fit the foci in the nonlinear refinement (not in PyFSRec)",
            YesNo, p => p.Restoration.RefineFoci,
            (p, v) => p with { Restoration = p.Restoration with { RefineFoci = v } }),
        Key("Refinebackground", ParameterSections.Reconstruction, null, "No",
            "Fit a background of each image in the nonlinear refinement, electrons that carry no image (not in PyFSRec)",
            YesNo, p => p.Restoration.RefineBackground,
            (p, v) => p with { Restoration = p.Restoration with { RefineBackground = v } }),
        Key("Refineaberrations", ParameterSections.Reconstruction, null, "Off",
            "Aberrations to fit in the nonlinear refinement: On is C3, or a list of C3, A1, A2, B2 and C1, the mean focus (not in PyFSRec)",
            new AberrationSyntax(), p => p.Restoration.RefineAberrations,
            (p, v) => p with { Restoration = p.Restoration with { RefineAberrations = v } }),
        Key("Savealigned", ParameterSections.Reconstruction, null, "No",
            "Write the aligned images",
            YesNo, p => p.Linear.SaveAligned, (p, v) => p with { Linear = p.Linear with { SaveAligned = v } }),
        Key("Saveintermediaterec", ParameterSections.Reconstruction, null, "No",
            "Write the wave of every iteration",
            YesNo, p => p.Linear.SaveIntermediate,
            (p, v) => p with { Linear = p.Linear with { SaveIntermediate = v } }),
        Optional("Outputfilter", ParameterSections.Reconstruction, "1/nm",
            "lower reconstruction limit, the microscope's information limit",
            "Band-pass of the filtered wave",
            Band, p => p.Linear.OutputFilter, (p, v) => p with { Linear = p.Linear with { OutputFilter = v } }),

        Key("Rangemultiplier", ParameterSections.StepRefinement, null, "1.5",
            "Search range of the foci in units of the range from the first to the last image",
            new RealSyntax(NumberBounds.Positive, null), p => p.StepRefinement.RangeMultiplier,
            (p, v) => p with { StepRefinement = p.StepRefinement with { RangeMultiplier = v } }, "Rangemultiplicator"),
        Key("Stepmultiplier", ParameterSections.StepRefinement, null, "0.3",
            "Search step of the foci in units of 1/(4 lambda Limit^2)",
            new RealSyntax(NumberBounds.Positive, null), p => p.StepRefinement.StepMultiplier,
            (p, v) => p with { StepRefinement = p.StepRefinement with { StepMultiplier = v } }, "Stepmultiplicator"),
        Optional("Refinementfilter", ParameterSections.StepRefinement, "1/nm", "lower reconstruction limit, Limit",
            "Band-pass of the step refinement",
            Band, p => p.StepRefinement.Filter,
            (p, v) => p with { StepRefinement = p.StepRefinement with { Filter = v } }),

        Key("Autofocusrange", ParameterSections.AutoCorrection, "nm", "50",
            "Half of the focus search range: 50 searches from -50 nm to +50 nm",
            new RealSyntax(NumberBounds.Positive, "nm"), p => p.Autofocus.HalfRange,
            (p, v) => p with { Autofocus = p.Autofocus with { HalfRange = v } }),
        Key("Autofocusfilter", ParameterSections.AutoCorrection, "1/nm", "[1,5]",
            "Band-pass of the focus search",
            Band, p => p.Autofocus.Filter, (p, v) => p with { Autofocus = p.Autofocus with { Filter = v } }),
    ];

    private static ParameterKey Key<T>(
        string name,
        string section,
        string? unit,
        string? standard,
        string description,
        ValueSyntax<T> syntax,
        Func<ReconstructionParameters, T?> get,
        Func<ReconstructionParameters, T, ReconstructionParameters> set,
        string? alias = null,
        KeyStages? stages = null,
        Func<ReconstructionParameters, bool>? isGiven = null)
        where T : notnull => Build(
            name, section, unit, standard, description, syntax,
            (p, write) => (isGiven is null || isGiven(p)) && get(p) is { } value ? write(value) : null, set, alias, stages, isGiven is not null);

    private static ParameterKey Optional<T>(
        string name,
        string section,
        string? unit,
        string? standard,
        string description,
        ValueSyntax<T> syntax,
        Func<ReconstructionParameters, T?> get,
        Func<ReconstructionParameters, T, ReconstructionParameters> set,
        KeyStages? stages = null)
        where T : struct => Build(
            name, section, unit, standard, description, syntax,
            (p, write) => get(p) is { } value ? write(value) : null, set, null, stages, false);

    private static ParameterKey Build<T>(
        string name,
        string section,
        string? unit,
        string? standard,
        string description,
        ValueSyntax<T> syntax,
        Func<ReconstructionParameters, Func<T, object>, object?> write,
        Func<ReconstructionParameters, T, ReconstructionParameters> set,
        string? alias,
        KeyStages? stages,
        bool isFromFile)
        where T : notnull
    {
        ReconstructionParameters? Read(string text, ReconstructionParameters parameters, out ValueProblem? problem) =>
            syntax.TryRead(text, out T? value, out problem) ? set(parameters, value) : null;

        return new(name, section, description, syntax.Kind, Read, p => (string?)write(p, syntax.Print), p => write(p, syntax.Plain))
        {
            OtherSections = AlignmentKeys.Contains(name) ? [ParameterSections.Alignment] : [],
            Aliases = alias is null ? [] : [alias],
            Unit = unit,
            Default = standard,
            Bounds = syntax.Bounds,
            Choices = syntax.Choices,
            Stages = stages ?? StagesOf(section),
            IsFromFile = isFromFile,
        };
    }

    /// <summary>The stages that look at a section's keys, where a key says nothing else.</summary>
    private static KeyStages StagesOf(string section) => section switch
    {
        ParameterSections.InputOutput => KeyStages.Import,
        ParameterSections.ImageData => KeyStages.Methods,
        ParameterSections.Alignment => KeyStages.Prealignment | KeyStages.Reconstruction,
        ParameterSections.Optics => KeyStages.Prealignment | KeyStages.Reconstruction | KeyStages.FocusSteps,
        ParameterSections.Reconstruction => KeyStages.Reconstruction,
        ParameterSections.StepRefinement => KeyStages.FocusSteps,
        ParameterSections.AutoCorrection => KeyStages.Autofocus,
        _ => throw new ArgumentOutOfRangeException(nameof(section), section, "Not a section."),
    };

    private static ConvertedSyntax<string, T> Choice<T>()
        where T : struct, Enum => new(new ChoiceSyntax(Enum.GetNames<T>()), ParameterKind.Choice, Enum.Parse<T>, static value => value.ToString(), static _ => null);

    private static ValueSyntax<(int Rows, int Columns)> IntegerPair(NumberBounds bounds, string expected, bool oneForBoth = false) =>
        new ConvertedSyntax<IReadOnlyList<double>, (int Rows, int Columns)>(
            new RealListSyntax(ParameterKind.WholeNumberPair, bounds, expected, 2, oneForBoth),
            ParameterKind.WholeNumberPair,
            list => ((int)list[0], (int)list[1]),
            pair => [pair.Rows, pair.Columns],
            _ => null);
}
