#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Writes the cmdlets' help file from cmdlets.psd1, the comments on the parameters and the built module, and
    about_FsRec_Parameters from the library's table of keys.
.DESCRIPTION
    Run it after a build whenever a cmdlet, a key or its help changes, and commit what it writes to module/FsRec/en-US:
    ./build.ps1; ./src/FsRec.PowerShell/Help/write-help.ps1
.PARAMETER Configuration
    The build whose comments are taken. [Release]
.PARAMETER Folder
    Folder for the files. [module/FsRec/en-US]
#>
[CmdletBinding()]
param(
    [string] $Configuration = 'Release',
    [string] $Folder = (Join-Path $PSScriptRoot '../../../module/FsRec/en-US')
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
$root = Join-Path $PSScriptRoot '../../..'
if (-not (Get-Module FsRec)) {
    Import-Module (Join-Path $root 'output/FsRec')
}

$project = ([xml](Get-Content -Raw (Join-Path $root 'Directory.Build.props'))).Project.PropertyGroup.PackageProjectUrl
$texts = Import-PowerShellDataFile (Join-Path $PSScriptRoot 'cmdlets.psd1')
$comments = [xml](Get-Content -Raw (Join-Path $root "src/FsRec.PowerShell/bin/$Configuration/net8.0/FsRec.PowerShell.xml"))
$common = [Management.Automation.Cmdlet]::CommonParameters
$spaces = @{
    maml    = 'http://schemas.microsoft.com/maml/2004/10'
    command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
    dev     = 'http://schemas.microsoft.com/maml/dev/2004/10'
}
$standard = @{
    WhatIf  = 'Shows what would be done, without doing it.'
    Confirm = 'Asks before anything is done.'
}

# The key of the parameter file that a parameter stands for, if it has no property of its own.
function Get-Key([type] $Type, [string] $Name) {
    if (-not $Type.GetProperty($Name)) {
        [FsRec.Parameters.ParameterKeys]::Find($Name)
    }
}

# The comment on a parameter's property, in the class that declares it.
function Get-Description([type] $Type, [string] $Name) {
    if ($standard.ContainsKey($Name)) {
        return $standard[$Name]
    }

    if ($key = Get-Key $Type $Name) {
        return "The key $($key.Name): $([char]::ToLowerInvariant($key.Description[0]))$($key.Description.Substring(1))$($key.Unit ? ", in $($key.Unit)" : '')."
    }

    $declaring = $Type.GetProperty($Name).DeclaringType
    $declaring = $declaring.IsGenericType ? $declaring.GetGenericTypeDefinition() : $declaring
    $id = 'P:{0}.{1}' -f $declaring.FullName, $Name
    $member = $comments.doc.members.member | Where-Object name -EQ $id
    if (-not $member) {
        throw "There is no comment $id."
    }

    $summary = $member.SelectSingleNode('summary')
    foreach ($see in @($summary.SelectNodes('see'))) {
        $word = $see.HasAttribute('langword') ? $see.GetAttribute('langword') : ($see.GetAttribute('cref') -split '\.')[-1]
        $null = $see.ParentNode.ReplaceChild($comments.CreateTextNode($word), $see)
    }

    ($summary.InnerText -replace '\s+', ' ').Trim()
}

# What a number may be, from the attribute that checks it.
function Get-Bounds($Info) {
    $range = $Info.Attributes | Where-Object { $_ -is [ValidateRange] }
    if ($range) {
        $most = $range.MaxRange -eq [int]::MaxValue ? ' or more.' : [string]::Format([cultureinfo]::InvariantCulture, ' to {0}.', $range.MaxRange)
        [string]::Format([cultureinfo]::InvariantCulture, ' {0}{1}', $range.MinRange, $most)
    }
}

# The words that a parameter takes.
function Get-Choices($Info, [type] $ParameterType) {
    $element = $ParameterType.IsArray ? $ParameterType.GetElementType() : $ParameterType
    $element.IsEnum ? [enum]::GetNames($element) : @($Info.Attributes | Where-Object { $_ -is [ValidateSet] } | ForEach-Object ValidValues)
}

# What is taken when nobody gives the parameter: what the property holds, or else what its comment says is done without it.
function Get-Default([object] $Cmdlet, [string] $Name, [type] $ParameterType, [string] $Description) {
    if ($key = Get-Key $Cmdlet.GetType() $Name) {
        return $key.Default ? "$($key.Default), where the parameters have no other" : 'None'
    }

    if ($standard.ContainsKey($Name) -or $ParameterType -eq [switch]) {
        return 'False'
    }

    $property = $Cmdlet.GetType().GetProperty($Name)
    $value = $property.GetValue($Cmdlet)
    # A table or a list that is empty, and what must be given, has no default.
    if ($null -eq $value -or ($value -is [Collections.ICollection] -and $value.Count -eq 0) -or
        [Reflection.CustomAttributeExtensions]::GetCustomAttributes($property, [Management.Automation.ParameterAttribute]).Mandatory -contains $true -or $value -is [FsRec.Parameters.ReconstructionParameters] -or ($value -is [array] -and $value.Count -eq 0) -or ($value -is [string] -and $value -eq '')) {
        return $Description -match '(?i)\b(?:without (?:it|them)|instead of) (.+?)(?:;|\. |\.$|$)' ? ($Matches[1] -replace '^they are ') : 'None'
    }

    $text = @($value | ForEach-Object { [Convert]::ToString($_, [cultureinfo]::InvariantCulture) }) -join ', '
    if ($text -match '^(System|FsRec)\.') {
        throw "The default of $($Cmdlet.GetType().Name) -$Name prints as the name of a type, $text."
    }

    $text
}

function Write-Text([Xml.XmlWriter] $Writer, [string] $Element, [string[]] $Paragraphs) {
    $Writer.WriteStartElement('maml', $Element, $spaces.maml)
    foreach ($paragraph in $Paragraphs) {
        $Writer.WriteElementString('maml', 'para', $spaces.maml, $paragraph)
    }

    $Writer.WriteEndElement()
}

function Write-Parameter([Xml.XmlWriter] $Writer, [hashtable] $Parameter, [switch] $InSyntax) {
    $Writer.WriteStartElement('command', 'parameter', $spaces.command)
    foreach ($name in 'required', 'globbing', 'pipelineInput', 'position', 'aliases') {
        $Writer.WriteAttributeString($name, $Parameter[$name])
    }

    $Writer.WriteElementString('maml', 'name', $spaces.maml, $Parameter.name)
    Write-Text $Writer 'description' $Parameter.description
    if ($InSyntax -and $Parameter.choices) {
        $Writer.WriteStartElement('command', 'parameterValueGroup', $spaces.command)
        foreach ($choice in $Parameter.choices) {
            $Writer.WriteStartElement('command', 'parameterValue', $spaces.command)
            $Writer.WriteAttributeString('required', 'false')
            $Writer.WriteString($choice)
            $Writer.WriteEndElement()
        }

        $Writer.WriteEndElement()
    }

    if (-not ($InSyntax -and $Parameter.type -eq 'SwitchParameter')) {
        $Writer.WriteStartElement('command', 'parameterValue', $spaces.command)
        $Writer.WriteAttributeString('required', 'true')
        $Writer.WriteString($Parameter.type)
        $Writer.WriteEndElement()
    }

    $Writer.WriteStartElement('dev', 'type', $spaces.dev)
    $Writer.WriteElementString('maml', 'name', $spaces.maml, $Parameter.type)
    $Writer.WriteEndElement()
    $Writer.WriteElementString('dev', 'defaultValue', $spaces.dev, $Parameter.default)
    $Writer.WriteEndElement()
}

function Get-ParameterHelp($Command, $Cmdlet, $Info, $Set) {
    $pipeline = @(if ($Set.ValueFromPipeline) { 'ByValue' }; if ($Set.ValueFromPipelineByPropertyName) { 'ByPropertyName' })
    $type = [Nullable]::GetUnderlyingType($Info.ParameterType) ?? $Info.ParameterType
    $description = Get-Description $Command.ImplementingType $Info.Name
    @{
        name          = $Info.Name
        required      = "$($Set.IsMandatory)".ToLowerInvariant()
        globbing      = "$(@($Info.Attributes | Where-Object { $_ -is [SupportsWildcards] }).Count -gt 0)".ToLowerInvariant()
        pipelineInput = $pipeline ? "True ($($pipeline -join ', '))" : 'False'
        position      = $Set.Position -ge 0 ? "$($Set.Position)" : 'named'
        aliases       = $Info.Aliases.Count ? ($Info.Aliases -join ', ') : 'none'
        type          = $type.Name -eq 'SwitchParameter' ? 'SwitchParameter' : ($type -eq [Collections.IDictionary] ? 'IDictionary' : $type.Name)
        choices       = @(Get-Choices $Info $type)
        description   = $description + (Get-Bounds $Info)
        default       = Get-Default $Cmdlet $Info.Name $type $description
    }
}

# The other cmdlets of the noun, and the topics that matter.
function Get-Links($Command) {
    Get-Command -Module FsRec -Noun $Command.Noun | Where-Object Name -NE $Command.Name | ForEach-Object Name
    'about_FsRec'
    'about_FsRec_Conventions'
    if ($Command.Parameters.Keys -contains 'Set') {
        'about_FsRec_Parameters'
    }
}

function Write-Command([Xml.XmlWriter] $Writer, $Command, [hashtable] $Text) {
    $cmdlet = [Activator]::CreateInstance($Command.ImplementingType)
    $Writer.WriteStartElement('command', 'command', $spaces.command)
    $Writer.WriteAttributeString('xmlns', 'maml', 'http://www.w3.org/2000/xmlns/', $spaces.maml)
    $Writer.WriteAttributeString('xmlns', 'dev', 'http://www.w3.org/2000/xmlns/', $spaces.dev)

    $Writer.WriteStartElement('command', 'details', $spaces.command)
    $Writer.WriteElementString('command', 'name', $spaces.command, $Command.Name)
    Write-Text $Writer 'description' $Text.Synopsis
    $Writer.WriteElementString('command', 'verb', $spaces.command, $Command.Verb)
    $Writer.WriteElementString('command', 'noun', $spaces.command, $Command.Noun)
    $Writer.WriteEndElement()
    Write-Text $Writer 'description' $Text.Description

    $all = [ordered]@{}
    $Writer.WriteStartElement('command', 'syntax', $spaces.command)
    foreach ($set in $Command.ParameterSets) {
        $Writer.WriteStartElement('command', 'syntaxItem', $spaces.command)
        $Writer.WriteElementString('maml', 'name', $spaces.maml, $Command.Name)
        foreach ($use in $set.Parameters | Where-Object Name -NotIn $common) {
            $help = Get-ParameterHelp $Command $cmdlet $Command.Parameters[$use.Name] $use
            Write-Parameter $Writer $help -InSyntax
            $all[$use.Name] ??= $help
        }

        $Writer.WriteEndElement()
    }

    $Writer.WriteEndElement()
    $Writer.WriteStartElement('command', 'parameters', $spaces.command)
    foreach ($name in $all.Keys | Sort-Object) {
        Write-Parameter $Writer $all[$name]
    }

    $Writer.WriteEndElement()
    foreach ($kind in @(@('inputTypes', 'inputType', @($Text.Inputs)), @('returnValues', 'returnValue', @($Command.OutputType.Name | Select-Object -Unique)))) {
        $Writer.WriteStartElement('command', $kind[0], $spaces.command)
        foreach ($type in $kind[2]) {
            $Writer.WriteStartElement('command', $kind[1], $spaces.command)
            $Writer.WriteStartElement('dev', 'type', $spaces.dev)
            $Writer.WriteElementString('maml', 'name', $spaces.maml, $type)
            $Writer.WriteEndElement()
            $Writer.WriteEndElement()
        }

        $Writer.WriteEndElement()
    }

    $Writer.WriteStartElement('command', 'examples', $spaces.command)
    $number = 0
    foreach ($example in $Text.Examples) {
        $number++
        $Writer.WriteStartElement('command', 'example', $spaces.command)
        $Writer.WriteElementString('maml', 'title', $spaces.maml, "-------------------------- Example $number --------------------------")
        $Writer.WriteElementString('dev', 'code', $spaces.dev, $example.Code)
        $Writer.WriteStartElement('dev', 'remarks', $spaces.dev)
        foreach ($paragraph in $example.Remarks, '', '') {
            $Writer.WriteElementString('maml', 'para', $spaces.maml, $paragraph)
        }

        $Writer.WriteEndElement()
        $Writer.WriteEndElement()
    }

    $Writer.WriteEndElement()
    $Writer.WriteStartElement('command', 'relatedLinks', $spaces.command)
    # The first that has an address is where Get-Help -Online goes.
    $links = @(@{ Text = 'Online version'; Uri = "$project#powershell" }) + @(Get-Links $Command | ForEach-Object { @{ Text = $_; Uri = '' } })
    foreach ($link in $links) {
        $Writer.WriteStartElement('maml', 'navigationLink', $spaces.maml)
        $Writer.WriteElementString('maml', 'linkText', $spaces.maml, $link.Text)
        $Writer.WriteElementString('maml', 'uri', $spaces.maml, $link.Uri)
        $Writer.WriteEndElement()
    }

    $Writer.WriteEndElement()
    $Writer.WriteEndElement()
}

$path = Join-Path (Resolve-Path -LiteralPath $Folder) 'FsRec.PowerShell.dll-Help.xml'
$settings = [Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; Encoding = [Text.UTF8Encoding]::new($false) }
$writer = [Xml.XmlWriter]::Create($path, $settings)
try {
    $writer.WriteStartElement('helpItems', 'http://msh')
    $writer.WriteAttributeString('schema', 'maml')
    foreach ($command in Get-Command -Module FsRec | Sort-Object Name) {
        Write-Command $writer $command $texts[$command.Name]
    }

    $writer.WriteEndElement()
}
finally {
    $writer.Dispose()
}

Add-Content -LiteralPath $path -Value "`n" -NoNewline

# What a value of a key looks like: the words to choose from, or its form and bounds.
function Get-Form($Key) {
    if ($Key.Kind -eq 'ChoiceList') {
        $words = @($Key.Choices | Where-Object { $_ -notin 'On', 'Off' })
        return "On, Off, or one or more of $($words -join ', ')."
    }

    if ($Key.Choices.Count) {
        return "One of $($Key.Choices -join ', ')."
    }

    $form = switch ($Key.Kind) {
        Boolean { 'On or Off' }
        WholeNumber { 'A whole number' }
        Number { 'A number' }
        WholeNumberPair { 'Two whole numbers, rows and columns, each' }
        NumberPair { 'Two numbers, rows and columns, each' }
        Band { 'A lower and an upper frequency, each' }
        NumberList { 'Two numbers or more, each' }
        ImageRange { 'A list of image numbers and [first,last] ranges, each' }
        default { 'A text' }
    }
    "$form $($Key.Bounds)".Trim() -replace ', each$' | ForEach-Object { "$_." }
}

# A text in lines of at most 80 characters.
function Get-Lines([string] $Text, [int] $Indent) {
    [regex]::Matches($Text, "\S(.{0,$(78 - $Indent)}\S)?(?=\s|$)") | ForEach-Object { (' ' * $Indent) + $_.Value }
}

# The keys of the parameter file, from the library's own table.
$topic = @(
    'TOPIC'
    '    about_FsRec_Parameters'
    ''
    'SHORT DESCRIPTION'
    '    The keys of the parameter file (PRM), which -Set takes as well.'
    ''
    'LONG DESCRIPTION'
    '    A parameter file has sections in brackets and one key=value a line; what'
    '    follows # or ; is a comment. Keys may be written in any case. Folders may be'
    '    relative to the file. -Set puts values over those of the file; a folder that'
    '    -Set gives is relative to the current location:'
    ''
    '        Import-FocalSeries config.fsr -Set @{ Limit = 5; Outputfilter = 0.5, 4 }'
    ''
    '    Lists are arrays, switches are $true or $false, or On and Off. Behind each'
    '    key stand its unit in parentheses and its default in brackets; a key without'
    '    a default must be in the file.'
    foreach ($section in [FsRec.Parameters.ParameterKeys]::All | Group-Object Section) {
        ''
        "    [$($section.Name)]"
        foreach ($key in $section.Group) {
            $unit = $key.Unit ? " ($($key.Unit))" : ''
            $default = $key.Default ? " [$($key.Default.Trim('[', ']'))]" : ''
            # A default that makes the line too long goes below it.
            $head = "        $($key.Name)$unit$default"
            if ($head.Length -le 80) { $head } else { "        $($key.Name)$unit"; Get-Lines $default.Trim() 12 }
            $also = $key.Aliases.Count ? " Also written $($key.Aliases -join ', ')." : ''
            Get-Lines "$($key.Description). $(Get-Form $key)$also" 12
        }
    }
    ''
    'SEE ALSO'
    '    about_FsRec'
    '    about_FsRec_Conventions'
    '    Test-FsrParameter'
)
$about = Join-Path (Split-Path $path) 'about_FsRec_Parameters.help.txt'
[IO.File]::WriteAllText($about, ($topic -join "`n") + "`n")
Get-Item $path, $about
