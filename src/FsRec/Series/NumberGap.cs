using System.Globalization;
using System.Text.RegularExpressions;

namespace FsRec.Series;

/// <summary>Files of frames that are numbered, and numbers among them of which there is no file.</summary>
internal static partial class NumberGap
{
    /// <summary>The files that would be between the first and the last; empty where names have no numbers, or none is missing.</summary>
    /// <param name="files">The files in their order.</param>
    public static IReadOnlyList<string> Missing(IReadOnlyList<string> files)
    {
        Match[] names = [.. files.Select(static file => Numbered().Match(Path.GetFileName(file)))];
        if (names.Length < 3 || names.Any(name => !name.Success || name.Groups["head"].Value != names[0].Groups["head"].Value || name.Groups["tail"].Value != names[0].Groups["tail"].Value))
        {
            return [];
        }

        long[] numbers = [.. names.Select(static name => long.Parse(name.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture))];
        long[] steps = [.. numbers.Zip(numbers.Skip(1), static (a, b) => b - a)];
        // Of every second frame, each step is 2; a number that is a time or a focus has steps of any size.
        long step = steps.GroupBy(static s => s).MaxBy(static g => g.Count())!.Key;
        if (step <= 0 || steps.Count(s => s == step) < 0.7 * steps.Length || steps.Any(s => s <= 0 || s % step != 0))
        {
            return [];
        }

        var missing = new List<string>();
        for (int i = 0; i < steps.Length; i++)
        {
            int width = names[i].Groups["number"].Length;
            for (long number = numbers[i] + step; number < numbers[i + 1]; number += step)
            {
                missing.Add(names[0].Groups["head"].Value + number.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0') + names[0].Groups["tail"].Value);
            }
        }

        return missing.Count <= files.Count ? missing : [];
    }

    // The last number of a name; an ending such as .dm3 or .h5 has one that is none.
    [GeneratedRegex(@"^(?<head>.*?)(?<number>[0-9]{1,18})(?<tail>[^0-9]*(\.[^.]*)?)$")]
    private static partial Regex Numbered();
}
