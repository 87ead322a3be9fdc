#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Finds the true focus step of a series whose microscope steps wrongly.
.DESCRIPTION
    PyFSRec's --stepanalysis: the images that the wave makes over a range of foci are compared with every frame. The analysis has
    the foci as text for a parameter file too, RefinedFociText and FittedFociText.
.PARAMETER Folder
    Folder of the series and of its results. [fsrec-focus-step in the current folder]
.PARAMETER Size
    Rows and columns of a frame in px. [256]
.PARAMETER FrameCount
    Number of frames. [20]
.PARAMETER Iterations
    Linear iterations of a reconstruction. [8]
.EXAMPLE
    ./examples/focus-step.ps1
    Simulates a series with wrong foci and refines them twice.
#>
[CmdletBinding()]
param(
    [string] $Folder = 'fsrec-focus-step',

    [ValidateRange(64, 4096)]
    [int] $Size = 256,

    [ValidateRange(6, 1000)]
    [int] $FrameCount = 20,

    [ValidateRange(1, 1000)]
    [int] $Iterations = 8
)

# What to expect: the series steps 3 % further than its parameter file says, and each focus is off by 1 nm at random. Two rounds
# of reconstruction and analysis find the step to 1 % and the foci to 1 nm.

$ErrorActionPreference = 'Stop'
# In a clone the built module, in the package the one that the script lies in.
$built = (Join-Path $PSScriptRoot '../output/FsRec'), (Join-Path $PSScriptRoot '../FsRec.psd1') | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
if (-not (Get-Module FsRec)) {
    Import-Module ($built ?? 'FsRec')
}

$truth = New-FsrSimulatedSeries -Path $Folder -Name steps -Size $Size -FrameCount $FrameCount -Drift 1 -StepError 0.03 -FocusError 1 -Force
$trueStep = 1.03 * ($truth.Series.Foci[-1] - $truth.Series.Foci[0]) / ($FrameCount - 1)
$series = Import-FocalSeries -LiteralPath $truth.ParameterFile

# The foci of the first round are those of the parameter file, the foci of the second those that the first found.
foreach ($round in 1, 2) {
    $reconstruction = $series | Invoke-FsrReconstruction -Iterations $Iterations
    $analysis = $reconstruction | Measure-FsrFocusStep

    # A focus common to all frames is the wave's, not the series': see autofocus.ps1.
    $offsets = 0..($FrameCount - 1) | ForEach-Object { $analysis.RefinedFoci[$_].Defocus - $truth.TrueFoci[$_].Defocus }
    $spread = $offsets | Measure-Object -StandardDeviation
    [pscustomobject]@{
        Round            = $round
        StepNm           = [Math]::Round($analysis.Step, 3)
        TrueStepNm       = [Math]::Round($trueStep, 3)
        FocusErrorNm     = [Math]::Round($spread.StandardDeviation, 3)
        Outliers         = @($analysis.Frames | Where-Object IsOutlier).Count
        WaveErrorPercent = [Math]::Round(100 * ($reconstruction | Compare-FsrWave $truth).RelativeError, 2)
    }

    $file = $analysis.RefinedFoci | Export-FsrFocus -Path (Join-Path $Folder 'results/steps_foci.csv')
    $series = Import-FocalSeries -LiteralPath $truth.ParameterFile -Focus (Import-FsrFocus -LiteralPath $file)
}
