#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Continues a reconstruction, in memory and from its files.
.DESCRIPTION
    PyFSRec's --useprevious. A reconstruction in a variable is continued by piping it into Invoke-FsrReconstruction; one on disk by
    -UsePrevious, which reads <out>.wav, <out>_dxy.csv and <out>_foci.csv.
.PARAMETER Folder
    Folder of the series and of its results. [fsrec-continue in the current folder]
.PARAMETER Size
    Rows and columns of a frame in px. [256]
.PARAMETER FrameCount
    Number of frames. [20]
.PARAMETER Iterations
    Linear iterations of a reconstruction. [5]
.EXAMPLE
    ./examples/continue.ps1
    Reconstructs with 5 iterations, adds 5, and holds the result against 10 in one go.
#>
[CmdletBinding()]
param(
    [string] $Folder = 'fsrec-continue',

    [ValidateRange(64, 4096)]
    [int] $Size = 256,

    [ValidateRange(4, 1000)]
    [int] $FrameCount = 20,

    [ValidateRange(1, 1000)]
    [int] $Iterations = 5
)

# What to expect: all three ways that come to the same number of iterations agree to 0.1 % of the wave and better, and the residual is
# not larger than after the first half.

$ErrorActionPreference = 'Stop'
# In a clone the built module, in the package the one that the script lies in.
$built = (Join-Path $PSScriptRoot '../output/FsRec'), (Join-Path $PSScriptRoot '../FsRec.psd1') | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
if (-not (Get-Module FsRec)) {
    Import-Module ($built ?? 'FsRec')
}

$truth = New-FsrSimulatedSeries -Path $Folder -Name continue -Size $Size -FrameCount $FrameCount -Drift 1 -Force
$aligned = Import-FocalSeries -LiteralPath $truth.ParameterFile | Invoke-FsrPrealignment
$first = $aligned | Invoke-FsrReconstruction -Iterations $Iterations

# What a later session needs lies in three files: the wave, the displacements and the foci.
$null = $first | Export-FsrWave
$null = $first | Export-FsrFocus

$ways = [ordered]@{
    'first half'           = $first
    'continued in memory'  = $first | Invoke-FsrReconstruction -Iterations $Iterations
    'continued from files' = Import-FocalSeries -LiteralPath $truth.ParameterFile | Invoke-FsrReconstruction -UsePrevious -Iterations $Iterations
    'without a stop'       = $aligned | Invoke-FsrReconstruction -Iterations (2 * $Iterations)
}

foreach ($way in $ways.Keys) {
    $reconstruction = $ways[$way]
    $toWhole = $reconstruction | Compare-FsrWave $ways['without a stop']
    [pscustomobject]@{
        Reconstruction    = $way
        LargestMovePx     = [Math]::Round($reconstruction.History[-1].LargestMove, 3)
        ResidualRms       = $reconstruction.ResidualRms
        WaveErrorPercent  = [Math]::Round(100 * ($reconstruction | Compare-FsrWave $truth).RelativeError, 2)
        DifferencePercent = [Math]::Round(100 * $toWhole.RelativeError, 3)
    }
}
