#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Builds, tests and packs the FsRec module.
.DESCRIPTION
    Build lays the module out in output/FsRec, from where `Import-Module ./output/FsRec` loads it. Test runs the Pester
    tests on it. Package makes a zip archive of it in output.
.PARAMETER Task
    What to do: Build, Test (which needs a build), Package (which builds), Demo (which needs a build). Several go in turn.
.PARAMETER Configuration
    Release or Debug. [Release]
.EXAMPLE
    ./build.ps1
    Builds the module.
.EXAMPLE
    ./build.ps1 -Task Build, Test
    Builds the module and runs the Pester tests.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Package', 'Demo')]
    [string[]] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
$output = Join-Path $PSScriptRoot 'output'

function Build {
    dotnet build (Join-Path $PSScriptRoot 'src/FsRec.PowerShell') -c $Configuration -t:AssembleModule -v:minimal
    if ($LASTEXITCODE) {
        throw "The build failed with exit code $LASTEXITCODE."
    }
}

function Test {
    # In a process of its own, so that the assemblies can be built again afterwards.
    & (Get-Process -Id $PID).Path -NoProfile -File (Join-Path $PSScriptRoot 'tests/Pester/run.ps1')
    if ($LASTEXITCODE) {
        throw "The Pester tests failed with exit code $LASTEXITCODE."
    }
}

function Package {
    Build
    $version = (Import-PowerShellDataFile (Join-Path $output 'FsRec/FsRec.psd1')).ModuleVersion
    $archive = Join-Path $output "FsRec-$version.zip"
    Compress-Archive -Path (Join-Path $output 'FsRec') -DestinationPath $archive -Force
    Get-Item $archive
}

function Demo {
    & (Get-Process -Id $PID).Path -NoProfile -File (Join-Path $PSScriptRoot 'examples/reconstruct.ps1') -Folder (Join-Path $output 'demo')
    if ($LASTEXITCODE) {
        throw "The demonstration failed with exit code $LASTEXITCODE."
    }
}

foreach ($name in $Task) {
    & $name
}
