#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Simulates a focal series, reconstructs its exit wave, and holds it against the truth.
.DESCRIPTION
    The work of a reconstruction as one pipeline of cmdlets: simulate, import, pre-align, reconstruct, export. A measured
    series takes the same pipeline from Import-FocalSeries on, with its own parameter file.

    The module is taken from output/FsRec, where build.ps1 puts it, or else from where modules are installed.
.PARAMETER Folder
    Folder of the series and of its results. [fsrec-demo in the current folder]
.PARAMETER Iterations
    Linear iterations; without it those of the parameter file.
.EXAMPLE
    ./examples/reconstruct.ps1
    Simulates a thin crystal with an edge into ./fsrec-demo and reconstructs it.
.EXAMPLE
    ./examples/reconstruct.ps1 -Folder ./demo -Iterations 5 -Verbose
    Makes five iterations only and tells the figures of each.
#>
[CmdletBinding()]
param(
    [string] $Folder = 'fsrec-demo',

    [ValidateRange(1, 1000)]
    [int] $Iterations
)

$ErrorActionPreference = 'Stop'
# In a clone the built module, in the package the one that the script lies in.
$built = (Join-Path $PSScriptRoot '../output/FsRec'), (Join-Path $PSScriptRoot '../FsRec.psd1') | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
if (-not (Get-Module FsRec)) {
    Import-Module ($built ?? 'FsRec')
}

# A series of a known specimen: frames and parameter file in the folder, the truth beside them and in the object.
$truth = New-FsrSimulatedSeries -Path $Folder -Name demo -Force

# Anything of the parameter file can be overridden on the way: -Set @{ Limit = 5 }.
$options = $PSBoundParameters.ContainsKey('Iterations') ? @{ Iterations = $Iterations } : @{}
$reconstruction = Import-FsrParameter -LiteralPath $truth.ParameterFile |
    Import-FocalSeries |
    Invoke-FsrPrealignment |
    Invoke-FsrReconstruction @options

$files = @(
    $reconstruction | Export-FsrWave
    $reconstruction | Export-FsrImage
    $reconstruction.Series | Export-FsrImage -ShowArea
)

$wave = $reconstruction | Compare-FsrWave $truth
$displacements = [FsRec.Comparison.DisplacementComparison]::Compare(
    $reconstruction.Displacements, $truth.TrueDisplacements, $reconstruction.Series.Foci)

[pscustomobject]@{
    Frames              = $reconstruction.Series.Count
    Iterations          = $reconstruction.History.Count
    ScatteredPercent    = [Math]::Round(100 * $reconstruction.ScatteredFraction, 3)
    WaveErrorPercent    = [Math]::Round(100 * $wave.RelativeError, 2)
    WaveCorrelation     = [Math]::Round($wave.Correlation, 4)
    DisplacementErrorPx = [Math]::Round($displacements.RmsWithoutTilt, 3)
    Files               = $files.FullName
}
