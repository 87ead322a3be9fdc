#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Tries values of Limit and Focusspread on one series, stops half-way, goes on, and draws the best.
.DESCRIPTION
    Invoke-FsrSweep puts out a row a run as it finishes. Each run has a folder of its own, and one that is complete there is read back
    instead of done again. The script takes the first rows only, which stops the sweep, and then runs it whole.
.PARAMETER Folder
    Folder of the series and of its results. [fsrec-sweep in the current folder]
.PARAMETER Size
    Rows and columns of a frame in px. [192]
.PARAMETER FrameCount
    Number of frames. [16]
.PARAMETER Iterations
    Linear iterations of a run. [5]
.PARAMETER Limit
    Reconstruction limits in 1/nm. [5, 6]
.PARAMETER Focusspread
    Focus spreads in nm. [2, 4, 8]
.PARAMETER ThrottleLimit
    Runs at the same time. [2]
.EXAMPLE
    ./examples/sweep.ps1
    Six runs into one table.
#>
[CmdletBinding()]
param(
    [string] $Folder = 'fsrec-sweep',

    [ValidateRange(64, 4096)]
    [int] $Size = 192,

    [ValidateRange(4, 1000)]
    [int] $FrameCount = 16,

    [ValidateRange(1, 1000)]
    [int] $Iterations = 5,

    [double[]] $Limit = @(5, 6),

    [double[]] $Focusspread = @(2, 4, 8),

    [ValidateRange(1, 64)]
    [int] $ThrottleLimit = 2
)

# What to expect: one row a pair of values, for each Limit the best first. By ModelChiSquare that is the Focusspread that was simulated, 4 nm; by
# ResidualRms it would be 2 nm. The runs that the stopped sweep had finished are read back. The phase of the first row is drawn.

$ErrorActionPreference = 'Stop'
# In a clone the built module, in the package the one that the script lies in.
$built = (Join-Path $PSScriptRoot '../output/FsRec'), (Join-Path $PSScriptRoot '../FsRec.psd1') | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
if (-not (Get-Module FsRec)) {
    Import-Module ($built ?? 'FsRec')
}

$truth = New-FsrSimulatedSeries -Path $Folder -Name sweep -Size $Size -FrameCount $FrameCount -Drift 1 -Force
$parameters = Import-FsrParameter -LiteralPath $truth.ParameterFile -LinearIterations $Iterations
$sweep = @{ Parameter = $parameters; Set = @{ Limit = $Limit; Focusspread = $Focusspread }; ThrottleLimit = $ThrottleLimit }

# Whatever stops a sweep - Ctrl+C, or a pipeline that has enough - leaves what is complete.
$null = Invoke-FsrSweep @sweep | Select-Object -First 2
$rows = Invoke-FsrSweep @sweep | Sort-Object Limit, ModelChiSquare

$picture = $rows[0] | Export-FsrImage -Kind Phase
foreach ($row in $rows) {
    # One band for all, so that the figures compare.
    $comparison = $row | Import-FsrWave | Compare-FsrWave $truth -Parameter $row.Parameters -Band 0.5, 4
    [pscustomobject]@{
        Limit            = $row.Limit
        Focusspread      = $row.Focusspread
        ModelChiSquare = [Math]::Round($row.ModelChiSquare, 5)
        ResidualRms      = $row.ResidualRms
        ScatteredPercent = [Math]::Round(100 * $row.ScatteredFraction, 3)
        UpTo             = [Math]::Round($row.HighestFrequency, 2)
        WaveErrorPercent = [Math]::Round(100 * $comparison.RelativeError, 2)
        ReadBack         = $row.IsReadBack
        Picture          = if ($row -eq $rows[0]) { $picture.FullName }
    }
}
