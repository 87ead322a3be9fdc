BeforeAll {
    . $PSScriptRoot/common.ps1
    $config = New-TestSeries (Join-Path $TestDrive 'series')
    $run = Invoke-FsrRun $config -WarningAction SilentlyContinue
}

Describe 'Export-FsrReport' {
    It 'writes one page beside the results, the verdict first' {
        $file = $run | Export-FsrReport -ParameterFile $config
        $file.FullName | Should -Be (Join-Path $TestDrive 'series' 'results' 'out_report.html')
        $page = Get-Content -Raw $file
        $page | Should -Match 'id="verdict"'
        $page | Should -Match 'parameter file, line \d+'
        $page | Should -Not -Match '(src|href)="https?:'
    }

    It 'takes a reconstruction, an autofocus and a step analysis' {
        ($run.Reconstruction | Export-FsrReport (Join-Path $TestDrive 'r') -NoResolution).Name | Should -Be 'r.html'
        ($run | Invoke-FsrAutofocus -WarningAction SilentlyContinue | Export-FsrReport (Join-Path $TestDrive 'a.html')).Name | Should -Be 'a.html'
        Get-Content -Raw (Join-Path $TestDrive 'a.html') | Should -Match 'least contrast at'
        ($run | Measure-FsrFocusStep -WarningAction SilentlyContinue | Export-FsrReport $TestDrive).Name | Should -Be 'out_report.html'
    }

    It 'makes one page of the rows of a sweep' {
        $file = Invoke-FsrSweep $config -Set @{ Filtercutoff = 0.05, 0.1 } -WarningAction SilentlyContinue | Export-FsrReport (Join-Path $TestDrive 'sweep.html')
        $file | Should -HaveCount 1
        $page = Get-Content -Raw $file
        [regex]::Matches($page, '<td><img').Count | Should -Be 2
        $page | Should -Match 'Filtercutoff'
    }

    It 'says what has nothing to report' {
        (Get-CommandError { 'text' | Export-FsrReport $TestDrive }).FullyQualifiedErrorId | Should -BeLike 'NothingToReport,*'
        "$(Get-CommandError { $run.Aligned | Export-FsrReport $TestDrive })" | Should -BeLike 'Export-FsrReport takes a run, of Invoke-FsrRun, or a reconstruction, of Invoke-FsrReconstruction, or *; this is an aligned series.'
        "$(Get-CommandError { $run.Reconstruction.History[0] | Export-FsrReport $TestDrive })" | Should -BeLike '*this is an iteration.'
        $early = Invoke-FsrRun $config -PrealignOnly -WarningAction Ignore
        "$(Get-CommandError { $early | Export-FsrReport $TestDrive })" | Should -BeLike '*a run that ended before a reconstruction*'
    }
}
