BeforeAll {
    . $PSScriptRoot/common.ps1
    $config = New-TestSeries (Join-Path $TestDrive 'series')
    $reconstruction = Import-FocalSeries $config | Invoke-FsrReconstruction -Iterations 1
    $file = @($reconstruction | Export-FsrWave)[0]
}

Describe 'Import-FsrWave' {
    It 'reads what Export-FsrWave wrote' {
        $wave = Import-FsrWave $file -Calibration $reconstruction.Wave.Calibration
        $wave | Should -BeOfType FsRec.ExitWave
        [Linq.Enumerable]::SequenceEqual($wave.GetPhase(), $reconstruction.Wave.GetPhase()) | Should -BeTrue
    }

    It 'takes shape and scale from parameters and whatever has them' {
        (Import-FsrWave $file -Calibration (Import-FsrParameter $config)).Calibration.Rows | Should -Be 64
        (Import-FsrWave $file -Calibration $reconstruction).Calibration.Rows | Should -Be 64
        (Get-Item $file | Import-FsrWave -Calibration (Import-FsrParameter $config)).Calibration.Rows | Should -Be 64
    }

    It 'finds the wave of an earlier run' {
        $wave = Import-FsrParameter $config | Import-FsrWave
        [Linq.Enumerable]::SequenceEqual($wave.GetPhase(), $reconstruction.Wave.GetPhase()) | Should -BeTrue
        $filtered = Import-FocalSeries $config | Import-FsrWave -Filtered
        [Linq.Enumerable]::SequenceEqual($filtered.GetPhase(), $reconstruction.FilteredWave.GetPhase()) | Should -BeTrue
    }

    It 'takes shape and scale from the _run.json beside it' {
        $wave = Import-FsrWave $file
        "$($wave.Calibration)" | Should -Be "$($reconstruction.Wave.Calibration)"
        (Import-FsrWave ($file.FullName -replace '\.wav$', '_filt.wav')).Calibration.Rows | Should -Be 64
        # One that the record does not name has no shape.
        $other = Copy-Item $file (Join-Path $file.DirectoryName 'out_other.wav') -PassThru
        (Get-CommandError { Import-FsrWave $other }).FullyQualifiedErrorId | Should -BeLike 'CalibrationMissing,*'
    }

    It 'asks for shape and scale where nothing tells them' {
        $alone = Copy-Item $file (Join-Path $TestDrive 'alone.wav') -PassThru
        (Get-CommandError { Import-FsrWave $alone }).FullyQualifiedErrorId | Should -Be 'CalibrationMissing,FsRec.PowerShell.Commands.ImportFsrWaveCommand'
    }

    It 'refuses a file of another size' {
        $record = Get-CommandError { Import-FsrWave $file -Calibration ([FsRec.Calibration]::new(32, 32, 0.1, 0.1)) }
        $record.FullyQualifiedErrorId | Should -BeLike 'DataInvalid,*'
    }

    It 'names a missing wave' {
        $record = Get-CommandError { Import-FsrParameter $config -Set @{ OUTPUTFILENAME = 'never' } | Import-FsrWave }
        $record.FullyQualifiedErrorId | Should -BeLike 'DataNotFound,*'
    }
}
