BeforeAll {
    . $PSScriptRoot/common.ps1
    $made = New-FsrSimulatedSeries (Join-Path $TestDrive 'made') -Size 160 -FrameCount 10 -Drift 1 -StepError 0.03 -Name focus
    $reconstruction = $made | Import-FocalSeries | Invoke-FsrReconstruction -Iterations 3
}

Describe 'Export-FsrBoxcar' {
    It 'writes sums and a parameter file that reads them' {
        $files = $reconstruction | Export-FsrBoxcar 3 (Join-Path $TestDrive 'boxcar') -WarningAction SilentlyContinue -WarningVariable warnings
        $files.Name | Should -Be 'focus_boxcar_3_float32_000.raw', 'focus_boxcar_3_float32_001.raw', 'focus_boxcar_3_float32_002.raw', 'focus_boxcar_3.fsr'
        $warnings | Should -HaveCount 1
        (Import-FocalSeries $files[-1]).Count | Should -Be 3
    }

    It 'puts out its input with -PassThru, and takes what carries displacements' {
        $folder = Join-Path $TestDrive 'passed'
        $aligned = $made | Import-FocalSeries | Invoke-FsrPrealignment
        $aligned | Export-FsrBoxcar -Size 5 -Path $folder -PassThru | Should -Be $aligned
        Join-Path $folder 'focus_boxcar_5_float32_001.raw' | Should -Exist
    }

    It 'leaves sums that are there as they are with -NoClobber' {
        $folder = Join-Path $TestDrive 'kept'
        $files = $reconstruction | Export-FsrBoxcar 5 $folder
        Remove-Item $files[-1]
        [IO.File]::WriteAllText($files[1], 'kept')
        (Get-CommandError { $reconstruction | Export-FsrBoxcar 5 $folder -NoClobber }).FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        [IO.File]::ReadAllText($files[1]) | Should -Be 'kept'
    }

    It 'honours -WhatIf and -NoClobber, and refuses a size too large' {
        $folder = Join-Path $TestDrive 'nobox'
        $aligned = $reconstruction.Aligned
        $aligned | Export-FsrBoxcar 5 $folder -WhatIf | Should -BeNullOrEmpty
        $folder | Should -Not -Exist
        $null = $aligned | Export-FsrBoxcar 5 $folder
        (Get-CommandError { $aligned | Export-FsrBoxcar 5 $folder -NoClobber }).FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        (Get-CommandError { $aligned | Export-FsrBoxcar 50 $folder }).FullyQualifiedErrorId | Should -BeLike 'OperationFailed,*'
    }
}
