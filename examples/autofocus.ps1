#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Brings a wave that was reconstructed with a wrong focus to the exit plane.
.DESCRIPTION
    PyFSRec's --autofocus: the wave is propagated, and where its real part has least contrast is the exit plane of a phase
    object. It is used once; then the series is reconstructed again with the corrected foci.
.PARAMETER Folder
    Folder of the series and of its results. [fsrec-autofocus in the current folder]
.PARAMETER Size
    Rows and columns of a frame in px. [256]
.PARAMETER FrameCount
    Number of frames. [20]
.PARAMETER Iterations
    Linear iterations of a reconstruction. [8]
.PARAMETER OffsetNm
    Error of all foci in nm. [20]
.EXAMPLE
    ./examples/autofocus.ps1
    Reconstructs a weak object with foci 20 nm off and finds these 20 nm.
#>
[CmdletBinding()]
param(
    [string] $Folder = 'fsrec-autofocus',

    [ValidateRange(64, 4096)]
    [int] $Size = 256,

    [ValidateRange(4, 1000)]
    [int] $FrameCount = 20,

    [ValidateRange(1, 1000)]
    [int] $Iterations = 8,

    [ValidateRange(-40, 40)]
    [double] $OffsetNm = 20
)

# What to expect: the foci in use lie OffsetNm above the true ones; the focus found is OffsetNm to within a nanometre, the
# thickness of the specimen, and after the correction the wave lies as near to the truth.

$ErrorActionPreference = 'Stop'
# In a clone the built module, in the package the one that the script lies in.
$built = (Join-Path $PSScriptRoot '../output/FsRec'), (Join-Path $PSScriptRoot '../FsRec.psd1') | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
if (-not (Get-Module FsRec)) {
    Import-Module ($built ?? 'FsRec')
}

$truth = New-FsrSimulatedSeries -Path $Folder -Name autofocus -Size $Size -FrameCount $FrameCount -Specimen Weak -Dose 0 -Drift 1 -Force
$wrong = $truth.Series.Foci | ForEach-Object { $_ + $OffsetNm }
$reconstruction = Import-FocalSeries -LiteralPath $truth.ParameterFile -Set @{ Foci = $wrong } | Invoke-FsrReconstruction -Iterations $Iterations
$result = $reconstruction | Invoke-FsrAutofocus

# The wave, the filtered wave and the corrected foci go on; FociText is what a parameter file takes.
$files = $result | Export-FsrWave
$again = $result.Reconstruction.Series | Invoke-FsrReconstruction -Iterations $Iterations

[pscustomobject]@{
    FocusFoundNm         = [Math]::Round($result.Focus, 2)
    WrongByNm            = $OffsetNm
    DefocusOfCorrectedNm = [Math]::Round(($result.Reconstruction | Compare-FsrWave $truth).FittedDefocus, 2)
    DefocusOfSecondNm    = [Math]::Round(($again | Compare-FsrWave $truth).FittedDefocus, 2)
    WaveErrorPercent     = [Math]::Round(100 * ($again | Compare-FsrWave $truth).RelativeError, 2)
    CorrectedFoci        = $result.FociText
    Files                = $files.FullName
}
