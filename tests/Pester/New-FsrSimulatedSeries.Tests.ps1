BeforeAll {
    . $PSScriptRoot/common.ps1
    $small = @{ Size = 64; FrameCount = 4; Specimen = 'Weak'; Drift = 1 }
}

Describe 'New-FsrSimulatedSeries' {
    It 'makes a series with its truth in memory' {
        $made = New-FsrSimulatedSeries @small
        $made | Should -BeOfType FsRec.Simulation.SimulatedSeries
        $made.Series.Count | Should -Be 4
        $made.Series.Calibration.Columns | Should -Be 64
        $made.TrueWave.Calibration | Should -Be $made.Series.Calibration
        $made.TrueDisplacements | Should -HaveCount 4
        $made.TrueFoci[0].Defocus | Should -Be -250
        $made.PSObject.Properties['ParameterFile'] | Should -BeNullOrEmpty
    }

    It 'makes the same series of the same seed, on one thread and on many' {
        $one = (New-FsrSimulatedSeries @small -Threads 1).Series.GetFrame(2)
        $two = (New-FsrSimulatedSeries @small -Threads 2).Series.GetFrame(2)
        $other = (New-FsrSimulatedSeries @small -Seed 2).Series.GetFrame(2)
        [Linq.Enumerable]::SequenceEqual($one, $two) | Should -BeTrue
        [Linq.Enumerable]::SequenceEqual($one, $other) | Should -BeFalse
    }

    It 'writes frames, parameter file and truth, ready to import' {
        $made = New-FsrSimulatedSeries (Join-Path $TestDrive 'made') @small -Name demo
        $made.ParameterFile | Should -Be (Join-Path $TestDrive 'made' 'demo.fsr')
        foreach ($name in 'demo.fsr', 'demo000.raw', 'demo003.raw', 'demo_truth.wav', 'demo_truth_dxy.csv', 'demo_truth_foci.csv') {
            Join-Path $TestDrive 'made' $name | Should -Exist
        }

        $series = $made | Import-FocalSeries
        $series.Count | Should -Be 4
        $series.Parameters.ResolvedOutputPath | Should -Be (Join-Path $TestDrive 'made' 'results')
        [Linq.Enumerable]::SequenceEqual($series.GetFrame(1), $made.Series.GetFrame(1)) | Should -BeTrue
    }

    It 'is reconstructed straight from the pipeline' {
        $made = New-FsrSimulatedSeries -Size 128 -FrameCount 6 -Drift 1
        ($made | Invoke-FsrReconstruction -Iterations 1).History | Should -HaveCount 1
        ($made | Invoke-FsrPrealignment).Displacements | Should -HaveCount 6
    }

    It 'takes rows and columns, foci and dose' {
        $made = New-FsrSimulatedSeries -Size 48, 80 -FrameCount 3 -FirstFocus -90 -LastFocus -30 -Dose 0 -Drift 0 -Specimen Weak
        $made.Series.Calibration.Rows | Should -Be 48
        $made.Series.Calibration.Columns | Should -Be 80
        $made.Series.Foci | Should -Be -90, -60, -30
        $made.TrueDisplacements | ForEach-Object { $_.Dx | Should -Be 0 }
    }

    It 'writes nothing with -WhatIf, and asks for -Force where a series is' {
        $folder = Join-Path $TestDrive 'forced'
        New-FsrSimulatedSeries $folder @small -WhatIf | Should -BeNullOrEmpty
        $folder | Should -Not -Exist
        $null = New-FsrSimulatedSeries $folder @small
        $record = Get-CommandError { New-FsrSimulatedSeries $folder @small }
        $record.FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        New-FsrSimulatedSeries $folder @small -Force | Should -Not -BeNullOrEmpty
    }

    It 'leaves nothing of a longer series of the same name, and tells what it removed' {
        $folder = Join-Path $TestDrive 'shorter'
        $null = New-FsrSimulatedSeries $folder -Size 64 -FrameCount 6
        $told = New-FsrSimulatedSeries $folder -Size 64 -FrameCount 4 -Force 3>&1 | Where-Object { $_ -is [Management.Automation.WarningRecord] }
        (Get-ChildItem $folder -Filter *.raw).Name | Should -Be (0..3 | ForEach-Object { 'simulated00{0}.raw' -f $_ })
        "$told" | Should -BeLike '*removed: simulated004.raw, simulated005.raw*'
        # The same of frames for PyFSRec.
        $place = Join-Path $TestDrive 'raw'
        $null = (New-FsrSimulatedSeries -Size 64 -FrameCount 5).Series | Export-FsrParameter (Join-Path $place 'a.fsr') -Raw
        $null = (New-FsrSimulatedSeries -Size 64 -FrameCount 3).Series | Export-FsrParameter (Join-Path $place 'a.fsr') -Raw
        @(Get-ChildItem $place -Filter *.raw).Count | Should -Be 3
        (Import-FocalSeries (Join-Path $place 'a.fsr')).Count | Should -Be 3
        # Others are told of.
        Set-Content (Join-Path $place 'a_007.raw') 'somebody'
        $null = (New-FsrSimulatedSeries -Size 64 -FrameCount 3).Series | Export-FsrParameter (Join-Path $place 'a.fsr') -Raw -WarningVariable warned -WarningAction Ignore
        "$warned" | Should -BeLike 'OtherFrames*a_007.raw*'
    }

    It 'says why there can be no such series' {
        $record = Get-CommandError { New-FsrSimulatedSeries @small -Limit 100 }
        $record.FullyQualifiedErrorId | Should -BeLike 'OperationFailed,*'
        "$record" | Should -BeLike '*Nyquist*'
    }
}
