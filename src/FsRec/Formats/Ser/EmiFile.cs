using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using FsRec.Formats.Images;

namespace FsRec.Formats.Ser;

/// <summary>What FEI TIA keeps in the <c>.emi</c> beside a series: a piece of XML in a file that is otherwise not documented.</summary>
internal sealed class EmiFile
{
    // The XML stands behind the pixels of a preview; more than this is no such file.
    private const long MostBytes = 1L << 30;
    private const int MostXml = 1 << 20;

    /// <summary>Voltage in kV.</summary>
    public double? Voltage { get; private init; }

    /// <summary>Exposure in s.</summary>
    public double? Exposure { get; private init; }

    /// <summary>Defocus when the acquisition was started, in <see cref="DefocusSource"/>'s unit.</summary>
    public double? Defocus { get; private init; }

    /// <summary>Where the defocus comes from.</summary>
    public DefocusSource? DefocusSource { get; private init; }

    /// <summary>Other values.</summary>
    public Dictionary<string, string> Tags { get; private init; } = [];

    /// <summary>Reads the <c>.emi</c> of a series: <c>name.emi</c> for <c>name.ser</c> and <c>name_1.ser</c>. What is not there or not readable is not missed.</summary>
    public static EmiFile? Beside(string serPath)
    {
        string stem = Path.ChangeExtension(serPath, null);
        int underscore = stem.LastIndexOf('_');
        foreach (string candidate in (string[])[stem + ".emi", underscore > 0 ? stem[..underscore] + ".emi" : ""])
        {
            if (candidate.Length > 0 && File.Exists(candidate) && Xml(candidate) is { } xml)
            {
                return Parse(xml);
            }
        }

        return null;
    }

    private static string? Xml(string path)
    {
        try
        {
            using var file = new FileBytes(path);
            long start = file.Length > MostBytes ? -1 : Find(file, "<ObjectInfo>"u8, 0);
            long end = start < 0 ? -1 : Find(file, "</ObjectInfo>"u8, start);
            if (end < 0 || end - start > MostXml)
            {
                return null;
            }

            var bytes = new byte[end - start + "</ObjectInfo>".Length];
            file.Read(start, bytes);
            return Encoding.UTF8.GetString(bytes);
        }
        catch (DataException)
        {
            return null;
        }
    }

    private static long Find(FileBytes file, ReadOnlySpan<byte> text, long from)
    {
        var piece = new byte[1 << 16];
        for (long at = from; at < file.Length; at += piece.Length - text.Length)
        {
            int found = piece.AsSpan(0, file.ReadUpTo(at, piece)).IndexOf(text);
            if (found >= 0)
            {
                return at + found;
            }
        }

        return -1;
    }

    private static EmiFile? Parse(string xml)
    {
        XElement root;
        try
        {
            root = XElement.Parse(xml);
        }
        catch (XmlException)
        {
            return null;
        }

        var tags = new Dictionary<string, string>();
        DefocusSource? source = null;
        double? defocus = null;
        foreach (XElement data in root.Descendants("Data").Take(200))
        {
            string label = data.Element("Label")?.Value ?? "";
            string unit = data.Element("Unit")?.Value ?? "";
            string value = data.Element("Value")?.Value ?? "";
            if (label.Length > 0 && value.Length > 0)
            {
                tags[label] = unit.Length > 0 ? $"{value} {unit}" : value;
            }

            if (label == "Defocus" && Number(value) is { } focus)
            {
                (defocus, source) = (focus, new DefocusSource(".emi Defocus", unit, DefocusSign.UnderfocusNegative));
            }
        }

        return new EmiFile
        {
            Voltage = Number(root.Descendants("AcceleratingVoltage").FirstOrDefault()?.Value) is { } volts and > 0 ? volts / 1000 : null,
            Exposure = Number(root.Descendants("DwellTimePath").FirstOrDefault()?.Value) is { } seconds and > 0 ? seconds : null,
            Defocus = defocus,
            DefocusSource = source,
            Tags = tags,
        };
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;
}
