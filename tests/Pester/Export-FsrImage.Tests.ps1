BeforeAll {
    . $PSScriptRoot/common.ps1
    $config = New-TestSeries (Join-Path $TestDrive 'series')
    $series = Import-FocalSeries $config
    $reconstruction = $series | Invoke-FsrReconstruction -Iterations 1

    # Width and height from a PNG's header.
    function Get-PngSize($Path) {
        $bytes = [IO.File]::ReadAllBytes($Path)
        [Text.Encoding]::ASCII.GetString($bytes, 1, 3) | Should -Be 'PNG'
        (256 * $bytes[18] + $bytes[19]), (256 * $bytes[22] + $bytes[23])
    }
}

Describe 'Export-FsrImage' {
    It 'draws amplitude and phase of a reconstruction beside its results' {
        $files = $reconstruction | Export-FsrImage
        $files.Name | Should -Be 'out_amplitude.png', 'out_phase.png'
        $files[0].DirectoryName | Should -Be (Join-Path $TestDrive 'series' 'results')
        # A figure with title and colour bar is larger than the 64 px of the wave; the pixels alone are as many.
        (Get-PngSize $files[0])[0] | Should -BeGreaterThan 256
        $plain = $reconstruction | Export-FsrImage (Join-Path $TestDrive 'plain') -Plain
        Get-PngSize $plain[0] | Should -Be 64, 64
        $larger = $reconstruction | Export-FsrImage (Join-Path $TestDrive 'larger') -Plain -Magnify 3 -Crop 0, 8, 20, 30
        Get-PngSize $larger[0] | Should -Be 90, 60
    }

    It 'draws every kind of picture of a wave' {
        $kinds = [Enum]::GetNames([FsRec.Rendering.WaveImageKind])
        $files = $reconstruction | Export-FsrImage (Join-Path $TestDrive 'kinds') -Kind $kinds -Unwrap -Reference 0, 0, 20, 20
        $files.Name | Should -Be @($kinds.ForEach{ "kinds_$($_.ToLowerInvariant()).png" })
        $files.ForEach{ (Get-PngSize $_)[0] | Should -BeGreaterThan 200 }
    }

    It 'draws a frame beside the image that the wave predicts' {
        $files = $reconstruction | Export-FsrImage (Join-Path $TestDrive 'beside') -ImageNumber 2, 5
        $files.Name | Should -Be 'beside_frame_002_predicted.png', 'beside_frame_005_predicted.png'
    }

    It 'writes 16 bits, floats and SVG' {
        $deep = $reconstruction | Export-FsrImage (Join-Path $TestDrive 'deep') -Kind Phase -BitDepth 16 -Range -1, 1
        [IO.File]::ReadAllBytes($deep)[24] | Should -Be 16
        ($reconstruction | Export-FsrImage (Join-Path $TestDrive 'float.tif') -Kind Phase).Name | Should -Be 'float_phase.tif'
        $svg = $reconstruction | Export-FsrImage (Join-Path $TestDrive 'drawn.svg') -Kind Phase
        $svg.Name | Should -Be 'drawn_phase.svg'
        ([xml](Get-Content -Raw $svg)).svg.text.'#text' | Should -Contain 'rad'
    }

    It 'takes a range of two finite numbers, the smaller first, and no other' {
        foreach ($range in (([double]::NaN), 1), (1, 1), (2, 1), (0, [double]::PositiveInfinity), (([double]::NegativeInfinity), 0)) {
            { $reconstruction | Export-FsrImage $TestDrive -Range $range } | Should -Throw '*expected two finite numbers, the smaller one first*'
            { $reconstruction | Show-FsrImage -Range $range } | Should -Throw '*expected two finite numbers, the smaller one first*'
        }

        { $reconstruction | Export-FsrImage $TestDrive -Minimum 2 -Maximum 1 } | Should -Throw -ErrorId 'RangeInvalid,*'
        { $reconstruction | Export-FsrImage $TestDrive -Minimum ([double]::NaN) } | Should -Throw '*expected a finite number*'
        $reconstruction | Export-FsrImage (Join-Path $TestDrive 'null') -Kind Phase -Minimum $null -Maximum 1 | Should -HaveCount 1
    }

    It 'says what has no single values, and what part does not lie inside' {
        (Get-CommandError { $reconstruction | Export-FsrImage $TestDrive -Kind Complex -BitDepth 16 }).FullyQualifiedErrorId | Should -BeLike 'PictureHasNoValues,*'
        (Get-CommandError { $reconstruction | Export-FsrImage $TestDrive -Crop 60, 60, 20, 20 })[0].Exception.Message | Should -BeLike '*does not lie inside*'
        { $reconstruction | Export-FsrImage $TestDrive -Crop 1, 2 -ErrorAction Stop } | Should -Throw '*four whole numbers*'
    }

    It 'draws the filtered wave, or one kind only' {
        ($reconstruction | Export-FsrImage -Filtered -Kind Phase).Name | Should -Be 'out_filt_phase.png'
        ($reconstruction | Export-FsrImage (Join-Path $TestDrive 'w.png') -Filtered -Kind Phase).Name | Should -Be 'w_filt_phase.png'
        # A name that says so does not say it twice.
        ($reconstruction | Export-FsrImage (Join-Path $TestDrive 'filt.png') -Filtered -Kind Phase).Name | Should -Be 'filt_phase.png'
        ($reconstruction | Export-FsrImage (Join-Path $TestDrive 'my_Filtered') -Filtered -Kind Phase).Name | Should -Be 'my_Filtered_phase.png'
        $series.Parameters | Export-FsrImage (Join-Path $TestDrive 'filt') -Filtered -Kind Phase -ErrorAction Ignore | Should -BeNullOrEmpty
        $null = $reconstruction | Export-FsrWave
        ($series.Parameters | Export-FsrImage (Join-Path $TestDrive 'filt') -Filtered -Kind Phase).Name | Should -Be 'filt_phase.png'
    }

    It 'draws a wave by itself' {
        ($reconstruction.Wave | Export-FsrImage (Join-Path $TestDrive 'w.png') -ColorMap Cyclic -Minimum -3.2 -Maximum 3.2).Name |
            Should -Be 'w_amplitude.png', 'w_phase.png'
    }

    It 'draws frames, with the reference area' {
        $files = $series | Export-FsrImage $TestDrive -ImageNumber 0, 3
        $files.Name | Should -Be 'out_frame_000.png', 'out_frame_003.png'
        $plain = (Get-FileHash $files[0]).Hash
        $marked = $series | Export-FsrImage (Join-Path $TestDrive 'marked') -ShowArea
        $marked.Name | Should -Be 'marked_frame_000.png'
        (Get-FileHash $marked).Hash | Should -Not -Be $plain
    }

    It 'says that an image is not in the series' {
        $record = Get-CommandError { $series | Export-FsrImage $TestDrive -ImageNumber 99 }
        $record.FullyQualifiedErrorId | Should -BeLike 'ImageNotInSeries,*'
    }

    It 'honours -WhatIf, -NoClobber and -PassThru' {
        $reconstruction | Export-FsrImage (Join-Path $TestDrive 'whatif') -WhatIf | Should -BeNullOrEmpty
        @(Get-ChildItem $TestDrive -Filter 'whatif*') | Should -HaveCount 0
        $reconstruction | Export-FsrImage (Join-Path $TestDrive 'pass') -PassThru | Should -Be $reconstruction
        (Get-CommandError { $reconstruction | Export-FsrImage (Join-Path $TestDrive 'pass') -NoClobber }).FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
    }
}
