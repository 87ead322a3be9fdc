namespace FsRec.Parameters;

/// <summary>A key and its value in a parameter file.</summary>
/// <param name="Section">Its section; <see langword="null"/> before the first and in an unknown one.</param>
/// <param name="Key">The key as the file spells it.</param>
/// <param name="Value">The value without comment.</param>
/// <param name="Line">The line, counted from 1.</param>
internal sealed record IniEntry(string? Section, string Key, string Value, int Line);
