using System.Globalization;
using FsCheck.Xunit;
using FsRec.Formats;

namespace FsRec.Tests.Formats;

public sealed class FrameTableFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("a_dxy.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Displacements_as_PyFSRec_writes_them_are_read()
    {
        // The first rows of the published program's output, for its example series.
        System.IO.File.WriteAllText(File, "# Image displacements\n0.000000,-1.565165,-3.101130\n1.000000,-0.911917,-2.592436\n");

        Assert.Equal(
            [new FrameDisplacement(0, -1.565165, -3.101130), new FrameDisplacement(1, -0.911917, -2.592436)],
            DisplacementFile.Read(File));
    }

    // The first as Export-Csv of PowerShell writes it.
    [Theory]
    [InlineData("\"ImageNumber\",\"Dx\",\"Dy\"\r\n\"3\",\"-1.5\",\"2\"\r\n")]
    [InlineData("dy,DX,image number\n2,-1.5,3\n")]
    [InlineData("# Image displacements\nDy,Note,Dx,IMAGENUMBER\n2,\"a, b\",-1.5,3.000000\n")]
    public void A_line_may_name_the_columns(string text)
    {
        System.IO.File.WriteAllText(File, text);

        Assert.Equal([new FrameDisplacement(3, -1.5, 2)], DisplacementFile.Read(File));
    }

    [Theory]
    [InlineData("ImageNumber,Dx\n3,-1.5\n", "line 1")]
    [InlineData("ImageNumber,Dx,Dy\n3,-1.5\n", "line 2")]
    [InlineData("ImageNumber,Dx,Dy\nImageNumber,Dx,Dy\n", "line 2")]
    [InlineData("3,-1.5,2\nImageNumber,Dx,Dy\n", "line 2")]
    public void Other_names_and_other_lines_are_told(string text, string line)
    {
        System.IO.File.WriteAllText(File, text);

        Assert.Contains(line, Assert.Throws<DataException>(() => DisplacementFile.Read(File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Displacements_are_written_in_the_same_form()
    {
        DisplacementFile.Write(File, [new FrameDisplacement(0, -1.565165, -3.10113), new FrameDisplacement(12, 0, 1234.5)]);

        Assert.Equal(
            "# Image displacements\n0.000000,-1.565165,-3.101130\n12.000000,0.000000,1234.500000\n",
            System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void Foci_are_written_with_a_comment_and_read_back()
    {
        FrameFocus[] foci = [new FrameFocus(5, -270), new FrameFocus(1000, 12.345678)];

        FocusFile.Write(File, foci);

        Assert.Equal("# Refined defocus values\n5.000000,-270.000000\n1000.000000,12.345678\n", System.IO.File.ReadAllText(File));
        Assert.Equal(foci, FocusFile.Read(File));
    }

    [Property(MaxTest = 50)]
    public void Displacements_come_back_to_the_last_of_six_decimals(ushort number, int dx, int dy)
    {
        // Any number of steps of 1e-7 px, so that the seventh decimal must be rounded.
        var written = new FrameDisplacement(number, dx * 1e-7, dy * 1e-7);
        DisplacementFile.Write(File, [written]);

        FrameDisplacement read = Assert.Single(DisplacementFile.Read(File));

        Assert.Equal(written.ImageNumber, read.ImageNumber);
        Assert.InRange(read.Dx - written.Dx, -5.1e-7, 5.1e-7);
        Assert.InRange(read.Dy - written.Dy, -5.1e-7, 5.1e-7);
    }

    [Theory]
    [InlineData("# comment\r\n1,2,3\r\n4,5,6\r\n")]
    [InlineData("# comment\n\n 1 , 2 , 3 \n\n4,5,6")]
    [InlineData("# comment\n# another\n1.000000e+00,2e0,+3\n4.,5,6\n")]
    public void Spaces_empty_lines_and_line_ends_do_not_matter(string text)
    {
        System.IO.File.WriteAllText(File, text);

        Assert.Equal([new FrameDisplacement(1, 2, 3), new FrameDisplacement(4, 5, 6)], DisplacementFile.Read(File));
    }

    [Fact]
    public void Only_a_comment_is_a_table_without_rows()
    {
        System.IO.File.WriteAllText(File, "# Image displacements\n");

        Assert.Empty(DisplacementFile.Read(File));
    }

    [Theory]
    [InlineData("1,abc,3")]
    [InlineData("1,,3")]
    [InlineData("1,2")]
    [InlineData("1,2,3,4")]
    [InlineData("1;2;3")]
    [InlineData("1,nan,3")]
    [InlineData("1,2,inf")]
    [InlineData("1,2,Infinity")]
    [InlineData("0.5,2,3")]
    [InlineData("-1,2,3")]
    [InlineData("1e12,2,3")]
    public void A_bad_row_is_named_with_file_line_and_columns(string row)
    {
        System.IO.File.WriteAllText(File, $"# comment\n0,0,0\n{row}\n2,0,0\n");

        string message = Assert.Throws<DataException>(() => DisplacementFile.Read(File)).Message;

        Assert.Contains($"'{File}', line 3:", message, StringComparison.Ordinal);
        Assert.Contains("image number, dx, dy", message, StringComparison.Ordinal);
        Assert.Contains(row, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Displacements_are_no_foci()
    {
        DisplacementFile.Write(File, [new FrameDisplacement(0, 1, 2)]);

        string message = Assert.Throws<DataException>(() => FocusFile.Read(File)).Message;

        Assert.Contains("image number, defocus", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        string message = Assert.Throws<DataException>(() => DisplacementFile.Read(File)).Message;

        Assert.Contains(File, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_comma_for_the_decimal_point_of_the_users_language_changes_nothing()
    {
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        german.NumberFormat.NumberGroupSeparator = ".";
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = german;
            DisplacementFile.Write(File, [new FrameDisplacement(1, -1.5, 2.25)]);

            Assert.Contains("1.000000,-1.500000,2.250000", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
            Assert.Equal([new FrameDisplacement(1, -1.5, 2.25)], DisplacementFile.Read(File));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // As Export-Csv writes displacements where numbers have a comma.
    [Theory]
    [InlineData("\"3\",\"-0,0924\",\"1\"", -0.0924, 1)]
    [InlineData("\"3\",\"-0,0924\",\"1,234\"", -0.0924, 1.234)]
    [InlineData("\"3\",\"-9,24E-05\",\"1.5\"", -9.24e-5, 1.5)]
    [InlineData("\"3\",\"-0,092\",\"1\"", -0.092, 1)]
    public void A_comma_for_the_decimal_point_is_read_under_names_of_columns(string row, double dy, double dx)
    {
        System.IO.File.WriteAllText(File, $"\"ImageNumber\",\"Dy\",\"Dx\"\n{row}\n");

        Assert.Equal([new FrameDisplacement(3, dx, dy)], DisplacementFile.Read(File));
    }

    [Theory]
    [InlineData("\"ImageNumber\",\"Dy\",\"Dx\"\n\"3\",\"-1,234\",\"1\"\n", "decimal point")]
    [InlineData("3,\"-0,0924\",1\n", "decimal point")]
    [InlineData("3;-0,0924;1\n", "decimal point")]
    [InlineData("3;-0.0924;1\n", "a comma between them")]
    public void A_comma_that_may_mean_anything_is_refused(string text, string said)
    {
        System.IO.File.WriteAllText(File, text);

        Assert.Contains(said, Assert.Throws<DataException>(() => DisplacementFile.Read(File)).Message, StringComparison.Ordinal);
    }
}
