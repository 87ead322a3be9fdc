using System.Diagnostics.CodeAnalysis;

namespace FsRec.Parameters;

/// <summary>How values of one form are read and printed.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
internal abstract class ValueSyntax<T>
    where T : notnull
{
    /// <summary>The form.</summary>
    public abstract ParameterKind Kind { get; }

    /// <summary>The bounds of each number in the value.</summary>
    public virtual NumberBounds Bounds => NumberBounds.None;

    /// <summary>The words to choose from; empty when the value is free.</summary>
    public virtual IReadOnlyList<string> Choices => [];

    /// <summary>Reads a value; never throws, whatever the text.</summary>
    public abstract bool TryRead(
        string text, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out ValueProblem? problem);

    /// <summary>Prints a value so that it reads back the same.</summary>
    public abstract string Print(T value);

    /// <summary>A value as scripts take it: a number, a truth value, a text, or an array of these.</summary>
    public virtual object Plain(T value) => value;
}
