#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Builds, tests and packs the FsRec module.
.DESCRIPTION
    Build lays the module out in output/FsRec/<version>, from where `Import-Module ./output/FsRec` loads it. Module makes
    FsRec.<version>.nupkg of it, which a repository of PSResourceGet takes. Tool makes fsrec a .NET tool: FsRec.Cli.<version>.nupkg, with a program
    compiled ahead for the system that packs, which takes a C compiler to link it, and one for all others that the runtime compiles. Without a
    C compiler there is the one for all systems alone. Package makes both. Test makes a package of its own, installs it in
    a folder of its own and runs the Pester tests on it. Demo reconstructs a simulated series. Mutate reads 20,000
    damaged copies of the files of microscopes in ../shared/data/formats. Install copies the module to where PowerShell
    looks for modules. Docs makes a site of docs/ and the comments in the code, in output/docs/site.
.PARAMETER Task
    What to do: Build, Test, Fuzz, Package, Module and Tool (which build), Demo, Mutate, Install, Docs. Demo and Install take the module as it was
    built last; Fuzz damages 100,000 parameter files and 40,000 of each other kind and kills 200 runs. Several go in turn. [Build]
.PARAMETER Configuration
    Release or Debug. [Release]
.PARAMETER Output
    Folder for the module, the package and the demonstration's pictures. Test has its own. [output]
.PARAMETER ModulePath
    Where Install puts the module: CurrentUser, AllUsers, or a folder. [CurrentUser]
.EXAMPLE
    ./build.ps1
    Builds the module.
.EXAMPLE
    ./build.ps1 -Task Test
    Runs the Pester tests on a package made for them.
.EXAMPLE
    ./build.ps1 -Task Build, Install
    Builds the module and installs it for the current user; from then on `Import-Module FsRec` finds it.
.EXAMPLE
    ./build.ps1 -Task Build, Tool
    dotnet tool install --global FsRec.Cli --source ./output
    Makes the .NET tool and installs it; from then on `fsrec` is a command.
.EXAMPLE
    ./build.ps1 -Task Package
    Register-PSResourceRepository -Name Local -Uri (Resolve-Path output) -Trusted
    Install-PSResource FsRec -Repository Local
    Makes the packages and installs the module from the folder that they are in.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Fuzz', 'Package', 'Module', 'Tool', 'Demo', 'Mutate', 'Install', 'Docs')]
    [string[]] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    [string] $Output = (Join-Path $PSScriptRoot 'output'),

    [string] $ModulePath = 'CurrentUser'
)

$ErrorActionPreference = 'Stop'
$Output = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Output)
$project = Join-Path $PSScriptRoot 'src/FsRec.PowerShell'
$module = Join-Path $Output 'FsRec'

function Assert-Success([string] $What) {
    if ($LASTEXITCODE) {
        throw "$What failed with exit code $LASTEXITCODE."
    }
}

# In a process of its own, so that the assemblies can be built again afterwards.
function Invoke-Script([string] $Script, [string[]] $Arguments = @()) {
    & (Join-Path $PSScriptRoot 'tools/Invoke-PowerShell.ps1') -NoProfile -File (Join-Path $PSScriptRoot $Script) @Arguments
}

function Build {
    dotnet build $project -c $Configuration -t:AssembleModule "-p:ModuleOutput=$Output" -v:minimal
    Assert-Success 'The build'
}

function Test {
    Invoke-Script tests/Pester/run.ps1
    Assert-Success 'The Pester tests'
}

# A test is run whose full name is one of those; that there is none is no success.
function Invoke-Tests([string[]] $Name) {
    dotnet run -c $Configuration --project (Join-Path $PSScriptRoot 'tests/FsRec.Tests') -- @($Name | ForEach-Object { '-method', $_ }) | Tee-Object -Variable lines
    if (-not $LASTEXITCODE -and -not ($lines -match 'Total: [1-9]')) {
        throw "No test is named $($Name -join ' or ')."
    }
}

# Long runs of what dotnet test does shortly.
function Fuzz {
    $env:FSREC_FUZZ = 40000
    $env:FSREC_KILLS = 200
    try {
        Invoke-Tests '*DamagedFilesTests.*', '*Killed_at_any_moment*'
        Assert-Success 'Damaging files and killing runs'
    }
    finally {
        Remove-Item Env:FSREC_FUZZ, Env:FSREC_KILLS
    }
}

function Package {
    Module
    Tool
}

function Module {
    dotnet pack $project -c $Configuration -o $Output "-p:ModuleOutput=$Output" -v:minimal
    Assert-Success 'Packing'
    Get-Item (Join-Path $Output "FsRec.$((Get-BuiltVersion).Name).nupkg")
}

