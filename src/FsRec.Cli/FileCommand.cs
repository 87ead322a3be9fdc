using System.CommandLine;
using FsRec.Formats.Images;
using FsRec.Formats.Microscopes;
using FsRec.Formats.Raw;
using FsRec.Series;

namespace FsRec.Cli;

/// <summary><c>fsrec file FILES</c> and <c>fsrec microscopes</c>: what is in files, and what microscopes are known.</summary>
internal static class FileCommand
{
    /// <summary>Creates <c>fsrec file</c>.</summary>
    public static Command Create()
    {
        var command = new Command("file", "Tell what is in files of images: format, shape, numbers, calibration.");
        var files = new Argument<string[]>("files") { Description = "Files of images, a pattern, or a folder.", Arity = ArgumentArity.OneOrMore };
        UnknownWords.RefuseOptions(files, command);
        command.Arguments.Add(files);
        var headerless = new HeaderlessOptions();
        headerless.AddTo(command);
        command.SetAction(parsed =>
        {
            RawFormat? raw = headerless.Read(parsed);
            foreach (ImageFileInfo info in SeriesFiles.Find(parsed.GetValue(files) ?? [], raw is not null).SelectMany(file => ImageDescription.Of(file, raw)))
            {
                Write(info);
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Creates <c>fsrec microscopes</c>.</summary>
    public static Command Microscopes()
    {
        var command = new Command("microscopes", "List the microscopes that --microscope knows, and the files that they come from.");
        command.SetAction(static _ =>
        {
            foreach (MicroscopePreset preset in MicroscopePresets.All())
            {
                Console.Out.WriteLine($"{preset.Name,-24} {preset.ToMicroscope()}{(preset.Source.Length > 0 ? $" ({preset.Source})" : "")}");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(ImageFileInfo info)
    {
        Console.Out.WriteLine(info.ToString());
        foreach (ImageAxis axis in info.Axes)
        {
            Console.Out.WriteLine("  axis " + axis);
        }

        string?[] lines =
        [
            info.Voltage is { } voltage ? FormattableString.Invariant($"voltage {voltage:0.###} kV") : null,
            info.Exposure is { } exposure ? FormattableString.Invariant($"exposure {exposure:0.####} s") : null,
            info.RecordedFoci is { } foci ? FormattableString.Invariant($"defocus {foci[0]:g6} to {foci[^1]:g6}: {info.DefocusSource}") : null,
            .. info.Notes,
            .. info.Tags.Select(static tag => $"{tag.Key}: {tag.Value}"),
        ];
        foreach (string? line in lines)
        {
            if (line is not null)
            {
                Console.Out.WriteLine("  " + line);
            }
        }
    }
}
