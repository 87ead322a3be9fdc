BeforeAll {
    . $PSScriptRoot/common.ps1
    $series = Import-FocalSeries (New-TestSeries (Join-Path $TestDrive 'series'))
    $reconstruction = $series | Invoke-FsrReconstruction -Iterations 1

}

Describe 'Show-FsrImage' {
    It 'puts nothing out, and the input with -PassThru' {
        $reconstruction | Show-FsrImage -Protocol HalfBlock -Width 10 | Should -BeNullOrEmpty
        $reconstruction | Show-FsrImage -Protocol HalfBlock -Width 10 -PassThru | Should -Be $reconstruction
        $series | Show-FsrImage -Width 10 -PassThru | Should -Be $series
        $reconstruction.Wave | Show-FsrImage -Kind Complex -Protocol Sixel -Width 10 -PassThru | Should -Be $reconstruction.Wave
    }

    It 'shows every kind' {
        foreach ($kind in 'Amplitude', 'Phase', 'Intensity', 'Real', 'Imaginary', 'Complex', 'Spectrum') {
            { $reconstruction | Show-FsrImage -Kind $kind -Protocol Kitty -Width 10 -ErrorAction Stop } | Should -Not -Throw
        }
    }

    It 'says that an image is not in the series' {
        (Get-CommandError { $series | Show-FsrImage -ImageNumber 99 }).FullyQualifiedErrorId | Should -BeLike 'ImageNotInSeries,*'
    }
}
