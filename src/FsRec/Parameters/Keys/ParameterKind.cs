namespace FsRec.Parameters;

/// <summary>The form of a key's value.</summary>
public enum ParameterKind
{
    /// <summary>A file's base name.</summary>
    Name,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>On/Off, Yes/No, True/False or 1/0.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    WholeNumber,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Two whole numbers, rows and columns.</summary>
    WholeNumberPair,

    /// <summary>Two numbers, along rows and along columns.</summary>
    NumberPair,

    /// <summary>The two edges of a band-pass filter in 1/nm.</summary>
    Band,

    /// <summary>A list of numbers.</summary>
    NumberList,

    /// <summary>A list of image numbers and of ranges of them.</summary>
    ImageRange,

    /// <summary>A list of words to choose from, or On or Off.</summary>
    ChoiceList,

    /// <summary>A file of a table, or a list of numbers.</summary>
    Curve,
}
