BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot '../../output/FsRec')
    $commands = @(Get-Command -Module FsRec | ForEach-Object { @{ Name = $_.Name } })
}

BeforeAll {
    . $PSScriptRoot/common.ps1
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

Describe 'Topics' {
    It 'about_<_> is found' -ForEach 'FsRec', 'FsRecParameters' {
        "$(Get-Help "about_$_")" | Should -BeLike "*about_$_*"
    }

    It 'about_FsRecParameters has every key' {
        $text = Get-Content -Raw (Join-Path $moduleBase 'en-US/about_FsRecParameters.help.txt')
        foreach ($key in [FsRec.Parameters.ParameterKeys]::All) {
            $text | Should -Match "(?m)^        $($key.Name)\b" -Because $key.Name
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
