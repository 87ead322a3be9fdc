namespace FsRec.Parameters;

/// <summary>How values of several keys are written.</summary>
internal static class KeySyntaxes
{
    /// <summary>On or Off.</summary>
    public static readonly ValueSyntax<bool> OnOff = new BooleanSyntax("On", "Off");

    /// <summary>Yes or No.</summary>
    public static readonly ValueSyntax<bool> YesNo = new BooleanSyntax("Yes", "No");

    /// <summary>True or False.</summary>
    public static readonly ValueSyntax<bool> TrueFalse = new BooleanSyntax("True", "False");

    /// <summary>A folder.</summary>
    public static readonly ValueSyntax<string> Folder = new TextSyntax(ParameterKind.Folder);

    /// <summary>The beginning of files' names.</summary>
    public static readonly ValueSyntax<string> BaseName = new TextSyntax(ParameterKind.Name);

    /// <summary>A whole number from 0.</summary>
    public static readonly ValueSyntax<int> Count = new IntegerSyntax(new(0, int.MaxValue));

    /// <summary>A whole number from 1.</summary>
    public static readonly ValueSyntax<int> PositiveCount = new IntegerSyntax(new(1, int.MaxValue));

    /// <summary>Rows and columns.</summary>
    public static readonly ValueSyntax<(int Rows, int Columns)> Shape = IntegerPair(
        new(1, int.MaxValue), "two whole numbers of 1 or more, rows and columns, as in [512,512], or one for both", oneForBoth: true);

    /// <summary>Whole numbers of rows and columns, of either sign.</summary>
    public static readonly ValueSyntax<(int Rows, int Columns)> Displacement =
        IntegerPair(
            new(-int.MaxValue, int.MaxValue), "two whole numbers, rows and columns, as in [0,0]");

    /// <summary>Size of a pixel along rows and columns.</summary>
    public static readonly ValueSyntax<(double Rows, double Columns)> Samplings =
        new ConvertedSyntax<IReadOnlyList<double>, (double Rows, double Columns)>(
            new RealListSyntax(
                ParameterKind.NumberPair, NumberBounds.Positive, "two numbers larger than 0, as in [0.043,0.043], or one for both", 2, oneForAll: true),
            ParameterKind.NumberPair,
            list => (list[0], list[1]),
            pair => [pair.Rows, pair.Columns],
            _ => null);

    /// <summary>Two frequencies in order.</summary>
    public static readonly ValueSyntax<FrequencyBand> Band = new ConvertedSyntax<IReadOnlyList<double>, FrequencyBand>(
        new RealListSyntax(
            ParameterKind.Band, NumberBounds.NotNegative, "a lower and an upper frequency in 1/nm, as in [0.5,4]", 2),
        ParameterKind.Band,
        list => new(list[0], list[1]),
        band => [band.Low, band.High],
        band => band.Low < band.High
            ? null
            : new(ParameterText.Of(band), "the lower frequency before the upper one, both in 1/nm"));

    /// <summary>A way of restoration.</summary>
    public static readonly ValueSyntax<RestorationMethod> Restorations = Choice<RestorationMethod>();

    /// <summary>A type of pixels.</summary>
    public static readonly ValueSyntax<PixelType> PixelTypeNames = Choice<PixelType>();

    /// <summary>An order of pixels.</summary>
    public static readonly ValueSyntax<RawOrder> Orders = Choice<RawOrder>();

    /// <summary>A sign of underfocus.</summary>
    public static readonly ValueSyntax<DefocusSign> Signs = Choice<DefocusSign>();

    /// <summary>A unit of length.</summary>
    public static readonly ValueSyntax<string> Units = new ChoiceSyntax("nm", "um", "A", "pm", "mm", "m");

    /// <summary>Foci in nm.</summary>
    public static readonly ValueSyntax<IReadOnlyList<double>> FocusList = new RealListSyntax(
        ParameterKind.NumberList, NumberBounds.None, "a list of numbers in nm, as in [-270,-90]");

    /// <summary>A name of those of a type.</summary>
    public static ConvertedSyntax<string, T> Choice<T>()
        where T : struct, Enum => new(new ChoiceSyntax(Enum.GetNames<T>()), ParameterKind.Choice, Enum.Parse<T>, static value => value.ToString(), static _ => null);

    private static ValueSyntax<(int Rows, int Columns)> IntegerPair(NumberBounds bounds, string expected, bool oneForBoth = false) =>
        new ConvertedSyntax<IReadOnlyList<double>, (int Rows, int Columns)>(
            new RealListSyntax(ParameterKind.WholeNumberPair, bounds, expected, 2, oneForBoth),
            ParameterKind.WholeNumberPair,
            list => ((int)list[0], (int)list[1]),
            pair => [pair.Rows, pair.Columns],
            _ => null);
}
