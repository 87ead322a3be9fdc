BeforeAll {
    . $PSScriptRoot/common.ps1
}

Describe 'Watch-FsrSeries' {
    BeforeAll {
        # Of a weak object the wave that grows with the series is the one of the whole series.
        $made = New-FsrSimulatedSeries (Join-Path $TestDrive 'made') -Specimen LightAtoms -Size 96 -FrameCount 8 -Drift 0.5
        $updates = Watch-FsrSeries $made.ParameterFile -Threads 1 -WarningAction Ignore
    }

    It 'puts out an object a frame, the last with the wave of all' {
        $updates.Frames | Should -Be (1..8)
        $updates.ImageNumber | Should -Be (0..7)
        $updates.IsFinal | Should -Be (@($false) * 7 + $true)
        $updates.Belongs | Should -Not -Contain $false
        $updates[-1].Reconstruction.Displacements | Should -HaveCount 8
        # More frames know more.
        $updates[-1].RelativeError | Should -BeLessThan $updates[3].RelativeError
        $updates[-1].BestFoci.Count | Should -BeGreaterThan 0
        $updates[-1].Gain | Should -Be $updates[-1].BestFoci[0].Gain
    }

    It 'ends with the wave that the whole series gives' {
        $whole = Import-FocalSeries $made.ParameterFile | Invoke-FsrReconstruction -Method Wiener -WarningAction Ignore
        # The bound of the library's own test on such an object: places differ by a hundredth of a pixel.
        ($updates[-1].Reconstruction | Compare-FsrWave $whole -FitTilt).RelativeError | Should -BeLessThan 0.02
    }

    It 'takes frames in as they are put into the folder' {
        $folder = Split-Path (New-FsrSimulatedSeries (Join-Path $TestDrive 'slow') -Specimen LightAtoms -Size 96 -FrameCount 4).ParameterFile
        $file = (Get-ChildItem $folder -Filter *.fsr).FullName
        $frames = @(Get-ChildItem $folder -Filter *.raw | Sort-Object Name)
        $frames | Should -HaveCount 4
        $frames | ForEach-Object { Move-Item $_.FullName "$($_.FullName).later" }
        $shell = New-TestShell 'Watch-FsrSeries $a.File -Interval 0.01 -Threads 1 -WarningAction Ignore' @{ File = $file }
        $rows = [Management.Automation.PSDataCollection[psobject]]::new()
        try {
            $run = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $rows)
            $seen = foreach ($frame in $frames) {
                Move-Item "$($frame.FullName).later" $frame.FullName
                $clock = [Diagnostics.Stopwatch]::StartNew()
                $before = $rows.Count
                while ($rows.Count -eq $before -and $clock.Elapsed.TotalSeconds -lt 60 -and -not $run.IsCompleted) {
                    Start-Sleep -Milliseconds 20
                }

                $rows.Count
            }

            $null = $shell.EndInvoke($run)
            $seen | Should -Be (1..4)
            $rows[3].IsFinal | Should -BeTrue
        }
        finally {
            $shell.Dispose()
        }
    }

    It 'names a frame that shows something else' {
        $place = Join-Path $TestDrive 'odd'
        $file = (New-FsrSimulatedSeries $place -Specimen LightAtoms -Size 96 -FrameCount 8).ParameterFile
        $null = New-FsrSimulatedSeries (Join-Path $TestDrive 'other') -Specimen Crystal -Size 96 -FrameCount 8 -Seed 77
        $odd = @(Get-ChildItem $place -Filter *.raw | Sort-Object Name)[5]
        Copy-Item (Join-Path $TestDrive 'other' $odd.Name) $odd.FullName -Force
        $last = Watch-FsrSeries $file -WarningVariable told -WarningAction SilentlyContinue | Select-Object -Last 1
        $last.OutlierImages | Should -Be 5
        $last.Advice | Should -BeLike '*Image 5 does not belong*'
        @("$told") -like '*OutlierImage: *5*' | Should -HaveCount 1
    }

    It 'says that what was wanted is reached' {
        $last = Watch-FsrSeries $made.ParameterFile -RelativeError 5 -WarningAction Ignore | Select-Object -Last 1
        $last.IsEnough | Should -BeTrue
        $last.Advice | Should -BeLike 'enough: what was wanted is reached*'
    }

    It 'takes parameters, and keys by name' {
        $few = Import-FsrParameter $made.ParameterFile | Watch-FsrSeries -Range 2, 4, 6 -WarningAction Ignore
        $few.ImageNumber | Should -Be 2, 4, 6
        $few[-1].IsFinal | Should -BeTrue
    }

    It 'is shown in 80 columns, and says itself in a line' {
        "$($updates[-1])" | Should -BeLike 'image 7, 8 frames*'
        (($updates | Out-String -Width 80) -replace "\e\[[\d;]*m") -split "`n" | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 80 }
    }
}
