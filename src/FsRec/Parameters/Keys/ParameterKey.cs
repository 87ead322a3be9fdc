using System.Diagnostics.CodeAnalysis;

namespace FsRec.Parameters;

/// <summary>
/// One key of the parameter file: its spellings, its section, the form of its value, and how the value goes into
/// <see cref="ReconstructionParameters"/> and out of them. Parser, writer, overrides, help and completion all use it.
/// </summary>
public sealed class ParameterKey
{
    private readonly Reader _read;
    private readonly Func<ReconstructionParameters, string?> _print;
    private readonly Func<ReconstructionParameters, object?> _value;

    internal ParameterKey(
        string name,
        string section,
        string description,
        ParameterKind kind,
        Reader read,
        Func<ReconstructionParameters, string?> print,
        Func<ReconstructionParameters, object?> value)
    {
        (Name, Section, Description, Kind) = (name, section, description, kind);
        (_read, _print, _value) = (read, print, value);
    }

    /// <summary>Reads a value into parameters; <see langword="null"/> and a problem when the text is none.</summary>
    internal delegate ReconstructionParameters? Reader(
        string text, ReconstructionParameters parameters, out ValueProblem? problem);

    /// <summary>The key as the documentation spells it.</summary>
    public string Name { get; }

    /// <summary>The section it belongs to, without brackets.</summary>
    public string Section { get; }

    /// <summary>Other sections in which real files have it and which are as good.</summary>
    public IReadOnlyList<string> OtherSections { get; internal init; } = [];

    /// <summary>Other spellings that real files use.</summary>
    public IReadOnlyList<string> Aliases { get; internal init; } = [];

    /// <summary>Unit of the value; <see langword="null"/> when it has none.</summary>
    public string? Unit { get; internal init; }

    /// <summary>The default as the documentation words it; <see langword="null"/> when the key must be given.</summary>
    public string? Default { get; internal init; }

    /// <summary>What the key says, in one line.</summary>
    public string Description { get; }

    /// <summary>Whether a file without the key is in error.</summary>
    public bool IsRequired => Default is null;

    /// <summary>Whether the value may be left out where INPUTFILENAME names files that have it.</summary>
    public bool IsFromFile { get; internal init; }

    /// <summary>The form of the value.</summary>
    public ParameterKind Kind { get; }

    /// <summary>The bounds of each number in the value.</summary>
    public NumberBounds Bounds { get; internal init; } = NumberBounds.None;

    /// <summary>The words to choose from; empty when the value is free.</summary>
    public IReadOnlyList<string> Choices { get; internal init; } = [];

    /// <summary>The stages of a run that look at the key.</summary>
    public KeyStages Stages { get; internal init; }

    /// <summary>Whether the value is a text, which may hold # and ;.</summary>
    internal bool IsText => Kind is ParameterKind.Name or ParameterKind.Folder or ParameterKind.Curve;

    /// <summary>Whether a text is the path of a folder or a file, which may be relative.</summary>
    /// <param name="text">The value as a parameter file writes it.</param>
    public bool NamesPlace(string text) => Kind == ParameterKind.Folder || (Kind == ParameterKind.Curve && CurveSyntax.IsFile(text));

    /// <summary>The value in some parameters, as a parameter file writes it.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <returns>The text; <see langword="null"/> when the value is left to its default.</returns>
    public string? Print(ReconstructionParameters parameters) => _print(parameters);

    /// <summary>The value in some parameters as scripts take it: a number, a truth value, a text, or an array of these.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <returns>The value; <see langword="null"/> when it is left to its default.</returns>
    public object? Value(ReconstructionParameters parameters) => _value(parameters);

    /// <summary>Puts a value into parameters, without looking at the other values.</summary>
    /// <param name="text">The value as a parameter file writes it, without comment.</param>
    /// <param name="parameters">The parameters to change.</param>
    /// <param name="changed">The changed parameters.</param>
    /// <param name="finding">What is wrong with the text.</param>
    /// <returns>Whether the text is a value of the key.</returns>
    public bool TryRead(
        string text,
        ReconstructionParameters parameters,
        [NotNullWhen(true)] out ReconstructionParameters? changed,
        [NotNullWhen(false)] out ParameterFinding? finding)
    {
        changed = _read(text, parameters, out ValueProblem? problem);
        finding = problem is null ? null : Error(problem);
        return changed is not null;
    }

    /// <summary>The key's name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;

    internal ParameterFinding Error(ValueProblem problem) => new()
    {
        Severity = ParameterSeverity.Error,
        Key = Name,
        Found = problem.Found,
        Expected = problem.Expected,
        Hint = problem.Hint,
    };
}
