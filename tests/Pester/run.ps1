#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Runs the Pester tests on the module as it is shipped.
.DESCRIPTION
    Makes the package that build.ps1 -Task Module makes, and runs suite.ps1 in a PowerShell of the version that runs this one: it installs
    the package into a folder of its own and tests it from there. All that is written is in output/tests, and nothing in the user's profile.
.PARAMETER Name
    Which files: the part of their names before .Tests.ps1, with wildcards. [*]
.PARAMETER Report
    A file for what became of each test, as lines of JSON.
.EXAMPLE
    dotnet pwsh tests/Pester/run.ps1 Package
    Runs tests/Pester/Package.Tests.ps1 in the PowerShell that the repository names.
#>
[CmdletBinding()]
param([string] $Name = '*', [string] $Report)

$ErrorActionPreference = 'Stop'
. $PSScriptRoot/installation.ps1
$repository = Split-Path (Split-Path $PSScriptRoot)
$place = Join-Path $repository 'output/tests'
if (-not (Test-Path (Join-Path $repository 'output/modules/Pester'))) {
    dotnet build (Join-Path $repository 'tests/FsRec.Pester') -c Release -v:minimal
}

if (Test-Path -LiteralPath $place) {
    Remove-Item -LiteralPath $place -Recurse -Force
}

try {
    # What it says is of interest only where it fails.
    & (Join-Path $repository 'build.ps1') -Task Module -Output (Join-Path $place 'package') | Tee-Object -Variable said | Out-Null
}
catch {
    $said
    throw
}

$variables = 'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'POWERSHELL_TELEMETRY_OPTOUT'
$before = @{}
$variables | ForEach-Object { $before[$_] = [Environment]::GetEnvironmentVariable($_) }
try {
    Use-Home (Join-Path $place 'home')
    $env:POWERSHELL_TELEMETRY_OPTOUT = 1
    & (Join-Path $repository 'tools/Invoke-PowerShell.ps1') -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot 'suite.ps1') -Name $Name -Report $Report
}
finally {
    $variables | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $before[$_]) }
}

exit $LASTEXITCODE
