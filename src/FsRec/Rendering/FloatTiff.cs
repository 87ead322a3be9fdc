using System.Globalization;
using BitMiracle.LibTiff.Classic;

namespace FsRec.Rendering;

/// <summary>Writes values as they are, as TIFF of one channel of 32-bit floats, with the pixel size and what they are in words.</summary>
public static class FloatTiff
{
    // Centimetres a nm; TIFF counts pixels a centimetre.
    private const double Centimetre = 1e7;

    static FloatTiff() => Tiff.SetErrorHandler(new Silent());

    /// <summary>Writes values, beside their place and renamed into it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="map">The values.</param>
    /// <exception cref="FsRecException">The file cannot be written.</exception>
    public static void Save(string path, ScalarMap map) => AtomicFile.Write(path, stream =>
    {
        using Tiff tiff = Tiff.ClientOpen(path, "w", stream, new KeptOpen()) ?? throw new FsRecException($"'{path}' cannot be written as TIFF.");
        tiff.SetField(TiffTag.IMAGEWIDTH, map.Columns);
        tiff.SetField(TiffTag.IMAGELENGTH, map.Rows);
        tiff.SetField(TiffTag.SAMPLESPERPIXEL, 1);
        tiff.SetField(TiffTag.BITSPERSAMPLE, 32);
        tiff.SetField(TiffTag.SAMPLEFORMAT, SampleFormat.IEEEFP);
        tiff.SetField(TiffTag.PHOTOMETRIC, Photometric.MINISBLACK);
        tiff.SetField(TiffTag.PLANARCONFIG, PlanarConfig.CONTIG);
        tiff.SetField(TiffTag.ORIENTATION, Orientation.TOPLEFT);
        tiff.SetField(TiffTag.ROWSPERSTRIP, map.Rows);
        tiff.SetField(TiffTag.COMPRESSION, Compression.NONE);
        tiff.SetField(TiffTag.SOFTWARE, "FsRec");
        string description = map.Unit.Length > 0 ? $"{map.Quantity} ({map.Unit})" : map.Quantity;
        if (map.ColumnSampling > 0 && map.RowSampling > 0)
        {
            string unit = map.IsReciprocal ? "1/nm" : "nm";
            description += string.Create(CultureInfo.InvariantCulture, $"; pixel {map.ColumnSampling:R} x {map.RowSampling:R} {unit}");
            if (!map.IsReciprocal)
            {
                tiff.SetField(TiffTag.XRESOLUTION, Centimetre / map.ColumnSampling);
                tiff.SetField(TiffTag.YRESOLUTION, Centimetre / map.RowSampling);
                tiff.SetField(TiffTag.RESOLUTIONUNIT, ResUnit.CENTIMETER);
            }
        }

        tiff.SetField(TiffTag.IMAGEDESCRIPTION, description);
        var line = new byte[4 * map.Columns];
        for (int row = 0; row < map.Rows; row++)
        {
            Buffer.BlockCopy(map.Values, 4 * row * map.Columns, line, 0, line.Length);
            if (!tiff.WriteScanline(line, row))
            {
                throw new FsRecException($"'{path}' cannot be written: row {row} failed.");
            }
        }
    });

    // The library would print its warnings.
    private sealed class Silent : TiffErrorHandler
    {
        public override void ErrorHandler(Tiff tif, string method, string format, params object[] args)
        {
        }

        public override void ErrorHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
        {
        }

        public override void WarningHandler(Tiff tif, string method, string format, params object[] args)
        {
        }

        public override void WarningHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
        {
        }
    }

    // The stream is closed by whoever opened it.
    private sealed class KeptOpen : TiffStream
    {
        public override void Close(object clientData)
        {
        }
    }
}