# For this system twice: the first makes the packages that name it, the second the program without a runtime that takes the place of its own.
function Tool {
    $program = Join-Path $PSScriptRoot 'src/FsRec.Cli'
    $system = & dotnet msbuild $program -getProperty:NETCoreSdkPortableRuntimeIdentifier
    # On Windows the linker is no command; where it is missing there, the compiler ahead of time says so.
    if (-not $IsWindows -and -not (Get-Command clang, gcc -CommandType Application -ErrorAction Ignore)) {
        Write-Warning 'No C compiler (clang or gcc) is there to link a program that is compiled ahead: the tool is made for all systems alone, and takes up to a second longer a run.'
        $system = 'any'
    }

    # Of an earlier time there may be packages of systems that these do not name.
    $packages = Join-Path $Output "FsRec.Cli*.$(& dotnet msbuild $program -getProperty:Version).nupkg"
    Remove-Item -Path $packages -ErrorAction Ignore
    $instructions = $system -like '*-x64' ? @('-p:IlcInstructionSet=x86-64-v3') : @()
    dotnet pack $program -c $Configuration -o $Output "-p:ToolRuntime=$system" -v:minimal
    Assert-Success 'Packing the tool'
    if ($system -ne 'any') {
        dotnet pack $program -c $Configuration -r $system -o $Output "-p:ToolRuntime=$system" -p:PublishAot=true @instructions -v:minimal
        Assert-Success 'Compiling the tool'
    }

    Get-Item $packages
}

function Demo {
    Invoke-Script examples/reconstruct.ps1 @('-Folder', (Join-Path $Output 'demo'))
    Assert-Success 'The demonstration'
}

# docfx comes by NuGet into the output folder: nobody needs it for anything else.
function Docs {
    $docfx = Join-Path $PSScriptRoot 'output/tools/docfx'
    if (-not (Test-Path -LiteralPath "$docfx*")) {
        dotnet tool install docfx --version 2.81.0 --tool-path (Split-Path $docfx)
        Assert-Success 'Getting docfx'
    }

    dotnet build (Join-Path $PSScriptRoot 'src/FsRec') -c Release -v:minimal
    Assert-Success 'The build'
    $site = New-Item -ItemType Directory -Force -Path (Join-Path $PSScriptRoot 'output/docs')
    Copy-Item -Path (@('docs/*', 'CHANGELOG.md', 'CONTRIBUTING.md') | ForEach-Object { Join-Path $PSScriptRoot $_ }) -Destination $site -Force
    # In the site all pages lie in one folder.
    foreach ($page in Get-ChildItem -LiteralPath $site -Filter *.md) {
        (Get-Content -Raw -LiteralPath $page) -replace '\]\((\.\./|docs/)', '](' | Set-Content -NoNewline -LiteralPath $page
    }

    # A dead link is a warning of docfx.
    & $docfx (Join-Path $site 'docfx.json') --logLevel warning --warningsAsErrors
    Assert-Success 'The site'
    Get-Item (Join-Path $PSScriptRoot 'output/docs/site/index.html')
}

# Each case ends in values or in an error that names the file, within two seconds and three times the file's memory.
function Mutate {
    $env:FSREC_MUTATIONS = 20000
    try {
        Invoke-Tests '*MutationTests.*'
        Assert-Success 'Reading damaged files'
    }
    finally {
        $env:FSREC_MUTATIONS = $null
    }
}

function Install {
    $version = Get-BuiltVersion
    $target = Join-Path (Get-ModulePath) 'FsRec' $version.Name
    if (Test-Path -LiteralPath $target) {
        Remove-Item -LiteralPath $target -Recurse -Force
    }

    Copy-Item -LiteralPath $version.FullName -Destination (New-Item -ItemType Directory -Force (Split-Path $target)) -Recurse
    Get-Item -LiteralPath $target
}

# The folder of the version that was built; there is one only, as a build empties the module's folder.
function Get-BuiltVersion {
    if (-not (Test-Path -LiteralPath $module)) {
        throw "There is no module in $module. Build it first: ./build.ps1"
    }

    Get-ChildItem -LiteralPath $module -Directory
}

# Where PowerShell looks for modules, which it tells for no scope by itself.
function Get-ModulePath {
    switch ($ModulePath) {
        CurrentUser {
            $IsWindows ? (Join-Path ([Environment]::GetFolderPath('MyDocuments')) 'PowerShell/Modules') :
                (Join-Path ($env:XDG_DATA_HOME ? $env:XDG_DATA_HOME : (Join-Path $HOME '.local/share')) 'powershell/Modules')
        }
        AllUsers { $IsWindows ? (Join-Path $env:ProgramFiles 'PowerShell/Modules') : '/usr/local/share/powershell/Modules' }
        default { $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($ModulePath) }
    }
}

foreach ($name in $Task) {
    & $name
}
