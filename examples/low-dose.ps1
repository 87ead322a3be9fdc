#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Aligns a series of low dose by neighbours, by a common frame, and as the data decide.
.DESCRIPTION
    The key Commonframe aligns running averages of Raverage frames first, and then every frame to the mean of all others,
    where one frame and its neighbour have too much noise to be aligned with each other. Without a word on the method, frames are held
    against what the others predict for them, and the way that explains them better is taken.
.PARAMETER Folder
    Folder of the series and of its results. [fsrec-low-dose in the current folder]
.PARAMETER Size
    Rows and columns of a frame in px. [192]
.PARAMETER FrameCount
    Number of frames. [40]
.PARAMETER Iterations
    Linear iterations of a reconstruction. [10]
.PARAMETER Dose
    Dose of a frame in electrons/Å². [40]
.EXAMPLE
    ./examples/low-dose.ps1
    Simulates 40 frames of 40 electrons/Å² and aligns them in three ways.
#>
[CmdletBinding()]
param(
    [string] $Folder = 'fsrec-low-dose',

    [ValidateRange(64, 4096)]
    [int] $Size = 192,

    [ValidateRange(4, 1000)]
    [int] $FrameCount = 40,

    [ValidateRange(1, 1000)]
    [int] $Iterations = 10,

    [double] $Dose = 40
)

# What to expect: by neighbours the frames go astray by pixels, or the pre-alignment gives up; by a common frame and the
# iterations after it, and as the data decide, they lie within half a pixel, and the wave correlates with the truth by 0.9 or better.

$ErrorActionPreference = 'Stop'
# In a clone the built module, in the package the one that the script lies in.
$built = (Join-Path $PSScriptRoot '../output/FsRec'), (Join-Path $PSScriptRoot '../FsRec.psd1') | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
if (-not (Get-Module FsRec)) {
    Import-Module ($built ?? 'FsRec')
}

$truth = New-FsrSimulatedSeries -Path $Folder -Name lowdose -Size $Size -FrameCount $FrameCount -Dose $Dose -Drift 1 -Force
$ways = [ordered]@{
    'neighbours'   = @{ Methprealign = 'sequential' }
    'common frame' = @{ Methprealign = 'sequential'; Commonframe = $true; Raverage = 5 }
    'by the data'  = @{}
}

# How far displacements lie from the true ones, apart from what a series cannot tell.
function Measure-Displacement([FsRec.FrameDisplacement[]] $Displacement) {
    $comparison = [FsRec.Comparison.DisplacementComparison]::Compare($Displacement, $truth.TrueDisplacements, $truth.Series.Foci)
    [Math]::Round($comparison.RmsWithoutTilt, 2)
}

foreach ($way in $ways.Keys) {
    $row = [pscustomobject]@{ Alignment = $way; PrealignedErrorPx = $null; FinalErrorPx = $null; WaveCorrelation = $null; Failure = $null }
    try {
        $aligned = Import-FocalSeries -LiteralPath $truth.ParameterFile | Invoke-FsrPrealignment -Set $ways[$way]
        $row.PrealignedErrorPx = Measure-Displacement $aligned.Displacements
        $reconstruction = $aligned | Invoke-FsrReconstruction -Iterations $Iterations
        $row.FinalErrorPx = Measure-Displacement $reconstruction.Displacements
        $row.WaveCorrelation = [Math]::Round(($reconstruction | Compare-FsrWave $truth).Correlation, 4)
    }
    catch [FsRec.Alignment.AlignmentException] {
        $row.Failure = $_.Exception.Message
    }

    $row
}
