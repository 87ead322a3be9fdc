BeforeAll {
    . $PSScriptRoot/common.ps1
    $config = New-TestSeries (Join-Path $TestDrive 'series')
    $series = Import-FocalSeries $config
}

Describe 'Invoke-FsrPrealignment' {
    It 'finds the drift of the frames' {
        $made = New-FsrSimulatedSeries -Size 192 -FrameCount 8 -Drift 3
        $aligned = $made | Invoke-FsrPrealignment
        $aligned | Should -BeOfType FsRec.Series.AlignedSeries
        $aligned.Displacements | Should -HaveCount 8
        [FsRec.Series.DisplacementAlgebra]::Rms($made.TrueDisplacements) | Should -BeGreaterThan 1
        $aligned.LargestDisplacement | Should -BeGreaterThan 1
        [Math]::Abs(($aligned.Displacements | Measure-Object Dx -Sum).Sum) | Should -BeLessThan 1e-9
        $aligned.LargestDisplacement | Should -BeGreaterThan 1
    }

    It 'gives the same displacements on one thread and on many' {
        $one = ($series | Invoke-FsrPrealignment -Threads 1).Displacements
        $two = ($series | Invoke-FsrPrealignment -Threads 2).Displacements
        $one | Should -Be $two
    }

    It 'puts the history out with -IncludeHistory, which goes on into a reconstruction' {
        $result = Invoke-FsrPrealignment $series -IncludeHistory
        $result | Should -BeOfType FsRec.Alignment.PrealignmentResult
        $result.Rounds.Count | Should -BeGreaterThan 0
        ($result | Invoke-FsrReconstruction -Iterations 1).History | Should -HaveCount 1
    }

    It 'puts values over the series'' parameters, and they go on with it' {
        $aligned = $series | Invoke-FsrPrealignment -Set @{ Maxprealign = 0; Limit = 3 }
        $aligned.Series.Parameters.Alignment.MaxPrealignmentRounds | Should -Be 0
        $aligned.Series.Parameters.Linear.Limit | Should -Be 3
        $series.Parameters.Linear.Limit | Should -Be 4
    }

    It 'keeps refined foci under other parameters, unless those have foci' {
        $refined = $series.WithFoci([double[]](1..6))
        ($refined | Invoke-FsrPrealignment -Set @{ Comkernel = 2 }).Series.Foci | Should -Be (1..6)
        ($refined | Invoke-FsrPrealignment -Set @{ Foci = -10, -60 }).Series.Foci[0] | Should -Be -10
    }

    It 'refuses <_>, which only the import looks at' -ForEach 'Range', 'Fixhotpix', 'NImages' {
        $set = @{ $_ = @{ Range = 1, 2; Fixhotpix = $true; NImages = 6 }[$_] }
        $record = Get-CommandError { $series | Invoke-FsrPrealignment -Set $set }
        $record.FullyQualifiedErrorId | Should -BeLike 'OverrideInvalid,*'
        "$record" | Should -BeLike '*Import-FocalSeries*-Set*'
    }

    It 'names the frame that drifts over the edge' {
        $far = New-TestSeries (Join-Path $TestDrive 'far') -Drift 5, 0 -Set @{ AREA = '[60,60]' }
        $record = Get-CommandError { Import-FocalSeries $far | Invoke-FsrPrealignment -Set @{ Methprealign = 'sequential' } }
        $record.FullyQualifiedErrorId | Should -BeLike 'AlignmentFailed,*'
        $record.CategoryInfo.Category | Should -Be LimitsExceeded
        $record.TargetObject | Should -BeOfType FsRec.Series.FocalSeries
    }
}
