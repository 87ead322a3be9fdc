#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Reconstructs one series with many values of Limit and Focusspread at once.
.DESCRIPTION
    Every value of a parameter file can be replaced by -Set, and reconstructions run side by side in ForEach-Object -Parallel.
.PARAMETER Folder
    Folder of the series and of its results. [fsrec-parameter-sweep in the current folder]
.PARAMETER Size
    Rows and columns of a frame in px. [192]
.PARAMETER FrameCount
    Number of frames. [16]
.PARAMETER Iterations
    Linear iterations of a reconstruction. [5]
.PARAMETER Limit
    Reconstruction limits in 1/nm. [4, 6, 8]
.PARAMETER Focusspread
    Focus spreads in nm. [2, 4, 8]
.PARAMETER ThrottleLimit
    Reconstructions at the same time. [one a processor, 4 at most]
.EXAMPLE
    ./examples/parameter-sweep.ps1
    Nine reconstructions into one table.
#>
[CmdletBinding()]
param(
    [string] $Folder = 'fsrec-parameter-sweep',

    [ValidateRange(64, 4096)]
    [int] $Size = 192,

    [ValidateRange(4, 1000)]
    [int] $FrameCount = 16,

    [ValidateRange(1, 1000)]
    [int] $Iterations = 5,

    [double[]] $Limit = @(4, 6, 8),

    [double[]] $Focusspread = @(2, 4, 8),

    [ValidateRange(1, 64)]
    [int] $ThrottleLimit = [Math]::Min(4, [Environment]::ProcessorCount)
)

# What to expect: one row a pair of values, best first. The Focusspread that was simulated, 4 nm, is the best at Limits of 6 and 8; a
# Limit of 4 leaves out most of what the crystal scatters, whatever the Focusspread.

$ErrorActionPreference = 'Stop'
# In a clone the built module, in the package the one that the script lies in.
$built = (Join-Path $PSScriptRoot '../output/FsRec'), (Join-Path $PSScriptRoot '../FsRec.psd1') | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
if (-not (Get-Module FsRec)) {
    Import-Module ($built ?? 'FsRec')
}

$truth = New-FsrSimulatedSeries -Path $Folder -Name sweep -Size $Size -FrameCount $FrameCount -Drift 1 -Dose 0 -Force

# Objects of the module are immutable: frames are read and aligned once, and all reconstructions share them.
$aligned = Import-FocalSeries -LiteralPath $truth.ParameterFile | Invoke-FsrPrealignment
$module = Join-Path (Get-Module FsRec).ModuleBase 'FsRec.psd1'
$grid = foreach ($l in $Limit) {
    foreach ($f in $Focusspread) {
        @{ Limit = $l; Focusspread = $f }
    }
}

$grid | ForEach-Object -ThrottleLimit $ThrottleLimit -Parallel {
    $ErrorActionPreference = 'Stop'
    Import-Module $using:module
    $values = $_
    $reconstruction = $using:aligned | Invoke-FsrReconstruction -Iterations $using:Iterations -Set $values -Threads 1

    # One band for all, so that the figures compare.
    $comparison = $reconstruction | Compare-FsrWave $using:truth -Band 0.5, 6
    [pscustomobject]@{
        Limit            = $values.Limit
        Focusspread      = $values.Focusspread
        ResidualRms      = $reconstruction.ResidualRms
        WaveErrorPercent = [Math]::Round(100 * $comparison.RelativeError, 2)
        WaveCorrelation  = [Math]::Round($comparison.Correlation, 4)
    }
} | Sort-Object WaveErrorPercent
