namespace FsRec.Formats.Gatan;

/// <summary>A tag of a DigitalMicrograph file: a group of tags, a number or text, or an array of which only the place is kept.</summary>
internal sealed class GatanTag
{
    /// <summary>The tags of a group in their order; unnamed ones have an empty name. <see langword="null"/> for a value.</summary>
    public List<(string Name, GatanTag Tag)>? Children { get; init; }

    /// <summary>A number (double, long) or a text; <see langword="null"/> for groups, arrays and structures.</summary>
    public object? Value { get; init; }

    /// <summary>First byte of an array's data.</summary>
    public long Offset { get; init; }

    /// <summary>Number of items of an array.</summary>
    public long Count { get; init; }

    /// <summary>Bytes of all items of an array.</summary>
    public long Bytes { get; init; }

    /// <summary>The tag of a path of names; <see langword="null"/> when there is none.</summary>
    public GatanTag? Find(params ReadOnlySpan<string> path)
    {
        GatanTag? tag = this;
        foreach (string name in path)
        {
            tag = tag?.Children?.Find(child => child.Name == name).Tag;
        }

        return tag;
    }

    /// <summary>The tags of a group.</summary>
    public IReadOnlyList<GatanTag> Items => Children is null ? [] : [.. Children.Select(static child => child.Tag)];

    /// <summary>A number; <see langword="null"/> when the tag is none. Texts are read as numbers with a decimal point or comma.</summary>
    public double? Number => Value switch
    {
        double number => number,
        long number => number,
        string text => NumberOf(text),
        _ => null,
    };

    /// <summary>Every value below this tag, with its path.</summary>
    public IEnumerable<(string Path, GatanTag Tag)> Values(string path = "")
    {
        foreach ((string name, GatanTag tag) in Children ?? [])
        {
            string full = path.Length == 0 ? name : path + "." + name;
            if (tag.Children is null)
            {
                yield return (full, tag);
                continue;
            }

            foreach ((string, GatanTag) value in tag.Values(full))
            {
                yield return value;
            }
        }
    }

    private static double? NumberOf(string text)
    {
        string number = text.Contains('.', StringComparison.Ordinal) ? text : text.Replace(',', '.');
        return double.TryParse(number, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double value) ? value : null;
    }
}
