using System.Text;
using FsRec.Rendering;
using FsRec.Rendering.Canvas;

namespace FsRec.Reports;

/// <summary>Puts a page together that needs no other file and no network.</summary>
internal sealed class HtmlPage
{
    // Pictures of a page: fine enough for a screen and for A4.
    private const int MostPixels = 1024;
    private const int JpegQuality = 86;

    private readonly StringBuilder _body = new();
    private readonly List<(string Id, string Title)> _sections = [];
    private int _figures;

    /// <summary>Text as the page takes it.</summary>
    public static string Escape(string text) => SvgCanvas.Escape(text);

    /// <summary>A section with its heading.</summary>
    public HtmlPage Section(string id, string title)
    {
        if (_sections.Count > 0)
        {
            _body.Append("</section>\n");
        }

        _sections.Add((id, title));
        _body.Append($"<section id=\"{id}\" aria-labelledby=\"{id}-h\"><h2 id=\"{id}-h\">{Escape(title)}</h2>\n");
        return this;
    }

    /// <summary>A part that is HTML already.</summary>
    public HtmlPage Raw(string html)
    {
        _body.Append(html).Append('\n');
        return this;
    }

    /// <summary>A paragraph.</summary>
    public HtmlPage Paragraph(string text, string style = "") => Raw($"<p{(style.Length > 0 ? $" class=\"{style}\"" : "")}>{Escape(text)}</p>");

    /// <summary>A figure with its caption.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="caption">What is to be seen.</param>
    /// <param name="style">Class of the figure: wide, or empty for half of the page.</param>
    /// <param name="data">Attributes with values that a script may show.</param>
    public HtmlPage Figure(Figure figure, string caption, string style = "", string data = "")
    {
        string svg = SvgCanvas.Write(figure, true, Encode, FormattableString.Invariant($"f{_figures++}_"));
        return Raw($"<figure class=\"{style}\"{data}>{svg}<figcaption>{Escape(caption)}</figcaption></figure>");
    }

    /// <summary>A table.</summary>
    /// <param name="caption">What it holds.</param>
    /// <param name="head">Names of the columns.</param>
    /// <param name="rows">The cells, as HTML.</param>
    /// <param name="style">Class of the table.</param>
    public HtmlPage Table(string caption, IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows, string style = "")
    {
        _body.Append($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{Escape(caption)}\"><table class=\"{style}\"><caption>{Escape(caption)}</caption><thead><tr>");
        foreach (string name in head)
        {
            _body.Append($"<th scope=\"col\">{Escape(name)}</th>");
        }

        _body.Append("</tr></thead><tbody>");
        foreach (IReadOnlyList<string> row in rows)
        {
            _body.Append("<tr>").AppendJoin("", row.Select(static cell => $"<td>{cell}</td>")).Append("</tr>\n");
        }

        _body.Append("</tbody></table></div>\n");
        return this;
    }

    /// <summary>A picture's data as a page takes it.</summary>
    public static string DataUri(Picture picture, int quality)
    {
        byte[] bytes = NativeDrawing.Jpeg(picture, quality);
        return "data:image/jpeg;base64," + Convert.ToBase64String(bytes);
    }

    /// <summary>The whole page.</summary>
    /// <param name="title">The title.</param>
    /// <param name="lead">What stands under it, as HTML.</param>
    /// <param name="foot">What stands at the end, as HTML.</param>
    /// <param name="refresh">Seconds after which a browser reads the page again; <see langword="null"/> for never.</param>
    public string Complete(string title, string lead, string foot, int? refresh = null)
    {
        string again = refresh is { } seconds ? FormattableString.Invariant($"<meta http-equiv=\"refresh\" content=\"{seconds}\">\n") : "";
        string links = string.Join("", _sections.Select(static s => $"<a href=\"#{s.Id}\">{Escape(s.Title)}</a>"));
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
            {again}<title>{Escape(title)}</title>
            <style>{ReportStyle.Css}</style>
            </head>
            <body>
            <a class="skip" href="#main">To the report</a>
            <header><h1>{Escape(title)}</h1>{lead}</header>
            <nav aria-label="Parts of the report">{links}</nav>
            <main id="main">
            {_body}{(_sections.Count > 0 ? "</section>" : "")}
            </main>
            <footer>{foot}</footer>
            <div id="tip" role="status" aria-live="polite" hidden></div>
            <script>{ReportStyle.Script}</script>
            </body>
            </html>

            """;
    }

    private static (string Type, byte[] Bytes) Encode(Picture picture)
    {
        // Small pictures, as colour bars, are smaller without loss.
        if (picture.Rows * picture.Columns <= 4096)
        {
            return ("image/png", PngFile.Encode(picture));
        }

        double scale = Math.Min(1, MostPixels / (double)Math.Max(picture.Rows, picture.Columns));
        Picture small = picture.Reduce(Math.Max(1, (int)(picture.Rows * scale)), Math.Max(1, (int)(picture.Columns * scale)));
        return ("image/jpeg", NativeDrawing.Jpeg(small, JpegQuality));
    }
}
