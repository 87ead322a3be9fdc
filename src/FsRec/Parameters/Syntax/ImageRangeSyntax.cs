using System.Diagnostics.CodeAnalysis;

namespace FsRec.Parameters;

/// <summary>
/// Image numbers and ranges of them: <c>[[5,10]]</c> is images 5 to 10, <c>[5,10]</c> is two images, and
/// <c>[[5,10],13,[15,20]]</c> mixes both.
/// </summary>
internal sealed class ImageRangeSyntax : ValueSyntax<IReadOnlyList<int>>
{
    private const string Expected = "image numbers or ranges of them, as in [[5,10],13,[15,20]]";

    public override ParameterKind Kind => ParameterKind.ImageRange;

    public override NumberBounds Bounds => new(0, ParameterKeys.MostImages - 1);

    public override bool TryRead(
        string text, [NotNullWhen(true)] out IReadOnlyList<int>? value, [NotNullWhen(false)] out ValueProblem? problem)
    {
        value = null;
        if (!NestedList.TryRead(text, out IReadOnlyList<NestedList>? items, out string? complaint))
        {
            problem = new(NumberText.Quote(text), Expected, complaint);
            return false;
        }

        if (items.Count == 0)
        {
            problem = new("an empty list", Expected, "Without the key all images are taken.");
            return false;
        }

        List<int> images = [];
        foreach (NestedList item in items)
        {
            if (!TryAdd(item, images, out problem))
            {
                return false;
            }
        }

        value = images;
        problem = null;
        return true;
    }

    public override string Print(IReadOnlyList<int> value)
    {
        List<string> items = [];
        for (int first = 0; first < value.Count;)
        {
            int last = first;
            while (last + 1 < value.Count && value[last + 1] == value[last] + 1)
            {
                last++;
            }

            // Two neighbours are written as two images: a lone range of two would need a second look.
            if (last - first < 2)
            {
                last = first;
                items.Add(NumberText.Print(value[first]));
            }
            else
            {
                items.Add($"[{NumberText.Print(value[first])},{NumberText.Print(value[last])}]");
            }

            first = last + 1;
        }

        return $"[{string.Join(',', items)}]";
    }

    public override object Plain(IReadOnlyList<int> value) => value.ToArray();

    private static bool TryAdd(NestedList item, List<int> images, [NotNullWhen(false)] out ValueProblem? problem)
    {
        IReadOnlyList<NestedList> ends = item.Word is null ? item.Items : [item];
        if (ends.Count is 0 or > 2)
        {
            problem = new($"a range of {ends.Count} numbers", Expected, "A range has a first and a last image.");
            return false;
        }

        int[] numbers = new int[ends.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (ends[i].Word is not { } word)
            {
                problem = new("a list in a range", Expected);
                return false;
            }

            if (!NumberText.TryInteger(word, out numbers[i]) || numbers[i] is < 0 or >= ParameterKeys.MostImages)
            {
                problem = new(
                    NumberText.Quote(word),
                    Expected,
                    $"Image numbers are whole, from 0 to {ParameterKeys.MostImages - 1}.");
                return false;
            }
        }

        (int first, int last) = (numbers[0], numbers[^1]);
        if (first > last)
        {
            problem = new($"the range [{first},{last}]", "its first image before its last", $"Write [{last},{first}].");
            return false;
        }

        if (images.Count + (last - first) >= ParameterKeys.MostImages)
        {
            problem = new("more images than a series can have", $"at most {ParameterKeys.MostImages}");
            return false;
        }

        images.AddRange(Enumerable.Range(first, last - first + 1));
        problem = null;
        return true;
    }
}
