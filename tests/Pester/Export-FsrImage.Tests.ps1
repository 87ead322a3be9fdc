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
        Get-PngSize $files[0] | Should -Be 64, 64
    }

    It 'draws the filtered wave, or one kind only' {
        ($reconstruction | Export-FsrImage -Filtered -Kind Phase).Name | Should -Be 'out_filt_phase.png'
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
