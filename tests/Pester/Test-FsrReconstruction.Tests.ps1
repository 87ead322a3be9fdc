BeforeAll {
    . $PSScriptRoot/common.ps1
    $made = New-FsrSimulatedSeries (Join-Path $TestDrive 'made') -Size 96 -FrameCount 8 -Drift 1 -Name left
    $aligned = $made | Import-FocalSeries | Invoke-FsrPrealignment
}

Describe 'Test-FsrReconstruction' {
    It 'predicts every so many-th image from the others' {
        $result = $aligned | Test-FsrReconstruction -Every 4 -Iterations 2
        $result | Should -BeOfType FsRec.Results.CrossValidationResult
        $result.Frames.ImageNumber | Should -Be 2, 6
        $result.Correlation | Should -BeGreaterThan 0.5
        $result | Format-Table | Out-String -Width 200 | Should -BeLike '*Correlation*'
        $result.Frames | Format-Table | Out-String -Width 200 | Should -BeLike '*Focus*Correlation*'
    }

    It 'takes a method, and a reconstruction' {
        $result = $aligned | Invoke-FsrReconstruction -Iterations 1 -WarningAction SilentlyContinue | Test-FsrReconstruction 3 -Method Wiener -Iterations 1
        "$($result.Method)" | Should -Be Wiener
        $result.Frames | Should -HaveCount 3
    }

    It 'refuses to leave out what does not exist' {
        { $aligned | Test-FsrReconstruction -Every 100 -ErrorAction Stop } | Should -Throw '*cannot be left out*'
        { $aligned | Test-FsrReconstruction -Every 1 } | Should -Throw '*Every*'
    }
}
