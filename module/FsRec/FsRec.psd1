@{
    RootModule             = 'bin/FsRec.PowerShell.dll'
    ModuleVersion          = '0.1.0'
    GUID                   = '5d0c1f0b-8a55-4f0e-9c3e-6f2c1b7a4e21'
    Author                 = 'The FsRec authors'
    CompanyName            = 'Community'
    Copyright              = 'Copyright (c) The FsRec authors'
    Description            = 'Focal-series reconstruction: from a series of electron micrographs at stepped defocus to the complex exit wave. Reads the parameter files of PyFSRec.'
    PowerShellVersion      = '7.4'
    CompatiblePSEditions   = @('Core')
    FormatsToProcess       = @('FsRec.format.ps1xml', 'FsRec.Trust.format.ps1xml')
    TypesToProcess         = @('FsRec.types.ps1xml')
    CmdletsToExport        = @(
        'Compare-FsrWave'
        'Export-FsrBoxcar'
        'Export-FsrDisplacement'
        'Export-FsrFocus'
        'Export-FsrImage'
        'Export-FsrParameter'
        'Export-FsrWave'
        'Import-FocalSeries'
        'Import-FsrDisplacement'
        'Import-FsrFocus'
        'Import-FsrParameter'
        'Import-FsrWave'
        'Invoke-FsrAutofocus'
        'Invoke-FsrPrealignment'
        'Invoke-FsrReconstruction'
        'Invoke-FsrRun'
        'Measure-FsrFocusStep'
        'New-FsrSimulatedSeries'
        'Test-FsrParameter'
    )
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()
    PrivateData            = @{
        PSData = @{
            Tags         = @('TEM', 'ElectronMicroscopy', 'FocalSeries', 'ExitWave', 'Holography', 'Microscopy', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
