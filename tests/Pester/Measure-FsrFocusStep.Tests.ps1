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
        $analysis | Format-Table | Out-String -Width 200 | Should -BeLike '*Step (nm)*'
        $analysis | Format-List | Out-String -Width 200 | Should -BeLike '*Fitted foci*'
    }

    It 'gives foci that can be written and used' {
        $file = ($reconstruction | Measure-FsrFocusStep).RefinedFoci | Export-FsrFocus (Join-Path $TestDrive 'refined.csv')
        (Import-FocalSeries $made.ParameterFile -Focus (Import-FsrFocus $file)).Foci | Should -HaveCount 10
    }

    It 'searches as -Set says' {
        $coarse = $reconstruction | Measure-FsrFocusStep -Set @{ Stepmultiplier = 1 }
        $fine = $reconstruction | Measure-FsrFocusStep -Set @{ Stepmultiplier = 0.5 }
        $coarse.SearchStep | Should -Be (2 * $fine.SearchStep)
    }
}
