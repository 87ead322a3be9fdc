BeforeAll {
    . $PSScriptRoot/common.ps1
}

Describe 'Get-FsrMicroscope' {
    It 'lists microscopes with plausible values' {
        $all = Get-FsrMicroscope
        $all | Should -BeOfType FsRec.Formats.Microscopes.MicroscopePreset
        $all.Count | Should -BeGreaterThan 3
        foreach ($one in $all) {
            $one.Voltage | Should -BeGreaterThan 19 -Because $one
            $one.Voltage | Should -BeLessThan 1501 -Because $one
            $one.FocusSpread | Should -BeGreaterThan 0 -Because $one
            $one.Description | Should -Not -BeNullOrEmpty -Because $one
        }
    }

    It 'says in full where the values come from' {
        $one = Get-FsrMicroscope titan-300-corrected
        $one.Origin | Should -Not -BeNullOrEmpty
        $text = ($one | Format-List | Out-String -Width 200) -replace "\e\[[\d;]*m"
        $text | Should -Match "Origin\s*: $([regex]::Escape($one.Origin.Substring(0, 20)))"
    }

    It 'names what a name may have meant: <Name>' -ForEach @(
        @{ Name = 'titan-300-stvin'; Text = '*The nearest name is titan-300-stwin.*' }
        @{ Name = 'titan'; Text = '*Names that begin so: titan-200-corrected, titan-300-corrected, titan-300-stwin, titan-80-corrected. Get-FsrMicroscope*' }
    ) {
        "$(Get-CommandError { Get-FsrMicroscope $Name })" | Should -BeLike $Text
    }

    It 'finds by name, in any case, and by wildcards' {
        (Get-FsrMicroscope TITAN-300-corrected).Voltage | Should -Be 300
        @(Get-FsrMicroscope titan*).Count | Should -BeGreaterThan 0
        Get-FsrMicroscope no-such* | Should -BeNullOrEmpty
    }

    It 'finds by name in any case where I and i are two letters' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'tr-TR'
            (Get-FsrMicroscope TITAN-300-corrected).Voltage | Should -Be 300
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }

    It 'names one that is not known' {
        $record = Get-CommandError { Get-FsrMicroscope no-such }
        $record.FullyQualifiedErrorId | Should -BeLike 'MicroscopeUnknown,*'
        $record.TargetObject | Should -Be 'no-such'
    }

    It 'takes the facility''s own file' {
        $path = Join-Path $TestDrive 'own.json'
        Set-Content $path '{ "microscopes": [ { "name": "ours", "description": "the one in the cellar", "voltage": 120, "c3": 2e6, "focusSpread": 5, "semiconvergence": 0.3, "imageSpread": 30 } ] }'
        $ours = Get-FsrMicroscope ours -Path $path
        $ours.Voltage, $ours.C3 | Should -Be 120, 2e6
        $ours.Source | Should -BeLike '*own.json'
        Set-Content $path '{ "microscopes": [ { "name": "ours", "voltage": "many" } ] }'
        "$(Get-CommandError { Get-FsrMicroscope ours -Path $path })" | Should -BeLike '*own.json*'
    }
}
