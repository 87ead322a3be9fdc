namespace FsRec.Rendering.Canvas;

/// <summary>Which point of a text its place is.</summary>
internal enum Anchor
{
    Start,
    Middle,
    End,
}
