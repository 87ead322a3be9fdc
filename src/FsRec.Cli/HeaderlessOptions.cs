using System.CommandLine;
using FsRec.Formats.Raw;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Cli;

/// <summary>What is said on the command line about files without a header.</summary>
internal sealed class HeaderlessOptions
{
    /// <summary>The options, the keys whose values they give, what stands for a value in help, and descriptions.</summary>
    public static readonly (string Option, string Key, string Name, string Description)[] Values =
    [
        ("--dimensions", "Dimensions", "px", "Rows and columns of a file without a header, or one number for both; without it such files are no images."),
        ("--pixel-type", "Pixeltype", "type", "Numbers of a file without a header: UInt8, Int16, UInt16, Float32 and so on."),
        ("--header-bytes", "Headerbytes", "n", "Bytes before the first pixel of a file without a header that is known."),
        ("--frame-order", "Frameorder", "order", "Order of pixels in such a file: Images, Rows or Pixels."),
    ];

    private readonly Option<string>[] _values = [.. Values.Select(static value => new Option<string>(value.Option) { Description = Described(value.Description, value.Key), HelpName = value.Name })];
    private readonly Option<bool> _bigEndian = BigEndian();

    /// <summary>What help says of an option that gives the value of a key: the description, and what holds without it.</summary>
    public static string Described(string description, string key) => ParameterKeys.Find(key) switch
    {
        { Name: "Dimensions" } => description,
        { Default: { } standard } => $"{description} [{standard}]",
        _ => $"{description} [that of the files]",
    };

    /// <summary>The order of bytes.</summary>
    public static Option<bool> BigEndian() => new("--big-endian") { Description = "Highest byte of a number first in a file without a header." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[.. _values, _bigEndian])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>How files without a header are read; <see langword="null"/> where their shape is not given.</summary>
    /// <exception cref="ParameterException">A value is none.</exception>
    public RawFormat? Read(ParseResult parsed)
    {
        List<KeyValuePair<string, string>> values = [];
        for (int i = 0; i < Values.Length; i++)
        {
            if (parsed.GetValue(_values[i]) is { } text)
            {
                values.Add(new(Values[i].Key, text));
            }
        }

        if (parsed.GetValue(_bigEndian))
        {
            values.Add(new("Bigendian", "Yes"));
        }

        try
        {
            return SeriesFiles.Headerless(values);
        }
        catch (ParameterException e)
        {
            throw e.Named(static key => Array.Find(Values, value => value.Key == key) is { Option: { } option } ? option : key);
        }
    }
}
