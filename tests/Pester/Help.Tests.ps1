BeforeDiscovery {
    . $PSScriptRoot/common.ps1
    $commands = @(Get-Command -Module FsRec | ForEach-Object { @{ Name = $_.Name } })
    $examples = foreach ($command in $commands) {
        $number = 0
        foreach ($example in (Get-Help $command.Name -Full).examples.example) {
            $number++
            @{ Name = $command.Name; Number = $number; Code = $example.code }
        }
    }
}

BeforeAll {
    . $PSScriptRoot/common.ps1
}

Describe 'Defaults in help' {
    It 'are values, and never the name of a type' {
        foreach ($command in Get-Command -Module FsRec -CommandType Cmdlet) {
            foreach ($parameter in (Get-Help $command.Name -Full).parameters.parameter) {
                "$($parameter.defaultValue)" | Should -Not -Match '^(System|FsRec)\.' -Because "$($command.Name) -$($parameter.name)"
            }
        }

        (Get-Help Invoke-FsrSweep -Parameter Set).defaultValue | Should -Be 'None'
    }
}

Describe 'Help of <Name>' -ForEach $commands {
    BeforeAll {
        $help = Get-Help $Name -Full
        $command = Get-Command $Name
    }

    It 'has a synopsis, a description, and what goes in and out' {
        $help.Synopsis | Should -Not -BeLike "*$Name*"
        $help.Synopsis.Length | Should -BeGreaterThan 15
        ($help.Description.Text -join ' ').Length | Should -BeGreaterThan 60
        $help.inputTypes.inputType | Should -Not -BeNullOrEmpty
        @($help.returnValues.returnValue.type.name) | Should -Be @($command.OutputType.Name | Select-Object -Unique)
    }

    It 'describes every parameter, and none that does not exist' {
        $own = @($command.Parameters.Keys | Where-Object { $_ -notin [Management.Automation.Cmdlet]::CommonParameters } | Sort-Object)
        @($help.parameters.parameter.name | Sort-Object) | Should -Be $own
        foreach ($parameter in $help.parameters.parameter) {
            $parameter.description.Text | Should -Not -BeNullOrEmpty -Because $parameter.name
            $parameter.defaultValue | Should -Not -BeNullOrEmpty -Because $parameter.name
        }
    }

    It 'states the default of every parameter that has one' {
        foreach ($parameter in $help.parameters.parameter | Where-Object defaultValue -EQ 'None') {
            $key = $parameter.description.Text -like 'The key *' ? [FsRec.Parameters.ParameterKeys]::Find($parameter.name) : $null
            $key.Default | Should -BeNullOrEmpty -Because $parameter.name
            if (-not $key -and $parameter.required -eq 'false') {
                # Values by key have none; of all others the description says what is taken.
                "$($parameter.description.Text)" | Should -Not -Match '\b(without (it|them)|instead of)\b' -Because $parameter.name
            }
        }
    }

    It 'says the unit of every number, and what holds where there is no default' {
        $unit = 'electrons/Å²|\b(nm|px|mrad|pm|kV|rad|seconds?|numbers?|share|times|relative|seed|threads|sums of so many)\b'
        foreach ($parameter in $help.parameters.parameter) {
            $type = $command.Parameters[$parameter.name].ParameterType
            $type = [Nullable]::GetUnderlyingType($type) ?? $type
            $number = ($type.IsArray ? $type.GetElementType() : $type) -in [int], [double]
            $key = [FsRec.Parameters.ParameterKeys]::Find($parameter.name)
            if ($key -and $parameter.description.Text -like 'The key *') {
                # Parameters that are made from the table of keys have its unit, and the parameters' own value when they are not given.
                $parameter.description.Text | Should -BeLike "*$($key.Unit)*" -Because $parameter.name
                continue
            }

            if ($number) {
                $parameter.description.Text | Should -Match $unit -Because "-$($parameter.name) is a number"
            }

            if ($parameter.required -eq 'false' -and $parameter.defaultValue -eq 'None') {
                $parameter.description.Text | Should -Match '\b(without (it|them)|instead of|in place of|replace)\b' -Because "-$($parameter.name) has no default"
            }
        }
    }

    It 'has all parameter sets' {
        @($help.syntax.syntaxItem) | Should -HaveCount $command.ParameterSets.Count
    }

    It 'has two examples at least, of valid commands with valid parameters' {
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
        foreach ($example in $help.examples.example) {
            $errors = $null
            $ast = [Management.Automation.Language.Parser]::ParseInput($example.code, [ref] $null, [ref] $errors)
            $errors | Should -HaveCount 0 -Because $example.code
            $example.remarks.Text | Should -Not -BeNullOrEmpty
            foreach ($call in $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) {
                $used = Get-Command $call.GetCommandName()
                foreach ($parameter in $call.CommandElements | Where-Object { $_ -is [Management.Automation.Language.CommandParameterAst] }) {
                    { $used.ResolveParameter($parameter.ParameterName) } | Should -Not -Throw -Because $example.code
                }
            }
        }
    }
}

