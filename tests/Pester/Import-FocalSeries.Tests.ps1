BeforeAll {
    . $PSScriptRoot/common.ps1
    $config = New-TestSeries (Join-Path $TestDrive 'series')
}

Describe 'Import-FocalSeries' {
    It 'reads a parameter file''s frames' {
        $series = Import-FocalSeries $config
        $series | Should -BeOfType FsRec.Series.FocalSeries
        $series.Count | Should -Be 6
        $series.Calibration.Rows | Should -Be 64
        $series.Foci[0] | Should -Be -120
        $series.Foci[-1] | Should -Be -40
        ($series.GetFrame(0) | Measure-Object -Average).Average | Should -BeGreaterThan 0.99999
    }

    It 'takes paths, files and parameters from the pipeline' {
        ($config | Import-FocalSeries).Count | Should -Be 6
        (Get-Item $config | Import-FocalSeries).Count | Should -Be 6
        (Import-FsrParameter $config | Import-FocalSeries).Count | Should -Be 6
        ([pscustomobject]@{ Parameters = Import-FsrParameter $config } | Import-FocalSeries).Count | Should -Be 6
    }

    It 'warns of defective pixels whether a parameter file names the frames or they are given' {
        $bad = New-TestSeries (Join-Path $TestDrive 'bad')
        $frames = Get-ChildItem (Join-Path $TestDrive 'bad/frames') -Filter *.raw
        foreach ($frame in $frames) {
            $bytes = [IO.File]::ReadAllBytes($frame)
            [BitConverter]::GetBytes([float]40).CopyTo($bytes, 4 * (64 * 20 + 30))
            [IO.File]::WriteAllBytes($frame, $bytes)
        }

        Import-FocalSeries $bad -WarningVariable byFile -WarningAction SilentlyContinue | Should -Not -BeNullOrEmpty
        $frames | Import-FocalSeries -Dimensions 64 -Sampling 0.1 -Voltage 300 -Foci -120, -40 -WarningVariable byFiles -WarningAction SilentlyContinue | Should -Not -BeNullOrEmpty
        $text = @($byFile -match '^DefectivePixels')
        $text | Should -HaveCount 1
        "$($byFiles -match '^DefectivePixels')" | Should -Be "$text"
    }

    It 'names results after the series and not after its first image' {
        $frames = Get-ChildItem (Join-Path $TestDrive 'series/frames') -Filter *.raw
        $series = $frames | Import-FocalSeries -Dimensions 64 -Sampling 0.1 -Voltage 300 -Foci -120, -40 -WarningAction SilentlyContinue
        $series.Parameters.Files.OutputFileName | Should -Be 'test'
    }

    It 'tells all that is missing at once, by the names of its parameters' {
        $frames = Get-ChildItem (Join-Path $TestDrive 'series/frames') -Filter *.raw
        $text = "$(Get-CommandError { $frames | Import-FocalSeries -Dimensions 64 })"
        $text | Should -BeLike '*-Sampling: *'
        $text | Should -BeLike '*-Voltage: *'
        $text | Should -BeLike '*-Foci: *'
    }

    It 'puts values over, Range among them' {
        $series = Import-FocalSeries $config -Set @{ Range = (1..2), 3; Foci = -10, -30 }
        $series.ImageNumbers | Should -Be 1, 2, 3
        $series.Foci | Should -Be -10, -20, -30
        $series.Parameters.Image.Range | Should -Be 1, 2, 3
    }

    It 'says so where a folder has no images of a known format' {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'without')).FullName
        $failure = Get-CommandError { Import-FocalSeries $folder -Foci -20, 20 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'DataNotFound,*'
        "$failure" | Should -BeLike "The folder*$folder*holds no file of images. It holds no file; expected TIFF, HDF5, *"
        # Files without a header are frames once somebody says of what shape; until then the message says how.
        foreach ($name in 'a000.raw', 'a001.raw') {
            [IO.File]::WriteAllBytes((Join-Path $folder $name), [byte[]] (@(0, 0, 128, 63) * 256))
        }

        $failure = Get-CommandError { Import-FocalSeries $folder -Foci -20, 20 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'DataNotFound,*'
        "$failure" | Should -BeLike "*$folder*2 files without a header, a000.raw to a001.raw*-Dimensions and -Pixeltype*"
        $series = Import-FocalSeries $folder -Dimensions 16 -Pixeltype float32 -Sampling 0.05 -Voltage 300 -Foci -20, 20 -WarningAction Ignore
        $series.Count | Should -Be 2
        $series.Foci | Should -Be -20, 20
        (Get-CommandError { Get-FsrFile $folder }).FullyQualifiedErrorId | Should -BeLike 'DataNotFound,*'
    }

    It 'takes refined foci' {
        $series = Import-FocalSeries $config
        $foci = 0..5 | ForEach-Object { [FsRec.FrameFocus]::new($_, -50 + $_) }
        (Import-FocalSeries $config -Focus $foci).Foci | Should -Be -50, -49, -48, -47, -46, -45
        (Get-CommandError { Import-FocalSeries $config -Focus $foci[0..2] }).FullyQualifiedErrorId | Should -BeLike 'OperationFailed,*'
        $series.Foci[0] | Should -Be -120
    }

    It 'takes foci by image number, with Range and in any order' {
        $csv = Join-Path $TestDrive 'refined.csv'
        0..5 | ForEach-Object { [FsRec.FrameFocus]::new($_, -50 + $_) } | Export-FsrFocus $csv
        $part = Import-FocalSeries $config -Range (2..4) -Focus (Import-FsrFocus $csv) -WarningAction Ignore
        $part.ImageNumbers | Should -Be 2, 3, 4
        $part.Foci | Should -Be -48, -47, -46
        $foci = Import-FsrFocus $csv
        (Import-FocalSeries $config -Range 4, 1 -Focus $foci[5..0] -WarningAction Ignore).Foci | Should -Be -46, -49
        "$(Get-CommandError { Import-FocalSeries $config -Range (2..4) -Focus $foci[0..3] })" | Should -BeLike '*no focus for image 4*'
        "$(Get-CommandError { Import-FocalSeries $config -Focus ($foci + $foci[0]) })" | Should -BeLike '*2 foci for image 0*'
    }

    It 'names a missing frame' {
        $record = Get-CommandError { Import-FocalSeries $config -Set @{ NImages = 9 } }
        $record.FullyQualifiedErrorId | Should -BeLike 'DataNotFound,*'
        $record.CategoryInfo.Category | Should -Be ObjectNotFound
        "$record" | Should -BeLike '*test_006.raw*'
    }

    It 'names a missing folder' {
        $record = Get-CommandError { Import-FocalSeries $config -Set @{ INPUTPATH = 'elsewhere' } }
        $record.FullyQualifiedErrorId | Should -BeLike 'DataNotFound,*'
    }

    It 'refuses frames of another size' {
        $record = Get-CommandError { Import-FocalSeries $config -Set @{ Dimensions = 32, 32; AREA = 16, 16 } }
        $record.FullyQualifiedErrorId | Should -BeLike 'DataInvalid,*'
        $record.CategoryInfo.Category | Should -Be InvalidData
        "$record" | Should -BeLike '*Dimensions=*64, 64*'
    }

    It 'goes on after a bad series' {
        $ErrorActionPreference = 'SilentlyContinue'
        $parameters = Import-FsrParameter $config
        $missing = Import-FsrParameter $config -Set @{ INPUTFILENAME = 'none_' }
        @($missing, $parameters | Import-FocalSeries) | Should -HaveCount 1
    }

    It 'stops at an error with -ErrorAction Stop' {
        { Import-FocalSeries $config -Set @{ NImages = 9 } -ErrorAction Stop } | Should -Throw -ErrorId 'DataNotFound,FsRec.PowerShell.Commands.ImportFocalSeriesCommand'
    }
}
