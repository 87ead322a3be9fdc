#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Walks through the order of PyFSRec's documentation: reconstruct, autofocus, reconstruct again, analyse the steps.
.DESCRIPTION
    The same with the console program: the command line of each step stands beside it.
.PARAMETER Folder
    Folder of the series and of its results. [fsrec-tutorial in the current folder]
.PARAMETER Size
    Rows and columns of a frame in px. [256]
.PARAMETER FrameCount
    Number of frames. [20]
.PARAMETER Iterations
    Linear iterations of a reconstruction. [8]
.EXAMPLE
    ./examples/tutorial.ps1
    Every step of the documentation on a simulated series, one row each.
#>
[CmdletBinding()]
param(
    [string] $Folder = 'fsrec-tutorial',

    [ValidateRange(64, 4096)]
    [int] $Size = 256,

    [ValidateRange(6, 1000)]
    [int] $FrameCount = 20,

    [ValidateRange(1, 1000)]
    [int] $Iterations = 8
)

# What to expect: the autofocus finds the 15 nm by which the file's foci are off, to the thickness of the crystal; the step analysis
# finds the true step, 3 % above the file's, to 1 %; with the refined foci the wave's error is smaller.

$ErrorActionPreference = 'Stop'
# In a clone the built module, in the package the one that the script lies in.
$built = (Join-Path $PSScriptRoot '../output/FsRec'), (Join-Path $PSScriptRoot '../FsRec.psd1') | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
if (-not (Get-Module FsRec)) {
    Import-Module ($built ?? 'FsRec')
}

$truth = New-FsrSimulatedSeries -Path $Folder -Name tutorial -Size $Size -FrameCount $FrameCount -Drift 1 -StepError 0.03 -Force
$trueStep = ($truth.TrueFoci[-1].Defocus - $truth.TrueFoci[0].Defocus) / ($FrameCount - 1)

# A parameter file whose foci are 15 nm off.
$config = Join-Path $Folder 'config.fsr'
$wrong = $truth.Series.Foci | ForEach-Object { $_ + 15 }
$null = Import-FsrParameter -LiteralPath $truth.ParameterFile -Set @{ Foci = $wrong; LinearIterations = $Iterations } | Export-FsrParameter -Path $config

function Get-Row([string] $Step, [FsRec.Runs.RunResult] $Run) {
    $comparison = $Run.Reconstruction | Compare-FsrWave $truth
    [pscustomobject]@{
        Step             = $Step
        FocusFoundNm     = $Run.Autofocus ? [Math]::Round($Run.Autofocus.Focus, 2) : $null
        FocusStepNm      = $Run.StepAnalysis ? [Math]::Round($Run.StepAnalysis.Step, 3) : $null
        TrueStepNm       = [Math]::Round($trueStep, 3)
        DefocusLeftNm    = [Math]::Round($comparison.FittedDefocus, 2)
        WaveErrorPercent = [Math]::Round(100 * $comparison.RelativeError, 2)
    }
}

# fsrec --prm config.fsr
Get-Row 'reconstruct' (Invoke-FsrRun -LiteralPath $config)

# fsrec --prm config.fsr --autofocus
$focused = Invoke-FsrRun -LiteralPath $config -Autofocus
Get-Row 'autofocus' $focused

# The documentation has the corrected foci pasted into the parameter file, and the reconstruction done again.
$null = Import-FsrParameter -LiteralPath $config -Set @{ Foci = $focused.Autofocus.FociText } | Export-FsrParameter -Path $config
Get-Row 'reconstruct again' (Invoke-FsrRun -LiteralPath $config)

# fsrec --prm config.fsr --stepanalysis, which writes the refined foci to tutorial_foci.csv
Get-Row 'step analysis' (Invoke-FsrRun -LiteralPath $config -StepAnalysis)

# fsrec --prm config.fsr --stepanalysis --useprevious --liniter 4, which takes them, iterates, and analyses once more
Get-Row 'continue, step analysis' (Invoke-FsrRun -LiteralPath $config -StepAnalysis -UsePrevious -Iterations 4)
