#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Records what the compiler ahead of time is to compile besides what it finds by itself.
.DESCRIPTION
    Runs the console program and a session of PowerShell on a simulated series, with a startup hook of .NET that notes which instantiations of generic methods the runtime
    loads or compiles, and writes them to ASSEMBLY.RUN.mibc beside this script. To be run when much has changed, on x64 or arm64; an entry that fits nothing any more does no harm.
#>
[CmdletBinding()]
param()

$ErrorActionPreference = 'Stop'
$root = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).ProviderPath
$folder = Join-Path $root 'output/profile'
Remove-Item $folder -Recurse -Force -ErrorAction Ignore
$null = New-Item -ItemType Directory -Force $folder

function Assert-Success([string] $What) {
    if ($LASTEXITCODE) {
        throw "$What failed with exit code $LASTEXITCODE."
    }
}

dotnet build $PSScriptRoot -c Release -v:quiet
Assert-Success 'The build of the recorder'
# What is compiled ahead is not told of.
dotnet build (Join-Path $root 'src/FsRec.Cli') -c Release -p:Ahead=false -v:quiet
Assert-Success 'The build of the console program'
dotnet build (Join-Path $root 'src/FsRec.PowerShell') -c Release -p:Ahead=false -t:AssembleModule "-p:ModuleOutput=$folder" -v:quiet
Assert-Success 'The build of the module'
$program = Join-Path $root 'src/FsRec.Cli/bin/Release/net10.0/fsrec'
$module = Convert-Path (Join-Path $folder 'FsRec/*/FsRec.psd1')
& $program simulate --rows 256 --columns 256 --frames 24 --drift 5 --dose 200 --output $folder --quiet
Assert-Success 'The simulation'
$parameters = (Get-ChildItem $folder -Filter *.fsr -Recurse)[0].FullName

$env:DOTNET_STARTUP_HOOKS = Convert-Path (Join-Path $PSScriptRoot 'bin/Release/net10.0/FsRec.Ahead.Profile.dll')
try {
    Remove-Item (Join-Path $PSScriptRoot '*.mibc')
    $env:FSREC_PROFILE = Join-Path $PSScriptRoot 'program'
    & $program --prm $parameters --set "OUTPUTPATH=$folder" --threads 2 --quiet
    Assert-Success 'The run'
    $env:FSREC_PROFILE = Join-Path $PSScriptRoot 'nonlinear'
    & $program --prm $parameters --nonlinear --set "OUTPUTPATH=$folder" --threads 2 --quiet
    Assert-Success 'The refinement'
    $env:FSREC_PROFILE = Join-Path $PSScriptRoot 'session'
    & (Join-Path $root 'tools/Invoke-PowerShell.ps1') -NoProfile -Command "
        Import-Module '$module'
        `$series = Import-FocalSeries '$parameters'
        `$series | Invoke-FsrPrealignment | Out-String
        `$result = `$series | Invoke-FsrReconstruction
        `$result | Out-String
        `$result | Export-FsrWave '$folder/wave.wav' -Force
        `$result | Export-FsrImage '$folder/wave.png' -Force"
    Assert-Success 'The session'
}
finally {
    Remove-Item Env:DOTNET_STARTUP_HOOKS, Env:FSREC_PROFILE -ErrorAction Ignore
}

Get-Item (Join-Path $PSScriptRoot '*.mibc')
