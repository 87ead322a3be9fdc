using System.CommandLine;
using FsRec.Formats.Microscopes;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Cli;

/// <summary>The files of a series and what is said about them on the command line, where there is no parameter file.</summary>
internal sealed class SeriesOptions
{
    private static readonly (string Option, string Key, string Name, string Description)[] Values =
    [
        ("--foci", "Foci", "nm", "Defocus: first and last of a ramp, as --foci=-60,60, or one an image."),
        ("--sampling", "Sampling", "nm", "Size of a pixel, one number or rows and columns, where the file does not tell or is wrong."),
        ("--voltage", "Voltage", "kV", "Acceleration voltage."),
        .. HeaderlessOptions.Values,
        ("--defocus-sign", "Defocussign", "sign", "Sign by which the file writes underfocus: UnderfocusNegative or UnderfocusPositive."),
        ("--defocus-unit", "Defocusunit", "unit", "Unit of the foci in the file: nm, um, A, pm, mm or m."),
    ];

    private readonly Argument<string[]> _files = new("files") { Description = "Files of images, a pattern, or a folder.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string>[] _values = [.. Values.Select(static value => new Option<string>(value.Option) { Description = HeaderlessOptions.Described(value.Description, value.Key), HelpName = value.Name })];
    private readonly Option<bool> _bigEndian = HeaderlessOptions.BigEndian();
    private readonly Option<bool> _flipRows = new("--flip-rows") { Description = "Take the last row of an image for the first." };
    private readonly Option<string> _microscope = new("--microscope") { Description = "Microscope whose usual values are used; fsrec microscopes lists them. [one that is usual for the voltage, of which a warning tells]", HelpName = "name" };
    private readonly SetOption _set = new();

    /// <summary>Adds files and options to a command.</summary>
    public void AddTo(Command command)
    {
        UnknownWords.RefuseOptions(_files, command);
        command.Arguments.Add(_files);
        foreach (Option option in (Option[])[.. _values, _bigEndian, _flipRows, _microscope])
        {
            command.Options.Add(option);
        }

        _set.AddTo(command);
    }

    /// <summary>Opens the series of a command line.</summary>
    /// <exception cref="FsRecException">Files or values are not what they must be.</exception>
    public FocalSeries Open(ParseResult parsed)
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

        if (parsed.GetValue(_flipRows))
        {
            values.Add(new("Fliprows", "Yes"));
        }

        values.AddRange(_set.Read(parsed));
        MicroscopePreset? microscope = parsed.GetValue(_microscope) is { } name ? MicroscopePresets.Find(name) : null;
        try
        {
            return SeriesFiles.Open(SeriesFiles.Find(parsed.GetValue(_files) ?? [], SeriesFiles.TellShape(values)), Directory.GetCurrentDirectory(), values, microscope);
        }
        catch (ParameterException e)
        {
            // There is no parameter file: what is missing is an option.
            throw e.Named(static key => Array.Find(Values, value => value.Key == key) is { Option: { } option } ? option : $"{SetOption.Name} {key}");
        }
    }
}
