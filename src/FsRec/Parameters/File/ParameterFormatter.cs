using System.Text;

namespace FsRec.Parameters;

/// <summary>Writes parameters as a parameter file.</summary>
internal static class ParameterFormatter
{
    /// <summary>
    /// The text. Comments have lines of their own, because the published program takes a comment behind a path for part
    /// of it; a value that is left to its default is a comment too.
    /// </summary>
    public static string Format(ReconstructionParameters parameters) => Format(parameters, new HashSet<ParameterKey>());

    /// <summary>The text with some keys left open, as comments that say so.</summary>
    public static string Format(ReconstructionParameters parameters, IReadOnlySet<ParameterKey> open)
    {
        StringBuilder text = new("#\n# Parameters of a focal-series reconstruction\n#\n");
        foreach (string section in ParameterSections.All)
        {
            text.Append('\n').Append('[').Append(section).Append("]\n");
            foreach (ParameterKey key in ParameterKeys.All.Where(key => key.Section == section))
            {
                Append(text, key, open.Contains(key) ? null : key.Print(parameters), open.Contains(key));
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, ParameterKey key, string? value, bool isOpen)
    {
        if (value is not null && value.Any(char.IsControl))
        {
            ValueProblem problem = new(NumberText.Quote(value), "a text without control characters");
            throw new ParameterException([key.Error(problem)]);
        }

        text.Append("# ").Append(key.Description);
        if (key.Unit is not null)
        {
            text.Append(", in ").Append(key.Unit);
        }

        if (key.Default is not null)
        {
            text.Append(". [").Append(key.Default.Trim('[', ']')).Append(']');
        }

        if (isOpen)
        {
            text.Append(key.IsFromFile ? ". Needed, unless the files of the series tell" : ". Needed");
        }

        text.Append('\n').Append(value is null ? "#" : "").Append(key.Name).Append('=').Append(value).Append('\n');
    }
}
