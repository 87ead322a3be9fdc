using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using FsRec.Formats.Export;
using FsRec.Formats.Images;

namespace FsRec.Formats.Tiff;

/// <summary>What the tags of a page say of its scale and its microscope, each program in its own way.</summary>
internal sealed class TiffCalibration
{
    /// <summary>The program that wrote the page, where it can be told.</summary>
    public string Writer { get; private set; } = "";

    /// <summary>Distance of two columns.</summary>
    public (double Scale, string Unit) X { get; private set; } = (1, "");

    /// <summary>Distance of two rows.</summary>
    public (double Scale, string Unit) Y { get; private set; } = (1, "");

    /// <summary>Distance of two images.</summary>
    public (double Scale, string Unit) Z { get; private set; } = (1, "");

    /// <summary>Voltage in kV.</summary>
    public double? Voltage { get; private set; }

    /// <summary>Exposure in s.</summary>
    public double? Exposure { get; private set; }

    /// <summary>Number of images by ImageJ's description; 0 when it has none.</summary>
    public int ImageJFrames { get; private set; }

    /// <summary>What each image is, where FsRec wrote the parts of a wave.</summary>
    public IReadOnlyList<string> Labels { get; private set; } = [];

    /// <summary>Foci as FsRec writes them; <see langword="null"/> when there are none.</summary>
    public string? Foci { get; private set; }

    /// <summary>Other values.</summary>
    public Dictionary<string, string> Tags { get; } = [];

    /// <summary>What to know about it.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Reads what is there.</summary>
    public static TiffCalibration Of(TiffDirectory page, FileBytes file, bool bigEndian)
    {
        var calibration = new TiffCalibration();
        foreach ((string name, int tag) in (ReadOnlySpan<(string, int)>)[("Make", 271), ("Model", 272), ("Software", 305), ("DateTime", 306)])
        {
            if (page.Text(tag) is { Length: > 0 } text)
            {
                calibration.Tags[name] = text;
            }
        }

        string description = page.Text(270) ?? "";
        bool known = calibration.DigitalMicrograph(page)
            | calibration.ImageJ(page, description)
            || calibration.Jeol(page, description)
            || calibration.Tvips(page, bigEndian)
            || calibration.Sis(page, file)
            || calibration.Ome(description);
        if (!known)
        {
            calibration.Resolution(page);
        }

        if (Provenance.IsOurs(calibration.Tags.GetValueOrDefault("Software")))
        {
            calibration.Own(page);
        }

        return calibration;
    }

    // What our own writer puts into ImageJ's block: a text, which ends in a parameter file, and a label an image.
    private void Own(TiffDirectory page)
    {
        const int Head = 12;
        const int MostBytes = 1 << 20;
        if (page.Raw(50838, MostBytes) is not { } counts || page.Raw(50839, MostBytes) is not { } block || counts.Length < 8)
        {
            return;
        }

        int Count(int index) => BinaryPrimitives.ReadInt32LittleEndian(counts.AsSpan(4 * index));
        (int at, int length) = (Count(0), Count(1));
        if (at < Head || length < 0 || at > block.Length || length > block.Length - at)
        {
            return;
        }

        foreach (string line in Encoding.Unicode.GetString(block, at, length).Split('\n'))
        {
            if (line.StartsWith(Provenance.FociLine, StringComparison.Ordinal))
            {
                Foci = line[Provenance.FociLine.Length..].Trim();
            }
            else if (line.StartsWith("Voltage=", StringComparison.Ordinal))
            {
                Voltage ??= Number(line["Voltage=".Length..]) is { } volts and > 0 ? volts : null;
            }
        }

        at += length;
        var labels = new List<string>();
        for (int i = 2; i < counts.Length / 4 && Count(i) is >= 0 and var size && size <= block.Length - at; i++)
        {
            labels.Add(Encoding.Unicode.GetString(block, at, size));
            at += size;
        }

        Labels = labels;
    }

    // x, y, z: units 65003 to 65005, scales 65009 to 65011.
    private bool DigitalMicrograph(TiffDirectory page)
    {
        if (page.Real(65009) is not { } x || page.Real(65010) is not { } y)
        {
            return false;
        }

        Writer = "DigitalMicrograph";
        X = (x, page.Text(65003) ?? "");
        Y = (y, page.Text(65004) ?? "");
        Z = (page.Real(65011) ?? 1, page.Text(65005) ?? "");
        return true;
    }

