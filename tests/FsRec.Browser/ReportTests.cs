using Microsoft.Playwright;

namespace FsRec.Browser;

/// <summary>A report as it is seen in Chromium.</summary>
public sealed class ReportTests(ReportPage report) : IClassFixture<ReportPage>
{
    [Theory]
    [InlineData(400, ColorScheme.Light)]
    [InlineData(1400, ColorScheme.Light)]
    [InlineData(1400, ColorScheme.Dark)]
    public async Task It_fits_the_window_and_says_nothing_on_the_console(int width, ColorScheme scheme)
    {
        (IPage page, List<string> console) = await report.OpenAsync(width, scheme);

        Assert.Empty(console);
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        int[] widths = await page.EvaluateAsync<int[]>("[...document.querySelectorAll('figure svg')].map(s => Math.round(s.getBoundingClientRect().width))");
        Assert.True(widths.Length >= 9, $"{widths.Length} figures");
        Assert.All(widths, w => Assert.InRange(w, 250, width));
        bool[] loaded = await page.EvaluateAsync<bool[]>("[...document.querySelectorAll('li.on img')].map(i => i.complete && i.naturalWidth > 50)");
        Assert.Equal(2, loaded.Length);
        Assert.All(loaded, Assert.True);
        int light = await page.EvaluateAsync<int>("parseInt(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])");
        Assert.True(scheme == ColorScheme.Dark ? light < 60 : light > 200, $"background {light}");
    }

    [Fact]
    public async Task Text_stands_out_from_its_ground_by_the_contrast_that_is_asked_for()
    {
        // WCAG 2.2, level AA: 4.5 for text of this size.
        const string Contrast = """
            () => { const lum = c => { const [r, g, b] = c.match(/[\d.]+/g).map(Number).map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
              const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!c.includes('rgba(0, 0, 0, 0)')) return c; } return 'rgb(255,255,255)'; };
              return [...document.querySelectorAll('p,span,b,figcaption,caption,td,th,li,h1,h2,h3,a')].filter(e => e.offsetParent && e.textContent.trim()).map(e => { const a = lum(getComputedStyle(e).color), b = lum(ground(e)); return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); }); }
            """;
        foreach (ColorScheme scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            (IPage page, _) = await report.OpenAsync(1400, scheme);
            double[] ratios = await page.EvaluateAsync<double[]>(Contrast);
            Assert.True(ratios.Length > 50);
            Assert.True(ratios.Min() >= 4.5, $"{scheme}: {ratios.Min():0.00}");
        }
    }

    [Fact]
    public async Task The_keyboard_leafs_through_frames_and_tells_which()
    {
        (IPage page, _) = await report.OpenAsync(1400);
        ILocator slider = page.GetByLabel("Frame", new PageGetByLabelOptions { Exact = true });
        string before = await slider.GetAttributeAsync("aria-valuetext") ?? "";
        await slider.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        string after = await slider.GetAttributeAsync("aria-valuetext") ?? "";

        Assert.StartsWith("image ", before, StringComparison.Ordinal);
        Assert.NotEqual(before, after);
        Assert.Equal(1, await page.Locator("#frames .strip li:visible").CountAsync());
        await page.Keyboard.PressAsync("Home");
        Assert.StartsWith("image 0,", await slider.GetAttributeAsync("aria-valuetext") ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_are_told_under_the_pointer()
    {
        (IPage page, _) = await report.OpenAsync(1400);
        ILocator figure = page.Locator("figure[data-values]").First;
        await figure.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await figure.Locator("svg").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.4f), box.Y + (box.Height * 0.5f));

        Assert.Matches(@"^[≤≥ ]*[\d.e+-]+ +at [\d.]+, [\d.]+ nm$", await page.Locator("#tip").InnerTextAsync());
    }

    [Fact]
    public async Task Every_figure_slider_and_table_has_a_name()
    {
        (IPage page, _) = await report.OpenAsync(1400);

        Assert.Equal(0, await page.Locator("figure svg:not([aria-label])").CountAsync());
        Assert.Equal(0, await page.Locator("img:not([alt]), img[alt='']").CountAsync());
        Assert.Equal(await page.Locator("table").CountAsync(), await page.Locator("table > caption").CountAsync());
        Assert.Equal(2, await page.GetByRole(AriaRole.Slider).CountAsync());
        Assert.Equal(1, await page.GetByRole(AriaRole.Main).CountAsync());
        Assert.Equal(1, await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 }).CountAsync());
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("To the report", await page.EvaluateAsync<string>("document.activeElement.textContent"));
    }

    [Fact]
    public async Task Without_scripts_everything_is_there_to_be_read()
    {
        (IPage page, _) = await report.OpenAsync(1400, scripts: false);

        Assert.Equal(10, await page.Locator("#frames .strip li:visible").CountAsync());
        Assert.True(await page.Locator("#focus .strip li:visible").CountAsync() > 5);
        Assert.True(await page.GetByText("a warning, to be seen").IsVisibleAsync());
        Assert.Equal(0, await page.GetByRole(AriaRole.Slider).CountAsync());
    }

    [Fact]
    public async Task It_prints_on_A4_in_a_few_light_pages()
    {
        (IPage page, _) = await report.OpenAsync(1400, ColorScheme.Dark);
        byte[] pdf = await page.PdfAsync(new PagePdfOptions { Format = "A4", PrintBackground = true });
        string text = System.Text.Encoding.Latin1.GetString(pdf);

        Assert.StartsWith("%PDF", text, StringComparison.Ordinal);
        Assert.InRange(System.Text.RegularExpressions.Regex.Count(text, "/Type\\s*/Page[^s]"), 3, 14);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Assert.Equal("rgb(255, 255, 255)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        Assert.False(await page.Locator("nav").IsVisibleAsync());
    }
}
