namespace FsRec.Rendering.Canvas;

/// <summary>How much room a text takes, near enough to leave room for it whatever draws it.</summary>
internal static class TextSize
{
    // Mean width of a letter or digit of DejaVu Sans, a wide face, in units of its size.
    private const double MeanWidth = 0.62;

    /// <summary>Width of a text.</summary>
    public static double Width(string text, double size) => MeanWidth * size * text.Length;
}
