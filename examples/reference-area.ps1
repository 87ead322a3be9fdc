#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Shows what AREA and Offset decide: by which part of the frames they are aligned.
.DESCRIPTION
    PyFSRec's --showarea, and the keys AREA and Offset. An area that is too small, too near to the edge, or without features aligns badly
    where frames are held against each other, as PyFSRec does; a look at it before a long run is worth the second. Unless
    Methprealign=sequential asks for that, FsRec notices and holds the frames against what the others predict for them.
.PARAMETER Folder
    Folder of the series and of its results. [fsrec-reference-area in the current folder]
.PARAMETER Size
    Rows and columns of a frame in px. [160]
.PARAMETER FrameCount
    Number of frames. [12]
.PARAMETER Iterations
    Linear iterations of a reconstruction. [4]
.EXAMPLE
    ./examples/reference-area.ps1
    Aligns a simulated series by its crystal and by the vacuum beside it.
#>
[CmdletBinding()]
param(
    [string] $Folder = 'fsrec-reference-area',

    [ValidateRange(64, 4096)]
    [int] $Size = 160,

    [ValidateRange(4, 1000)]
    [int] $FrameCount = 12,

    [ValidateRange(1, 1000)]
    [int] $Iterations = 4
)

# What to expect: frame against frame, the area over the crystal aligns the frames to a fraction of a pixel; the one over the vacuum
# beside it aligns noise, by pixels, or gives up. Left to the data, the vacuum does no harm. The pictures show the areas.

$ErrorActionPreference = 'Stop'
# In a clone the built module, in the package the one that the script lies in.
$built = (Join-Path $PSScriptRoot '../output/FsRec'), (Join-Path $PSScriptRoot '../FsRec.psd1') | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
if (-not (Get-Module FsRec)) {
    Import-Module ($built ?? 'FsRec')
}

$truth = New-FsrSimulatedSeries -Path $Folder -Name area -Size $Size -FrameCount $FrameCount -Dose 300 -Drift 1 -Force
$quarter = [int] ($Size / 4)
$areas = [ordered]@{
    crystal = @{ AREA = (2 * $quarter), (2 * $quarter); Offset = 0, 0; Methprealign = 'sequential' }
    vacuum  = @{ AREA = $quarter, $quarter; Offset = - $quarter, - $quarter; Methprealign = 'sequential' }
    default = @{ AREA = $quarter, $quarter; Offset = - $quarter, - $quarter }
}

foreach ($name in $areas.Keys) {
    $series = Import-FocalSeries -LiteralPath $truth.ParameterFile -Set $areas[$name]
    $picture = $series | Export-FsrImage -ShowArea -Path (Join-Path $Folder "area-$name")
    $row = [pscustomobject]@{ Area = $name; AREA_px = $areas[$name].AREA -join ', '; Method = $areas[$name].Methprealign ?? 'by the data'; DisplacementErrorPx = $null; Failure = $null; Picture = $picture.FullName }
    try {
        $reconstruction = $series | Invoke-FsrReconstruction -Iterations $Iterations
        $comparison = [FsRec.Comparison.DisplacementComparison]::Compare(
            $reconstruction.Displacements, $truth.TrueDisplacements, $reconstruction.Series.Foci)
        $row.DisplacementErrorPx = [Math]::Round($comparison.RmsWithoutTilt, 2)
    }
    catch [FsRec.Alignment.AlignmentException] {
        $row.Failure = $_.Exception.Message
    }

    $row
}