    private bool ImageJ(TiffDirectory page, string description)
    {
        if (!description.StartsWith("ImageJ=", StringComparison.Ordinal))
        {
            return false;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in description.Split('\n', 200))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                values[line[..equals].Trim()] = line[(equals + 1)..].Trim();
            }
        }

        Writer = "ImageJ";
        ImageJFrames = values.TryGetValue("images", out string? images) && int.TryParse(images, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 0;
        Z = (Number(values.GetValueOrDefault("spacing")) ?? 1, Z.Unit);
        string unit = values.GetValueOrDefault("unit", "");
        if (unit.Length > 0 && page.Real(282) is { } columns and > 0)
        {
            X = (1 / columns, unit);
            Y = (1 / (page.Real(283) is { } rows and > 0 ? rows : columns), values.GetValueOrDefault("yunit", unit));
        }

        return true;
    }

    // Pixels a cm or inch of the camera, divided by the magnification; the description is XML.
    private bool Jeol(TiffDirectory page, string description)
    {
        if (page.Text(271) != "JEOL Ltd." || Element(description, "SelectorValue") is not { } selector || Number(selector) is not { } magnification || magnification <= 0)
        {
            return false;
        }

        Writer = "JEOL";
        Voltage = Number(Element(description, "AccelerationVoltage")) is { } volts and > 0 ? volts / 1000 : null;
        bool isImage = Element(description, "ModeString") is null or "MAG" or "SAMAG" or "LOWMAG";
        if (isImage && page.Real(282) is { } columns and > 0 && page.Real(283) is { } rows and > 0)
        {
            double unit = page.Integer(296, 2) == 2 ? 2.54e7 : 1e7;
            X = (unit / columns / magnification, "nm");
            Y = (unit / rows / magnification, "nm");
        }

        Tags["Magnification"] = selector;
        return true;
    }

    // EM-MENU's block, version 2: pixel sizes in nm, high tension in V, exposure in ms, and a mark at its end.
    private bool Tvips(TiffDirectory page, bool bigEndian)
    {
        const int pixelSize = 2968;
        const int highTension = 3272;
        const int magnification = 3536;
        const int exposure = 3952;
        const int mark = 6308;
        byte[]? block = page.Raw(37706, 1 << 16);
        if (block is null || block.Length < mark + 4 || Int(block, 0, bigEndian) != 2 || (uint)Int(block, mark, bigEndian) != 0xAAAAAAAA)
        {
            return false;
        }

        Writer = "TVIPS";
        X = (Float(block, pixelSize, bigEndian), "nm");
        Y = (Float(block, pixelSize + 4, bigEndian), "nm");
        Voltage = Float(block, highTension, bigEndian) is > 1000 and < 1e7f and var volts ? volts / 1000 : null;
        Exposure = Float(block, exposure, bigEndian) is > 0 and < 1e7f and var milliseconds ? milliseconds / 1000 : null;
        Tags["Magnification"] = Float(block, magnification, bigEndian).ToString("g6", CultureInfo.InvariantCulture);
        return true;
    }

    // Soft Imaging's block, of which little is known: pixel sizes and a power of ten of a metre.
    private bool Sis(TiffDirectory page, FileBytes file)
    {
        if ((page.Find(33560) ?? page.Find(33471)) is not { } field)
        {
            return false;
        }

        long offset = field.Count == 1 && field.ValueBytes == 4 ? page.Integer(field.Tag) : field.Offset;
        if (offset <= 0 || offset > file.Length - 60)
        {
            return false;
        }

        var cursor = new ByteCursor(file, offset, false);
        if (cursor.Text(4) != "SIS0")
        {
            return false;
        }

        cursor.Position = offset + 58;
        int count = Math.Min((int)cursor.UInt16(), 64);
        for (int i = 0; i < count; i++)
        {
            cursor.Position = offset + 60 + (8 * i);
            if (cursor.Position > file.Length - 8 || cursor.UInt16() != 1)
            {
                continue;
            }

            cursor.Position += 2;
            long data = cursor.UInt32();
            if (data > file.Length - 44)
            {
                return false;
            }

            cursor.Position = data + 10;
            double metres = Math.Pow(10, cursor.Int16());
            X = (cursor.Double() * metres, "m");
            Y = (cursor.Double() * metres, "m");
            Writer = "Soft Imaging";
            return true;
        }

        return false;
    }

    private bool Ome(string description)
    {
        if (!description.Contains("<OME", StringComparison.Ordinal) || Number(Attribute(description, "PhysicalSizeX")) is not { } x)
        {
            return false;
        }

        Writer = "OME";
        X = (x, Attribute(description, "PhysicalSizeXUnit") ?? "µm");
        Y = (Number(Attribute(description, "PhysicalSizeY")) ?? x, Attribute(description, "PhysicalSizeYUnit") ?? "µm");
        return true;
    }

    private void Resolution(TiffDirectory page)
    {
        double unit = page.Integer(296, 2) switch { 2 => 2.54e7, 3 => 1e7, _ => 0 };
        if (unit == 0 || page.Real(282) is not { } columns || page.Real(283) is not { } rows || columns <= 0 || rows <= 0)
        {
            return;
        }

        (double x, double y) = (unit / columns, unit / rows);
        if (x <= PrintResolution.LargestPixel && y <= PrintResolution.LargestPixel)
        {
            X = (x, "nm");
            Y = (y, "nm");
        }
        else
        {
            Notes.Add(FormattableString.Invariant($"The resolution tags, {columns:g5} pixels {(unit > 2e7 ? "an inch" : "a cm")}, are a printer's or screen's and were not taken as the scale."));
        }
    }

    private static string? Element(string xml, string name) => Between(xml, $"<{name}>", "<");

    private static string? Attribute(string xml, string name) => Between(xml, $" {name}=\"", "\"");

    private static string? Between(string text, string start, string end)
    {
        int at = text.IndexOf(start, StringComparison.Ordinal);
        int stop = at < 0 ? -1 : text.IndexOf(end, at + start.Length, StringComparison.Ordinal);
        return stop < 0 ? null : text[(at + start.Length)..stop].Trim();
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;

    private static int Int(byte[] block, int at, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadInt32BigEndian(block.AsSpan(at)) : BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(at));

    private static float Float(byte[] block, int at, bool bigEndian) => BitConverter.Int32BitsToSingle(Int(block, at, bigEndian));
}
