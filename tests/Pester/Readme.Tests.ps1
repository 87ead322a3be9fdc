BeforeDiscovery {
    . $PSScriptRoot/common.ps1
    $text = Get-Content -Raw (Join-Path $repository 'README.md')
    $blocks = @([regex]::Matches($text, '(?ms)^```powershell\r?\n(.*?)^```').ForEach{ $_.Groups[1].Value })
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    $text = Get-Content -Raw (Join-Path $repository 'README.md')
    $blocks = @([regex]::Matches($text, '(?ms)^```powershell\r?\n(.*?)^```').ForEach{ $_.Groups[1].Value })
}

Describe 'The README' {
    It 'has its PowerShell lines run as printed, one after another in an empty folder' {
        $place = (New-Item -ItemType Directory (Join-Path $TestDrive 'readme')).FullName
        # The built module, where a clone has it; and files as a microscope writes them, of which the section before speaks.
        $null = New-Item -ItemType Directory (Join-Path $place 'output')
        Copy-Item $moduleFolder (Join-Path $place 'output/FsRec') -Recurse
        $blocks.Count | Should -BeGreaterOrEqual 3
        foreach ($block in $blocks) {
            foreach ($line in $block -split "`n" | Where-Object { $_ -match '\S' }) {
                $parsed = $null
                $null = [Management.Automation.Language.Parser]::ParseInput($line, [ref] $null, [ref] $parsed)
                $parsed | Should -HaveCount 0 -Because $line
            }
        }

        # What opens a browser and what needs a microscope's own files are known by their command.
        $lines = ($blocks -join "`n") -split "`n" | Where-Object { $_ -match '\S' -and $_ -notmatch '\*\.dm4' } | ForEach-Object { $_ -replace '\| Invoke-Item', '' }
        $script = @("Set-Location '$place'", '$ErrorActionPreference = ''Stop''', '$WarningPreference = ''SilentlyContinue''') + $lines + "'whole'"
        $said = (Invoke-Fresh ($script -join "`n")) -replace "\e\[[\d;]*m"
        $said.TrimEnd() | Should -BeLike '*whole'
        foreach ($file in 'config.fsr', 'results/config.wav', 'wave_phase.png', 'results/five.wav', 'results/six.wav') {
            Join-Path $place 'fsrec-walk' $file | Should -Exist
        }

        # Tables are tables.
        $said | Should -Match '(?m)^Iteration +LargestMove'
        $said | Should -Match '(?m)^ImageNumber|^ *ImageN'
        $said | Should -Match '(?m)^ *Frequency +Amplitude'
    }

    It 'has its lines for files of a microscope run on such files' {
        $line = [regex]::Match($text, '(?m)^Import-FocalSeries \*\.dm4.*$').Value
        $line | Should -Not -BeNullOrEmpty
        $place = (New-Item -ItemType Directory (Join-Path $TestDrive 'stack')).FullName
        Push-Location $place
        try {
            $null = New-FsrSimulatedSeries -Size 96 -FrameCount 6 | Export-FocalSeries stack.mrc
            # No writer of ours makes Gatan's files; the line is the same for others.
            $null = Invoke-Expression ($line -replace '\*\.dm4', '*.mrc')  3>$null
            'wave.tif' | Should -Exist
        }
        finally {
            Pop-Location
        }
    }
}
