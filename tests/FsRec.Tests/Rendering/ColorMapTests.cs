using FsRec.Rendering;
using FsRec.Rendering.Colors;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Rendering;

public class ColorMapTests
{
    [Fact]
    public void White_black_and_a_known_blue_have_their_places_in_Oklab()
    {
        // From Ottosson's table of test values, and sRGB blue as CSS Color 4 gives it.
        AssertNear(new Oklab(1, 0, 0), Oklab.From(Rgb.White), 1e-4);
        AssertNear(new Oklab(0, 0, 0), Oklab.From(Rgb.Black), 1e-6);
        AssertNear(new Oklab(0.45201, -0.03246, -0.31153), Oklab.From(new Rgb(0, 0, 255)), 1e-4);
    }

    [Fact]
    public void Colours_come_back_from_Oklab_as_they_were()
    {
        for (int i = 0; i < 4096; i++)
        {
            var colour = new Rgb((byte)(i * 7), (byte)(i * 13), (byte)(i * 29));
            Assert.Equal(colour, Oklab.From(colour).ToRgb());
        }
    }

    [Fact]
    public void The_cyclic_map_is_of_even_lightness_shown_as_it_is_and_closed()
    {
        Oklab[] colours = [.. ColorMaps.Table(ColorMap.Cyclic).ToArray().Select(Oklab.From)];
        double[] lightness = [.. colours.Select(static c => c.L)];

        // Two steps of 255 of a screen's grey are 0.008 in lightness.
        Assert.InRange(lightness.Max() - lightness.Min(), 0, 0.008);
        double[] steps = [.. Enumerable.Range(0, colours.Length).Select(i => Distance(colours[i], colours[(i + 1) % colours.Length]))];
        Assert.InRange(steps.Max(), 0, 3 * steps.Average());
        Assert.All(Enumerable.Range(0, 256), static i => Assert.True(Oklab.FromHue(0.72, 0.122, i / 256.0).IsShown()));
    }

    [Theory]
    [InlineData(ColorMap.Gray)]
    [InlineData(ColorMap.Viridis)]
    [InlineData(ColorMap.Cividis)]
    [InlineData(ColorMap.Inferno)]
    public void Maps_for_values_grow_lighter_all_the_way_so_that_they_survive_print(ColorMap map)
    {
        double[] lightness = [.. ColorMaps.Table(map).ToArray().Select(static c => Oklab.From(c).L)];

        // The steps of a screen's bytes allow for a little.
        Assert.All(Enumerable.Range(8, lightness.Length - 8), i => Assert.True(lightness[i] > lightness[i - 8], $"{map} at {i}"));
    }

    [Fact]
    public void Published_maps_begin_and_end_as_published()
    {
        Assert.Equal("#440154", ColorMaps.Colour(ColorMap.Viridis, 0).ToString());
        Assert.Equal("#fde725", ColorMaps.Colour(ColorMap.Viridis, 1).ToString());
        Assert.Equal("#000004", ColorMaps.Colour(ColorMap.Inferno, 0).ToString());
        Assert.Equal("#00224e", ColorMaps.Colour(ColorMap.Cividis, 0).ToString());
    }

    [Fact]
    public void The_diverging_map_is_white_in_the_middle_and_as_dark_at_both_ends()
    {
        Oklab[] colours = [.. ColorMaps.Table(ColorMap.Diverging).ToArray().Select(Oklab.From)];

        Assert.InRange(colours[127].L, 0.985, 1);
        Assert.All(Enumerable.Range(0, 128), i => Assert.InRange(colours[i].L - colours[255 - i].L, -0.012, 0.012));
    }

    [Fact]
    public void Brightness_of_a_complex_number_is_its_amplitude_whatever_its_phase()
    {
        for (int i = 0; i < 12; i++)
        {
            Assert.InRange(Oklab.From(ColorMaps.Complex(i / 12.0, 0.5)).L, 0.352, 0.368);
        }
    }

    [Fact]
    [EveryWidth]
    public void Tables_of_complex_colours_give_the_colours_of_the_formula()
    {
        var random = new Random(4);
        for (int i = 0; i < 20_000; i++)
        {
            (float turns, float brightness) = ((float)((4 * random.NextDouble()) - 2), (float)(1.2 * random.NextDouble()));
            Rgb expected = ColorMaps.Complex(turns, brightness);
            Rgb found = ComplexColours.Shared.Of(turns, brightness);
            // A step of the tables and two roundings.
            Assert.True(Math.Abs(expected.R - found.R) <= 1 && Math.Abs(expected.G - found.G) <= 1 && Math.Abs(expected.B - found.B) <= 1, $"{turns} {brightness}: {expected} {found}");
        }

        Assert.Equal(Rgb.Black, ComplexColours.Shared.Of(0.3f, float.NaN));
        Assert.Equal(Rgb.Black, ComplexColours.Shared.Of(0.3f, -1));
        Assert.Equal(ComplexColours.Shared.Of(0, 1), ComplexColours.Shared.Of(float.NaN, 1));
    }

    private static double Distance(Oklab a, Oklab b) => Math.Sqrt(Math.Pow(a.L - b.L, 2) + Math.Pow(a.A - b.A, 2) + Math.Pow(a.B - b.B, 2));

    private static void AssertNear(Oklab expected, Oklab found, double tolerance) => Assert.InRange(Distance(expected, found), 0, tolerance);
}
