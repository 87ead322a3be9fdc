using Microsoft.Testing.Platform.CommandLine;
using Microsoft.Testing.Platform.Extensions;
using Microsoft.Testing.Platform.Extensions.CommandLine;

namespace FsRec.Pester;

/// <summary>The option that chooses files of tests.</summary>
internal sealed class PesterOptions : ICommandLineOptionsProvider
{
    private static readonly CommandLineOption Name =
        new("name", "Which files of tests: the part of their names before .Tests.ps1, with wildcards.", ArgumentArity.ExactlyOne, isHidden: false);

    /// <inheritdoc />
    public string Uid => nameof(PesterOptions);

    /// <inheritdoc />
    public string Version => "1.0.0";

    /// <inheritdoc />
    public string DisplayName => "Pester";

    /// <inheritdoc />
    public string Description => "Chooses files of tests.";

    /// <summary>The files that a command line chooses, all where it chooses none.</summary>
    public static string Read(ICommandLineOptions options) =>
        options.TryGetOptionArgumentList(Name.Name, out string[]? names) ? names[0] : "*";

    /// <inheritdoc />
    public Task<bool> IsEnabledAsync() => Task.FromResult(true);

    /// <inheritdoc />
    public IReadOnlyCollection<CommandLineOption> GetCommandLineOptions() => [Name];

    /// <inheritdoc />
    public Task<ValidationResult> ValidateOptionArgumentsAsync(CommandLineOption commandOption, string[] arguments) =>
        ValidationResult.ValidTask;

    /// <inheritdoc />
    public Task<ValidationResult> ValidateCommandLineOptionsAsync(ICommandLineOptions commandLineOptions) =>
        ValidationResult.ValidTask;
}
