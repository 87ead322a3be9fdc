BeforeAll {
    . $PSScriptRoot/common.ps1
    $made = New-FsrSimulatedSeries (Join-Path $TestDrive 'made') -Size 160 -FrameCount 10 -Drift 1 -StepError 0.03 -Name focus
    $reconstruction = $made | Import-FocalSeries | Invoke-FsrReconstruction -Iterations 3
}

Describe 'Measure-FsrFocusStep' {
    It 'finds a focus for every frame and a step' {
        $analysis = $reconstruction | Measure-FsrFocusStep
        $analysis | Should -BeOfType FsRec.Focus.FocusStepAnalysis
        $analysis.Frames | Should -HaveCount 10
        $analysis.Step | Should -BeGreaterThan 10
        $analysis.RefinedFoci | Should -HaveCount 10
        $analysis | Format-Table | Out-String -Width 200 | Should -BeLike '*Step*StepError*'
        $analysis | Format-List | Out-String -Width 200 | Should -BeLike '*FittedFociText*'
    }

    It 'gives foci that can be written and used' {
        $file = ($reconstruction | Measure-FsrFocusStep).RefinedFoci | Export-FsrFocus (Join-Path $TestDrive 'refined.csv')
        (Import-FocalSeries $made.ParameterFile -Focus (Import-FsrFocus $file)).Foci | Should -HaveCount 10
    }

    It 'names frames at the end of the search range, and outliers' {
        $null = $reconstruction | Measure-FsrFocusStep -Set @{ Rangemultiplier = 0.3; Refinementfilter = 0.1, 0.4 } -WarningVariable warnings -WarningAction SilentlyContinue
        @($warnings.Message) -like 'FocusAtEdge: image 0:*Rangemultiplier*' | Should -HaveCount 1

        # Two frames that changed places lie off the line, as their images show.
        $folder = Join-Path $TestDrive 'swapped'
        Copy-Item (Split-Path $made.ParameterFile) $folder -Recurse
        $foci = @($made.Series.Foci)
        $foci[3], $foci[6] = $foci[6], $foci[3]
        Copy-Item (Join-Path $TestDrive 'made/focus003.raw') (Join-Path $folder 'focus006.raw')
        Copy-Item (Join-Path $TestDrive 'made/focus006.raw') (Join-Path $folder 'focus003.raw')
        $swapped = Import-FocalSeries (Join-Path $folder 'focus.fsr') -Set @{ Foci = $foci } | Invoke-FsrReconstruction -Iterations 3 |
            Measure-FsrFocusStep -WarningVariable warnings -WarningAction SilentlyContinue
        @($swapped.Frames | Where-Object IsOutlier).ImageNumber | Should -Be 3, 6
        @($warnings.Message) -like 'FocusOutlier: image [36]: its focus,*off the line.' | Should -HaveCount 2
    }

    It 'searches as -Set says' {
        $coarse = $reconstruction | Measure-FsrFocusStep -Set @{ Stepmultiplier = 1 }
        $fine = $reconstruction | Measure-FsrFocusStep -Set @{ Stepmultiplier = 0.5 }
        $coarse.SearchStep | Should -Be (2 * $fine.SearchStep)
    }
}
