BeforeAll {
    . $PSScriptRoot/common.ps1
    $series = Import-FocalSeries (New-TestSeries (Join-Path $TestDrive 'series'))
    $reconstruction = $series | Invoke-FsrReconstruction -Method Wiener -Iterations 2 -WarningAction SilentlyContinue
}

Describe 'Export-FsrPlot' {
    It 'plots all that a reconstruction has, beside its results' {
        $files = $reconstruction | Export-FsrPlot
        $files.Name | Should -Be 'out_drift.svg', 'out_convergence.svg', 'out_focus.svg', 'out_chisquare.svg', 'out_uncertainty.svg', 'out_transfer.svg'
        $files.ForEach{ ([xml](Get-Content -Raw $_)).svg.role | Should -Be 'img' }
    }

    It 'writes PNG and SVG, of the size asked for' {
        $files = $reconstruction | Export-FsrPlot (Join-Path $TestDrive 'p') -Kind Drift -Format Png, Svg -Scale 1
        $files.Name | Should -Be 'p_drift.png', 'p_drift.svg'
        $bytes = [IO.File]::ReadAllBytes($files[0])
        (256 * $bytes[18] + $bytes[19]) | Should -Be 640
    }

    It 'plots what the analyses find' {
        ($reconstruction | Measure-FsrResolution | Export-FsrPlot $TestDrive).Name | Should -Be 'out_resolution.svg'
        ($reconstruction | Measure-FsrFocusStep -WarningAction SilentlyContinue | Export-FsrPlot $TestDrive).Name | Should -Be 'out_steps.svg'
        ($reconstruction | Invoke-FsrAutofocus -WarningAction SilentlyContinue | Export-FsrPlot $TestDrive).Name | Should -Be 'out_autofocus.svg'
        ($series | Export-FsrPlot $TestDrive).Name | Should -Be 'out_transfer.svg'
        ($series | Invoke-FsrPrealignment | Export-FsrPlot $TestDrive).Name | Should -Be 'out_drift.svg', 'out_transfer.svg'
    }

    It 'gives no two plots of a series one name' {
        $folder = Join-Path $TestDrive 'each'
        $null = New-Item -ItemType Directory $folder
        $files = @($reconstruction, ($reconstruction | Measure-FsrFocusStep -WarningAction Ignore), ($reconstruction | Invoke-FsrAutofocus -WarningAction Ignore), ($reconstruction | Measure-FsrResolution) | Export-FsrPlot $folder)
        $files.Name | Should -Contain 'out_focus.svg'
        $files.Name | Should -Contain 'out_steps.svg'
        @($files.Name | Sort-Object -Unique) | Should -HaveCount $files.Count
    }

    It 'says what cannot be plotted' {
        (Get-CommandError { 5 | Export-FsrPlot $TestDrive }).FullyQualifiedErrorId | Should -BeLike 'NothingToPlot,*'
        (Get-CommandError { $reconstruction | Export-FsrPlot $TestDrive -Kind Autofocus }).FullyQualifiedErrorId | Should -BeLike 'NothingToPlot,*'
        "$(Get-CommandError { 5 | Export-FsrPlot $TestDrive })" | Should -BeLike 'Export-FsrPlot takes a reconstruction, of Invoke-FsrReconstruction, or *; this is the number 5.'
        "$(Get-CommandError { $reconstruction | Export-FsrPlot $TestDrive -Kind Autofocus })" | Should -BeLike 'Of a reconstruction there is no plot of kind Autofocus, but of Drift*'
    }

    It 'honours -WhatIf and -PassThru' {
        $reconstruction | Export-FsrPlot (Join-Path $TestDrive 'none') -WhatIf | Should -BeNullOrEmpty
        @(Get-ChildItem $TestDrive -Filter 'none*') | Should -HaveCount 0
        $reconstruction | Export-FsrPlot (Join-Path $TestDrive 'pass') -Kind Drift -PassThru | Should -Be $reconstruction
    }
}
