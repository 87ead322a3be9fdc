BeforeAll {
    . $PSScriptRoot/common.ps1
    $config = New-TestSeries (Join-Path $TestDrive 'series')
    $series = Import-FocalSeries $config
    $aligned = $series | Invoke-FsrPrealignment
}

Describe 'Export-FsrDisplacement and Import-FsrDisplacement' {
    It 'write and read the displacements of an aligned series' {
        $file = $aligned | Export-FsrDisplacement
        $file.FullName | Should -Be (Join-Path $TestDrive 'series' 'results' 'out_dxy.csv')
        $read = @(Import-FsrDisplacement $file)
        $read | Should -BeOfType FsRec.FrameDisplacement
        $read | Should -HaveCount 6
        [Math]::Abs($read[0].Dx - $aligned.Displacements[0].Dx) | Should -BeLessThan 1e-6
        @(Import-FsrParameter $config | Import-FsrDisplacement) | Should -Be $read
        ($series | Invoke-FsrReconstruction -Displacement $read -Iterations 1).Displacements[0] | Should -Be $read[0]
    }

    It 'write those of a reconstruction, and displacements by themselves' {
        $reconstruction = $aligned | Invoke-FsrReconstruction -Iterations 1
        ($reconstruction | Export-FsrDisplacement $TestDrive).FullName | Should -Be (Join-Path $TestDrive 'out_dxy.csv')
        $file = $reconstruction.Displacements | Export-FsrDisplacement (Join-Path $TestDrive 'mine.csv')
        @(Import-FsrDisplacement $file) | Should -HaveCount 6
    }

    It 'honour -WhatIf, -NoClobber and -PassThru' {
        $path = Join-Path $TestDrive 'what.csv'
        $aligned | Export-FsrDisplacement $path -WhatIf | Should -BeNullOrEmpty
        $path | Should -Not -Exist
        $aligned | Export-FsrDisplacement $path -PassThru | Should -Be $aligned
        (Get-CommandError { $aligned | Export-FsrDisplacement $path -NoClobber }).FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
    }
}
