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
            // Of many files the others are told all the same.
            DataException? failed = null;
            foreach (string file in SeriesFiles.Find(parsed.GetValue(files) ?? [], raw is not null))
            {
                try
                {
                    foreach (ImageFileInfo info in ImageDescription.Of(file, raw))
                    {
                        Write(info);
                    }
                }
                catch (DataException e)
                {
                    if (failed is not null)
                    {
                        Console.Error.WriteLine($"fsrec: {failed.Message}");
                    }

                    failed = e;
                }
            }

            return failed is null ? ExitCode.Done : throw failed;
        });
        return command;
    }

    /// <summary>Creates <c>fsrec microscopes</c>.</summary>
    public static Command Microscopes()
    {
        var command = new Command("microscopes", "List the microscopes that --microscope knows: their values, where these come from, and the file of those that are not the program's own.");
        var json = new Option<bool>("--json") { Description = "Print them as a file of microscopes has them." };
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            IReadOnlyList<MicroscopePreset> presets = MicroscopePresets.All();
            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(MicroscopePresets.ToJson(presets));
                return ExitCode.Done;
            }

            foreach (MicroscopePreset preset in presets)
            {
                Console.Out.WriteLine($"{preset.Name}{(preset.Description.Length > 0 ? ": " + preset.Description : "")}");
                Console.Out.WriteLine("  " + Values(preset));
                if (preset.Origin.Length > 0)
                {
                    Console.Out.WriteLine("  " + preset.Origin);
                }

                if (preset.Source.Length > 0)
                {
                    Console.Out.WriteLine("  from " + preset.Source);
                }
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static string Values(MicroscopePreset preset) => FormattableString.Invariant(
        $"{preset.Voltage:0.###} kV, C3 {Length(preset.C3)}, C5 {Length(preset.C5)}, semi-convergence {preset.Semiconvergence:0.####} mrad, focus spread {preset.FocusSpread:0.###} nm, image spread {preset.ImageSpread:0.###} pm");

    // A length in nm, in the unit in which microscopists speak of it.
    private static string Length(double nanometres) => Math.Abs(nanometres) switch
    {
        0 => "0",
        >= 1e5 => FormattableString.Invariant($"{nanometres / 1e6:0.######} mm"),
        >= 1e3 => FormattableString.Invariant($"{nanometres / 1e3:0.######} µm"),
        _ => FormattableString.Invariant($"{nanometres:0.###} nm"),
    };

    // One value where all are the same.
    private static string Ends(IReadOnlyList<double> foci) => foci.All(focus => focus == foci[0])
        ? FormattableString.Invariant($"{foci[0]:g6}")
        : FormattableString.Invariant($"{foci[0]:g6} to {foci[^1]:g6}");

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
            info.SphericalAberration is { } spherical ? FormattableString.Invariant($"C3 {spherical / 1e6:0.######} mm, of the objective lens") : null,
            info.Exposure is { } exposure ? FormattableString.Invariant($"exposure {exposure:0.####} s") : null,
            info.RecordedFoci is { Count: > 0 } recorded ? $"defocus {Ends(info.Foci ?? recorded)}{(info.Foci is null ? "" : " nm")}: {info.DefocusSource}" : null,
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
