namespace FsRec.Parameters;

/// <summary>The words of key Methprealign.</summary>
public static class PrealignmentMethods
{
    /// <summary>Frame against frame, by the centre of mass of their correlation.</summary>
    public const string Sequential = "sequential-com";

    /// <summary>Each frame against the image that the others predict for it at its defocus.</summary>
    public const string Model = "model";
}