Describe 'The examples of help' {
    # Each in a session of its own, which knows nothing, and in an empty folder: as somebody who copies it from the help.
    It '<Name>, example <Number>, runs as printed in an empty folder' -ForEach $examples {
        $folder = New-Item -ItemType Directory -Force -Path (Join-Path $TestDrive "$Name-$Number")
        $state = [initialsessionstate]::CreateDefault()
        $state.ImportPSModule(@($moduleBase))
        $shell = [powershell]::Create($state)
        try {
            $null = $shell.AddCommand('Set-Location').AddParameter('LiteralPath', $folder.FullName).Invoke()
            $shell.Commands.Clear()
            $output = @($shell.AddScript($Code).Invoke())
            @($shell.Streams.Error) | Should -BeNullOrEmpty -Because $Code
            $shell.HadErrors | Should -BeFalse -Because $Code
            # A question for what deserves a look may have no answer.
            ($output.Count -gt 0 -or $Code -like '*| Where-Object*') | Should -BeTrue -Because "it puts something out: $Code"
        }
        finally {
            $shell.Dispose()
        }
    }
}

Describe 'Get-Help -Online' {
    It 'has somewhere to go from <_>' -ForEach (Get-Command -Module FsRec).Name {
        $project = (Import-PowerShellDataFile (Join-Path $moduleBase 'FsRec.psd1')).PrivateData.PSData.ProjectUri
        $addresses = (Get-Help $_).relatedLinks.navigationLink.uri | Where-Object { $_ }
        $addresses | Should -Be "$project#powershell"
        [Uri]::IsWellFormedUriString($addresses, 'Absolute') | Should -BeTrue
    }
}

Describe 'Topics' {
    It '<_> is found by its name and says what it is about' -ForEach 'about_FsRec', 'about_FsRec_Parameters', 'about_FsRec_Conventions' {
        $text = "$(Get-Help $_)"
        $text | Should -Match "(?m)^TOPIC\s+$_\s*$"
        $text | Should -Match '(?m)^SHORT DESCRIPTION\s+\S'
        Get-Content (Join-Path $moduleBase "en-US/$_.help.txt") | Where-Object { $_.Length -gt 80 -and $_ -notmatch '^ {8}\w.*\[.*\]$' } | Should -BeNullOrEmpty -Because 'a console may be 80 wide'
    }

    It 'about_FsRec_Parameters has every key with unit, default and meaning' {
        $text = Get-Content -Raw (Join-Path $moduleBase 'en-US/about_FsRec_Parameters.help.txt')
        foreach ($key in [FsRec.Parameters.ParameterKeys]::All) {
            $unit = $key.Unit ? " \($([regex]::Escape($key.Unit))\)" : ''
            $default = $key.Default ? " \[$([regex]::Escape($key.Default.Trim('[', ']')))\]" : ''
            # A default that would make the line too long stands below the key.
            $text | Should -Match "(?m)^        $($key.Name)$unit(\n           )?$default\n            \S" -Because $key.Name
        }
    }

    It 'is what the comments, the table of keys and the cmdlets say today' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive 'help')
        $null = & (Join-Path $PSScriptRoot '../../src/FsRec.PowerShell/Help/write-help.ps1') -Folder $folder
        foreach ($file in Get-ChildItem $folder) {
            $committed = Get-Content (Join-Path $PSScriptRoot '../../module/FsRec/en-US' $file.Name)
            $stale = Compare-Object $committed (Get-Content $file.FullName) -SyncWindow 3 | ForEach-Object InputObject
            $stale | Should -BeNullOrEmpty -Because 'write-help.ps1 must be run when help changes'
        }
    }

    It 'about_FsRec_Conventions names the unit of every key' {
        $text = Get-Content -Raw (Join-Path $moduleBase 'en-US/about_FsRec_Conventions.help.txt')
        foreach ($unit in [FsRec.Parameters.ParameterKeys]::All.Unit | Where-Object { $_ } | Sort-Object -Unique) {
            $text | Should -Match "(?m)  $([regex]::Escape($unit))\s*$" -Because $unit
        }
    }

    It 'about_FsRec names every error id of the code' {
        $text = Get-Content -Raw (Join-Path $moduleBase 'en-US/about_FsRec.help.txt')
        $source = Get-ChildItem (Join-Path $PSScriptRoot '../../src/FsRec.PowerShell') -Recurse -Filter *.cs | Where-Object FullName -NotMatch '[\\/](obj|bin)[\\/]' | Get-Content -Raw
        $ids = [regex]::Matches($source -join "`n", '"([A-Z][A-Za-z]+)",\s*ErrorCategory') | ForEach-Object { $_.Groups[1].Value } | Sort-Object -Unique
        $ids.Count | Should -BeGreaterThan 10
        foreach ($id in $ids) {
            $text | Should -Match "\b$id\b" -Because $id
        }
    }
}

Describe 'Completion' {
    It 'offers the keys of the parameter file for -Set, with their meaning' {
        $line = 'Import-FsrParameter config.fsr -Set Lim'
        $matches = @((TabExpansion2 $line $line.Length).CompletionMatches | Where-Object CompletionText -Like '@{*')
        $matches | Should -HaveCount 1
        $matches[0].CompletionText | Should -Be '@{ Limit = '
        $matches[0].ToolTip | Should -BeLike '*1/nm*'
    }

    It 'offers every key when nothing is typed' {
        $line = 'Invoke-FsrReconstruction -Set '
        @((TabExpansion2 $line $line.Length).CompletionMatches) | Should -HaveCount ([FsRec.Parameters.ParameterKeys]::All.Count)
    }

    It 'offers the specimens and colours' {
        $line = 'New-FsrSimulatedSeries -Specimen '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'GoldParticle'
        $line = 'Export-FsrImage -ColorMap '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'Cyclic'
    }
}
