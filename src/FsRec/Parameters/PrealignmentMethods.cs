namespace FsRec.Parameters;

/// <summary>The words of key Methprealign.</summary>
public static class PrealignmentMethods
{
    /// <summary>What the data decide: PyFSRec's only word, which its files hold without a choice having been made.</summary>
    public const string Default = "sequential-com";

    /// <summary>Frame against frame, by the centre of mass of their correlation, whatever comes of it.</summary>
    public const string Sequential = "sequential";

    /// <summary>Each frame against the image that the others predict for it at its defocus.</summary>
    public const string Model = "model";
}
