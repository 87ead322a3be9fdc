# The build fills in the version and what stands in braces; see src/FsRec.PowerShell/Module.targets.
@{
    RootModule             = 'FsRec.psm1'
    ModuleVersion          = '0.0'
    GUID                   = '5d0c1f0b-8a55-4f0e-9c3e-6f2c1b7a4e21'
    Author                 = '{Authors}'
    CompanyName            = 'Community'
    Copyright              = '{Copyright}'
    Description            = '{Description}'
    PowerShellVersion      = '7.4'
    CompatiblePSEditions   = @('Core')
    CmdletsToExport        = @(
        'Compare-FsrRun'
        'Compare-FsrWave'
        'Export-FocalSeries'
        'Export-FsrBoxcar'
        'Export-FsrDisplacement'
        'Export-FsrFocus'
        'Export-FsrImage'
        'Export-FsrParameter'
        'Export-FsrPlot'
        'Export-FsrReport'
        'Export-FsrWave'
        'Get-FsrFile'
        'Get-FsrMicroscope'
        'Import-FocalSeries'
        'Import-FsrDisplacement'
        'Import-FsrFocus'
        'Import-FsrParameter'
        'Import-FsrWave'
        'Invoke-FsrAutofocus'
        'Invoke-FsrPrealignment'
        'Invoke-FsrReconstruction'
        'Invoke-FsrRun'
        'Invoke-FsrSweep'
        'Measure-FsrFocusStep'
        'Measure-FsrResolution'
        'New-FsrParameter'
        'New-FsrSimulatedSeries'
        'Receive-FsrSweep'
        'Show-FsrImage'
        'Test-FsrParameter'
        'Test-FsrReconstruction'
        'Watch-FsrFolder'
        'Watch-FsrSeries'
    )
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()
    FileList               = @('{FileList}')
    PrivateData            = @{
        PSData = @{
            Tags         = @('{Tags}')
            LicenseUri   = 'https://opensource.org/license/mit'
            ProjectUri   = '{ProjectUri}'
            ReleaseNotes = '{ReleaseNotes}'
        }
    }
}
