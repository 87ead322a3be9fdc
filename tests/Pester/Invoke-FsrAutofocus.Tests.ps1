BeforeAll {
    . $PSScriptRoot/common.ps1
    $made = New-FsrSimulatedSeries (Join-Path $TestDrive 'made') -Size 160 -FrameCount 10 -Drift 1 -StepError 0.03 -Name focus
    $reconstruction = $made | Import-FocalSeries | Invoke-FsrReconstruction -Iterations 3
}

Describe 'Invoke-FsrAutofocus' {
    It 'finds a focus and corrects wave and foci by it' {
        $result = $reconstruction | Invoke-FsrAutofocus -WarningAction SilentlyContinue
        $result | Should -BeOfType FsRec.Focus.AutofocusResult
        [Math]::Abs($result.Foci[0].Defocus + $result.Focus - $reconstruction.Series.Foci[0]) | Should -BeLessThan 1e-6
        $result.Curve.Count | Should -BeGreaterThan 10
        $result | Format-Table | Out-String -Width 200 | Should -BeLike '*Focus SearchStep*'
    }

    It 'goes on into a reconstruction and into files' {
        $result = $reconstruction | Invoke-FsrAutofocus -WarningAction SilentlyContinue
        ($result | Invoke-FsrReconstruction -Iterations 1).Series.Foci | Should -Be $result.Reconstruction.Series.Foci
        # The wave belongs to the corrected foci, which are not those of the parameters.
        ($result | Export-FsrWave (Join-Path $TestDrive 'focused')).Name | Should -Be 'focused.wav', 'focused_filt.wav', 'focused_dxy.csv', 'focused_foci.csv'
    }

    It 'takes a wave with its series' {
        $again = $reconstruction.Wave | Invoke-FsrAutofocus -Series $reconstruction -WarningAction SilentlyContinue
        [Math]::Abs($again.Focus - ($reconstruction | Invoke-FsrAutofocus -WarningAction SilentlyContinue).Focus) | Should -BeLessThan 0.1
    }

    It 'warns when the focus lies at the end of the range' {
        $null = $reconstruction | Invoke-FsrAutofocus -Set @{ Autofocusrange = 0.5 } -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLike '*left as they were*Autofocusrange*'
    }

    It 'warns of a wave that was read and made with other parameters than the series' {
        $path = ($reconstruction | Export-FsrWave (Join-Path $TestDrive 'alone.tif'))[0].FullName
        $series = $made | Import-FocalSeries -Set @{ Foci = '-60,30' }
        $null = Import-FsrWave $path | Invoke-FsrAutofocus -Series $series -WarningVariable warnings -WarningAction SilentlyContinue
        @($warnings.Message) -like 'WaveOfOtherParameters:*Foci=*' | Should -HaveCount 1
        $null = Import-FsrWave $path | Invoke-FsrAutofocus -Series $reconstruction.Series -WarningVariable warnings -WarningAction SilentlyContinue
        @($warnings.Message) -like 'WaveOfOtherParameters:*' | Should -BeNullOrEmpty
    }
}
