#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Sums neighbouring frames of a long series and reconstructs the sums.
.DESCRIPTION
    PyFSRec's --boxcar. Frames are moved by their displacements before they are summed; those that do not fill a sum are left out.
    The foci within a sum should be near each other: their spread blurs it like a wider Focusspread.
.PARAMETER Folder
    Folder of the series and of its results. [fsrec-boxcar in the current folder]
.PARAMETER Size
    Rows and columns of a frame in px. [192]
.PARAMETER FrameCount
    Number of frames. [60]
.PARAMETER Iterations
    Linear iterations of a reconstruction. [8]
.PARAMETER Sum
    Frames in a sum. [5]
.EXAMPLE
    ./examples/boxcar.ps1
    Reconstructs 60 frames, sums them by fives, and reconstructs the 12 sums.
#>
[CmdletBinding()]
param(
    [string] $Folder = 'fsrec-boxcar',

    [ValidateRange(64, 4096)]
    [int] $Size = 192,

    [ValidateRange(8, 1000)]
    [int] $FrameCount = 60,

    [ValidateRange(1, 1000)]
    [int] $Iterations = 8,

    [ValidateRange(2, 100)]
    [int] $Sum = 5
)

# What to expect: the 12 sums give a wave as good as that of all 60 frames, to about 1 %, at a fifth of the time; as many single
# frames, with their noise, give one with twice the error.

$ErrorActionPreference = 'Stop'
# In a clone the built module, in the package the one that the script lies in.
$built = (Join-Path $PSScriptRoot '../output/FsRec'), (Join-Path $PSScriptRoot '../FsRec.psd1') | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
if (-not (Get-Module FsRec)) {
    Import-Module ($built ?? 'FsRec')
}

$truth = New-FsrSimulatedSeries -Path $Folder -Name long -Size $Size -FrameCount $FrameCount -Dose 150 -Drift 0.5 -FirstFocus -160 -LastFocus -80 -Force
$all = Import-FocalSeries -LiteralPath $truth.ParameterFile | Invoke-FsrReconstruction -Iterations $Iterations

# The last of the files is a parameter file that names the sums and their mean foci.
$files = $all | Export-FsrBoxcar -Size $Sum
$summed = Import-FocalSeries -LiteralPath $files[-1].FullName | Invoke-FsrReconstruction -Iterations $Iterations

# For comparison, the first frame of each sum by itself.
$numbers = 0..($summed.Series.Count - 1) | ForEach-Object { $_ * $Sum }
$some = @{ Range = $numbers; Foci = $truth.Series.Foci[$numbers] }
$single = Import-FocalSeries -LiteralPath $truth.ParameterFile -Set $some | Invoke-FsrReconstruction -Iterations $Iterations

foreach ($way in @(@('all frames', $all), @("sums of $Sum", $summed), @("one frame of $Sum", $single))) {
    $comparison = $way[1] | Compare-FsrWave $truth
    [pscustomobject]@{
        Series           = $way[0]
        Frames           = $way[1].Series.Count
        WaveCorrelation  = [Math]::Round($comparison.Correlation, 4)
        WaveErrorPercent = [Math]::Round(100 * $comparison.RelativeError, 2)
    }
}
