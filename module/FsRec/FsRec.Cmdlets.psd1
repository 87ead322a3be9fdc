# The cmdlets with their views; FsRec.psm1 imports it once it knows that they can be.
@{
    RootModule             = 'bin/FsRec.PowerShell.dll'
    # The type data name types of both.
    RequiredAssemblies     = @('bin/FsRec.dll', 'bin/FsRec.PowerShell.dll')
    ModuleVersion          = '1.0'
    GUID                   = '0f7a4d0e-53c5-4c52-9a53-7d7c5e9b1c0a'
    PowerShellVersion      = '7.4'
    CompatiblePSEditions   = @('Core')
    FormatsToProcess       = @(
        'FsRec.Comparison.format.ps1xml'
        'FsRec.Files.format.ps1xml'
        'FsRec.Focus.format.ps1xml'
        'FsRec.Formats.format.ps1xml'
        'FsRec.Parameters.format.ps1xml'
        'FsRec.Reconstruction.format.ps1xml'
        'FsRec.Resolution.format.ps1xml'
        'FsRec.Runs.format.ps1xml'
        'FsRec.Series.format.ps1xml'
        'FsRec.Simulation.format.ps1xml'
        'FsRec.Sweeps.format.ps1xml'
        'FsRec.Uncertainty.format.ps1xml'
        'FsRec.Watching.format.ps1xml'
    )
    TypesToProcess         = @('FsRec.types.ps1xml')
    CmdletsToExport        = '*'
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()
}
