BeforeAll {
    . $PSScriptRoot/common.ps1
    $series = Import-FocalSeries (New-TestSeries (Join-Path $TestDrive 'series'))
}

Describe 'Export-FocalSeries' {
    It 'writes <_>, from which the same frames are read' -ForEach 'tif', 'mrc', 'npy', 'hspy', 'emd' {
        $file = $series | Export-FocalSeries (Join-Path $TestDrive "stack.$_")
        $file | Should -BeOfType System.IO.FileInfo
        $file.Name | Should -Be "stack.$_"
        $read = Import-FocalSeries $file -Sampling 0.1, 0.1 -Foci -120..-40 -Voltage 300 -C3 1e6 -AREA 32, 32 -WarningAction SilentlyContinue
        $read.ImageNumbers | Should -Be $series.ImageNumbers
        $read.Calibration.Rows, $read.Calibration.Columns | Should -Be 64, 64
        # The frames as they were recorded: each is divided by its mean again, to the same bits.
        foreach ($number in 0..5) {
            [Linq.Enumerable]::SequenceEqual($read.GetFrame($number), $series.GetFrame($number)) | Should -BeTrue -Because "frame $number"
        }
    }

    It 'writes the scale where the format has a place for it' {
        $file = $series | Export-FocalSeries (Join-Path $TestDrive 'scale.mrc')
        $info = Get-FsrFile $file
        $info.RowSampling, $info.ColumnSampling | ForEach-Object { [math]::Round($_, 6) } | Should -Be 0.1, 0.1
    }

    It 'takes a simulated series, an aligned one and a reconstruction' {
        $aligned = $series | Invoke-FsrPrealignment
        ($aligned | Export-FocalSeries (Join-Path $TestDrive 'a.npy')).Length | Should -BeGreaterThan (6 * 64 * 64 * 4)
        ($aligned | Invoke-FsrReconstruction -Iterations 1 -WarningAction SilentlyContinue | Export-FocalSeries (Join-Path $TestDrive 'r.npy')).Name | Should -Be 'r.npy'
    }

    It 'says which endings there are' {
        $record = Get-CommandError { $series | Export-FocalSeries (Join-Path $TestDrive 'stack.doc') }
        $record | Should -HaveCount 1
        "$record" | Should -BeLike '*.mrc*'
        Join-Path $TestDrive 'stack.doc' | Should -Not -Exist
    }

    It 'does not write over the files that a series is read from' {
        $stack = $series | Export-FocalSeries (Join-Path $TestDrive 'own.mrc')
        $before = (Get-FileHash $stack).Hash
        $own = Import-FocalSeries $stack -Foci -120..-40 -Voltage 300 -C3 1e6 -AREA 32, 32 -WarningAction SilentlyContinue
        foreach ($call in { $own | Export-FocalSeries $stack }, { $own | Invoke-FsrReconstruction -Iterations 1 -WarningAction SilentlyContinue | Export-FsrWave $stack }) {
            (Get-CommandError $call).FullyQualifiedErrorId | Should -BeLike 'FileIsSource,*'
            (Get-FileHash $stack).Hash | Should -Be $before
        }
    }
}
