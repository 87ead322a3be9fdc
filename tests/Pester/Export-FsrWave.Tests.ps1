BeforeAll {
    . $PSScriptRoot/common.ps1
    $config = New-TestSeries (Join-Path $TestDrive 'series')
    $results = Join-Path $TestDrive 'series' 'results'
    $reconstruction = Import-FocalSeries $config | Invoke-FsrReconstruction -Iterations 1
}

Describe 'Export-FsrWave' {
    It 'writes wave, filtered wave and displacements under the parameters'' output name' {
        $files = $reconstruction | Export-FsrWave
        $files | Should -BeOfType System.IO.FileInfo
        $files.FullName | Should -Be (Join-Path $results 'out.wav'), (Join-Path $results 'out_filt.wav'), (Join-Path $results 'out_dxy.csv')
        $files[0].Length | Should -Be (64 * 64 * 8)
        @(Get-Content $files[2])[0] | Should -BeLike '#*'
        @(Get-Content $files[2]) | Should -HaveCount 7
    }

    It 'writes where -Path says' {
        ($reconstruction | Export-FsrWave (Join-Path $TestDrive 'here.wav')).Name | Should -Be 'here.wav', 'here_filt.wav', 'here_dxy.csv'
        ($reconstruction | Export-FsrWave (Join-Path $TestDrive 'stem')).Name | Should -Be 'stem.wav', 'stem_filt.wav', 'stem_dxy.csv'
        ($reconstruction | Export-FsrWave $TestDrive).FullName | Should -Contain (Join-Path $TestDrive 'out.wav')
    }

    It "counts -Path from PowerShell's location" {
        Push-Location $TestDrive
        try {
            ($reconstruction | Export-FsrWave relative.wav)[0].FullName | Should -Be (Join-Path $TestDrive 'relative.wav')
        }
        finally {
            Pop-Location
        }
    }

    It 'writes a wave by itself' {
        $path = Join-Path $TestDrive 'alone.wav'
        ($reconstruction.Wave | Export-FsrWave -Path $path).Length | Should -Be (64 * 64 * 8)
        Join-Path $TestDrive 'alone_dxy.csv' | Should -Not -Exist
    }

    It 'writes aligned frames when Savealigned says so' {
        $files = $reconstruction | Invoke-FsrReconstruction -Iterations 1 -Set @{ Savealigned = 'On'; OUTPUTFILENAME = 'ali' } | Export-FsrWave
        $files.Name | Should -Contain 'ali_ali_float32_005.raw'
        $files | Should -HaveCount 9
    }

    It 'writes the foci and the uncertainty of a refined wave, which a later run continues with' {
        $foci = $reconstruction.Series.ImageNumbers | ForEach-Object { [FsRec.FrameFocus]::new($_, $reconstruction.Series.Foci[$_] + 5) }
        $refined = Import-FocalSeries $config -Focus $foci | Invoke-FsrReconstruction -Method Wiener -Iterations 1 -WarningAction SilentlyContinue
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'refined')).FullName
        $files = $refined | Export-FsrWave $folder
        $files.Name | Should -Be 'out.wav', 'out_filt.wav', 'out_dxy.csv', 'out_foci.csv', 'out_uncertainty_frames.csv', 'out_uncertainty_rings.csv'
        $record = Get-Content (Join-Path $folder 'out_run.json') -Raw | ConvertFrom-Json
        $record.command | Should -Be 'Export-FsrWave'
        $record.files.psobject.Properties.Name | Should -Be $files.Name
        $again = Import-FocalSeries $config | Invoke-FsrReconstruction -UsePrevious -Iterations 0 -Set @{ OUTPUTPATH = $folder } -WarningAction SilentlyContinue
        $again.Series.Foci[0] | Should -BeGreaterThan ($refined.Series.Foci[0] - 1e-5)
        $again.Series.Foci[0] | Should -BeLessThan ($refined.Series.Foci[0] + 1e-5)
        # The wave of another reconstruction takes the place of the wave; what it has not stays, and is not taken for its own.
        $null = $reconstruction | Export-FsrWave $folder
        Join-Path $folder 'out_foci.csv' | Should -Exist
        (Get-Content (Join-Path $folder 'out_run.json') | ConvertFrom-Json).others.PSObject.Properties.Name | Should -Contain 'out_foci.csv'
    }

    It 'leaves exports in other formats' {
        $folder = New-Item (Join-Path $TestDrive 'formats') -ItemType Directory
        foreach ($name in 'w.tif', 'w.hspy', 'w.npy', 'w') {
            $null = $reconstruction | Export-FsrWave (Join-Path $folder $name)
        }

        foreach ($ending in '.tif', '.hspy', '.npy', '.wav') {
            Join-Path $folder "w$ending" | Should -Exist
            Join-Path $folder "w_filt$ending" | Should -Exist
        }
    }

    It 'writes nothing with -WhatIf' {
        $reconstruction | Export-FsrWave (Join-Path $TestDrive 'whatif') -WhatIf | Should -BeNullOrEmpty
        @(Get-ChildItem $TestDrive -Filter 'whatif*') | Should -HaveCount 0
    }

    It 'replaces existing files' {
        $path = Join-Path $TestDrive 'again.wav'
        Set-Content $path 'old'
        $null = $reconstruction | Export-FsrWave $path
        (Get-Item $path).Length | Should -Be (64 * 64 * 8)
    }

    It 'writes none of the files with -NoClobber when one is there' {
        $path = Join-Path $TestDrive 'kept_dxy.csv'
        Set-Content $path 'old'
        $record = Get-CommandError { $reconstruction | Export-FsrWave (Join-Path $TestDrive 'kept.wav') -NoClobber }
        $record.FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        $record.CategoryInfo.Category | Should -Be ResourceExists
        $record.TargetObject | Should -Be $path
        Join-Path $TestDrive 'kept.wav' | Should -Not -Exist
        Get-Content $path | Should -Be 'old'
    }

    It 'replaces a read-only file with -Force only' {
        $path = Join-Path $TestDrive 'fixed.wav'
        Set-Content $path 'old'
        Set-ItemProperty $path IsReadOnly $true
        (Get-CommandError { $reconstruction | Export-FsrWave $path }).FullyQualifiedErrorId | Should -BeLike 'FileReadOnly,*'
        Get-Content $path | Should -Be 'old'
        $reconstruction | Export-FsrWave $path -Force | Should -HaveCount 3
    }

    It 'passes the reconstruction on with -PassThru' {
        $reconstruction | Export-FsrWave (Join-Path $TestDrive 'pass') -PassThru | Should -Be $reconstruction
    }

    It 'says why a file cannot be written' {
        $file = Join-Path $TestDrive 'file'
        Set-Content $file 'not a folder'
        $record = Get-CommandError { $reconstruction | Export-FsrWave (Join-Path $file 'x.wav') }
        $record.FullyQualifiedErrorId | Should -BeLike 'WriteFailed,*'
        $record.CategoryInfo.Category | Should -Be WriteError
    }
}
