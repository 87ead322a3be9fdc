BeforeAll {
    . $PSScriptRoot/common.ps1
    $made = New-FsrSimulatedSeries (Join-Path $TestDrive 'made') -Size 160 -FrameCount 10 -Drift 1 -StepError 0.03 -Name focus
    $reconstruction = $made | Import-FocalSeries | Invoke-FsrReconstruction -Iterations 3
}

Describe 'Compare-FsrWave' {
    It 'finds a wave equal to itself' {
        $same = $reconstruction | Compare-FsrWave $reconstruction
        $same | Should -BeOfType FsRec.Comparison.WaveComparison
        $same.RelativeError | Should -BeLessThan 1e-3
        $same.Correlation | Should -BeGreaterThan 0.999
    }

    It 'holds a reconstruction, or a wave, against the truth' {
        $byReconstruction = $reconstruction | Compare-FsrWave $made
        $byReconstruction.RelativeError | Should -BeLessThan 1
        $byReconstruction.Correlation | Should -BeGreaterThan 0.5
        $byWave = $reconstruction.Wave | Compare-FsrWave $made.TrueWave -Parameter $reconstruction.Series.Parameters
        $byWave.RelativeError | Should -Be $byReconstruction.RelativeError
        $byReconstruction | Format-Table | Out-String -Width 200 | Should -BeLike '*RelativeError*'
    }

    It 'takes a simulated series for its true wave, on either side' {
        $made | Compare-FsrWave -ReferenceWave $made.TrueWave | ForEach-Object RelativeError | Should -BeLessThan 1e-3
        $text = $reconstruction | Compare-FsrWave $made | Format-List | Out-String -Width 200
        $text | Should -BeLike '*PhaseOfMeans*'
        $text | Should -BeLike '*FrequencyAtOneSeventh*'
    }

    It 'takes band and part of the frame' {
        $some = $reconstruction | Compare-FsrWave $made -Band 1, 3 -CentralFraction 0.5
        $some.Band.Low | Should -Be 1
    }

    It 'says how a wave in a file is read' {
        { $reconstruction | Compare-FsrWave focus_truth.wav } | Should -Throw "*expected a wave*Import-FsrWave 'focus_truth.wav'*"
        $file = Join-Path $TestDrive 'made/focus_truth.wav'
        { $reconstruction | Compare-FsrWave (Get-Item $file) } | Should -Throw '*expected a wave*Import-FsrWave*'
        (Get-CommandError { Get-FsrFile $file })[0] | Should -BeLike '*Import-FsrWave reads it*'
        # The way that the error without a shape names.
        $bare = Join-Path $TestDrive 'bare/truth.wav'
        $null = New-Item -ItemType Directory (Split-Path $bare)
        Copy-Item $file $bare
        (Get-CommandError { Import-FsrWave $bare })[0] | Should -BeLike '*-Calibration takes them of parameters, of a series, of a reconstruction*'
        $truth = Import-FsrWave $bare -Calibration $reconstruction
        ($reconstruction | Compare-FsrWave $truth).RelativeError | Should -BeLessThan 1
    }

    It 'refuses waves of different shapes' {
        $other = (New-FsrSimulatedSeries -Size 64 -FrameCount 2 -Drift 0).TrueWave
        (Get-CommandError { $reconstruction | Compare-FsrWave $other }).FullyQualifiedErrorId | Should -BeLike 'OperationFailed,*'
    }
}
