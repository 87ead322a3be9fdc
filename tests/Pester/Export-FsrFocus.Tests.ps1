BeforeAll {
    . $PSScriptRoot/common.ps1
    $config = New-TestSeries (Join-Path $TestDrive 'series')
    $series = Import-FocalSeries $config
}

Describe 'Export-FsrFocus and Import-FsrFocus' {
    It 'write and read the foci of a series' {
        $file = $series | Export-FsrFocus
        $file.FullName | Should -Be (Join-Path $TestDrive 'series' 'results' 'out_foci.csv')
        $read = @(Import-FsrFocus $file)
        $read | Should -BeOfType FsRec.FrameFocus
        $read.Defocus | Should -Be @($series.Foci | ForEach-Object { [Math]::Round($_, 6) })
        @($series | Import-FsrFocus).Defocus | Should -Be $read.Defocus
        (Import-FocalSeries $config -Focus $read).Foci | Should -Be $read.Defocus
    }

    It 'write those of whatever carries a series, and foci by themselves' {
        $aligned = $series | Invoke-FsrPrealignment
        ($aligned | Export-FsrFocus (Join-Path $TestDrive 'aligned.csv')).Name | Should -Be 'aligned.csv'
        ($aligned | Invoke-FsrReconstruction -Iterations 1 | Export-FsrFocus $TestDrive).Name | Should -Be 'out_foci.csv'
        $file = [FsRec.FrameFocus]::new(3, -41.5), [FsRec.FrameFocus]::new(4, -40) | Export-FsrFocus (Join-Path $TestDrive 'mine.csv')
        @(Import-FsrFocus $file).ImageNumber | Should -Be 3, 4
    }

    It 'write the refined foci of an analysis of focus steps, beside the results where no path is given' {
        $analysis = $series | Invoke-FsrReconstruction -Iterations 1 | Measure-FsrFocusStep
        $file = $analysis | Export-FsrFocus (Join-Path $TestDrive 'steps.csv')
        @(Import-FsrFocus $file).Defocus | Should -Be @($analysis.RefinedFoci | ForEach-Object { [Math]::Round($_.Defocus, 6) })
        ($analysis | Export-FsrFocus).FullName | Should -Be (Join-Path $TestDrive 'series' 'results' 'out_foci.csv')
        ($analysis | Export-FsrFocus $file.FullName -PassThru) | Should -BeOfType FsRec.Focus.FocusStepAnalysis
    }

    It 'honour -WhatIf and -NoClobber' {
        $path = Join-Path $TestDrive 'what.csv'
        $series | Export-FsrFocus $path -WhatIf | Should -BeNullOrEmpty
        $path | Should -Not -Exist
        $null = $series | Export-FsrFocus $path
        (Get-CommandError { $series | Export-FsrFocus $path -NoClobber }).FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
    }
}
