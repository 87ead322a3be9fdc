BeforeAll {
    . $PSScriptRoot/common.ps1
}

Describe 'Watch-FsrSeries' {
    BeforeAll {
        # Of a weak object the wave that grows with the series is the one of the whole series.
        $made = New-FsrSimulatedSeries (Join-Path $TestDrive 'made') -Specimen LightAtoms -Size 96 -FrameCount 8 -Drift 0.5
        $updates = Watch-FsrSeries $made.ParameterFile -Threads 1 -SkipRun -WarningAction Ignore
    }

    It 'puts out an object a frame, the last with the wave of all' {
        $updates.Frames | Should -Be (1..8)
        $updates.ImageNumber | Should -Be (0..7)
        $updates.IsFinal | Should -Be (@($false) * 7 + $true)
        $updates.Belongs | Should -Not -Contain $false
        $updates[-1].Reconstruction.Displacements | Should -HaveCount 8
        # More frames know more.
        $updates[-1].RelativeError | Should -BeLessThan $updates[3].RelativeError
        # What is shown says which error it is.
        $updates[-1].ErrorByNoise | Should -Be $updates[-1].RelativeError
        $updates | Format-Table | Out-String -Width 80 | Should -BeLike '*ErrorByNoise*'
        $updates[-1].BestFoci.Count | Should -BeGreaterThan 0
        $updates[-1].Gain | Should -Be $updates[-1].BestFoci[0].Gain
    }

    It 'ends with the run that Invoke-FsrRun makes, and a page that grew with it' {
        $results = Join-Path $TestDrive 'whole'
        $page = Join-Path $results 'simulated_live.html'
        $last = @(Watch-FsrSeries $made.ParameterFile -Restoration Wiener -OUTPUTPATH $results -Report -WarningAction Ignore | ForEach-Object { $seen = Test-Path $page; $_ })[-1]
        $seen | Should -BeTrue
        $last.IsFinal, $last.Frames | Should -Be $true, 8
        $run = Invoke-FsrRun $made.ParameterFile -Restoration Wiener -OUTPUTPATH (Join-Path $TestDrive 'again') -MeasureResolution -WarningAction Ignore
        $last.Reconstruction.Wave.GetPhase() | Should -Be $run.Reconstruction.Wave.GetPhase()
        $last.Run.Files | Split-Path -Leaf | Should -Contain 'simulated_report.html'
        # All but the report is the same, figures and warnings among that.
        $differences = Compare-FsrRun $last.Run $run
        $differences | Should -HaveCount 1
        $differences.What | Should -Be 'File'
        # The bound of the library's own test on such an object: places differ by a hundredth of a pixel.
        $last.LiveError | Should -BeGreaterThan 0
        $last.LiveError | Should -BeLessThan 0.02
        Get-Content -Raw $page | Should -BeLike '*8 frames*how far the wave that grew*simulated_report.html*'
        Get-Content -Raw $page | Should -Not -BeLike '*http-equiv="refresh"*'
        # Without a run nothing is written.
        Join-Path (Split-Path $made.ParameterFile) 'results/simulated.wav' | Should -Not -Exist
    }

    It 'is stopped at once, and leaves nothing half-written' {
        $results = Join-Path $TestDrive 'stopped'
        $shell = New-TestShell 'Watch-FsrSeries $a.File -OUTPUTPATH $a.Results -Restoration Linear -LinearIterations 1000000 -Report -Threads 1 -WarningAction Ignore' @{ File = $made.ParameterFile; Results = $results }
        $rows = [Management.Automation.PSDataCollection[psobject]]::new()
        try {
            $null = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $rows)
            $lock = Join-Path $results 'simulated_run.lock'
            Wait-Until { $rows.Count -ge 8 -and (Test-Path $lock) } | Should -BeTrue
            $shell.Stop()
            $rows.Count | Should -Be 8
            # What is stopped may take a moment to take its own lock away.
            Wait-Until { -not (Test-Path $lock) } | Should -BeTrue

            Get-ChildItem -Force $results | ForEach-Object Name | Should -BeIn 'simulated_live.html', 'simulated_state.fsrec'
        }
        finally {
            $shell.Dispose()
        }
    }

    It 'takes frames in as they are put into the folder' {
        $folder = Split-Path (New-FsrSimulatedSeries (Join-Path $TestDrive 'slow') -Specimen LightAtoms -Size 96 -FrameCount 4).ParameterFile
        $file = (Get-ChildItem $folder -Filter *.fsr).FullName
        $frames = @(Get-ChildItem $folder -Filter *.raw | Sort-Object Name)
        $frames | Should -HaveCount 4
        $frames | ForEach-Object { Move-Item $_.FullName "$($_.FullName).later" }
        $shell = New-TestShell 'Watch-FsrSeries $a.File -SkipRun -Interval 0.01 -Threads 1 -WarningAction Ignore' @{ File = $file }
        $rows = [Management.Automation.PSDataCollection[psobject]]::new()
        try {
            $run = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $rows)
            $seen = foreach ($frame in $frames) {
                # Before the frame is there: what it gives may come at once.
                $before = $rows.Count
                Move-Item "$($frame.FullName).later" $frame.FullName
                $null = Wait-Until { $rows.Count -ne $before -or $run.IsCompleted }
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

    It 'follows links that are laid before their files, and says what it waits for' -Skip:$IsWindows {
        $place = Join-Path $TestDrive 'links'
        $made = (New-FsrSimulatedSeries (Join-Path $place 'made') -Specimen LightAtoms -Size 96 -FrameCount 3).ParameterFile
        $foci = (Import-FocalSeries $made).Foci
        $null = New-Item -ItemType Directory (Join-Path $place 'in'), (Join-Path $place 'later')
        foreach ($n in 0..2) {
            $null = Import-FocalSeries $made -Range $n -Foci $foci[$n] | Export-FocalSeries (Join-Path $place "made/img_$n.mrc")
            $null = New-Item -ItemType SymbolicLink (Join-Path $place "in/img_$n.mrc") -Target "../later/img_$n.mrc"
        }

        $shell = New-TestShell 'Watch-FsrSeries $a.File -INPUTPATH $a.In -INPUTFILENAME img_*.mrc -SkipRun -Interval 0.01 -Patience 0.05 -Threads 1' @{ File = $made; In = (Join-Path $place 'in') }
        $rows = [Management.Automation.PSDataCollection[psobject]]::new()
        try {
            $run = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $rows)
            $told = {
                param($Name)
                for ($i = 0; $i -lt $shell.Streams.Warning.Count; $i++) { if ("$($shell.Streams.Warning[$i])" -like "SeriesNotWhole: *$Name' is a link*") { $true } }
            }
            Wait-Until { $run.IsCompleted -or (& $told 'img_0.mrc') } | Should -BeTrue
            $rows.Count | Should -Be 0
            Copy-Item (Join-Path $place 'made/img_0.mrc'), (Join-Path $place 'made/img_2.mrc') (Join-Path $place 'later')
            # The frame behind the one that is missing is not taken in its place.
            Wait-Until { $run.IsCompleted -or (& $told 'img_1.mrc') } | Should -BeTrue
            $rows.Count | Should -Be 1
            Copy-Item (Join-Path $place 'made/img_1.mrc') (Join-Path $place 'later')
            $null = $shell.EndInvoke($run)
            $rows.Count | Should -Be 3
            $rows[2].IsFinal | Should -BeTrue
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
        $last = Watch-FsrSeries $file -SkipRun -WarningVariable told -WarningAction SilentlyContinue | Select-Object -Last 1
        $last.OutlierImages | Should -Be 5
        $last.Advice | Should -BeLike '*Image 5 does not belong*'
        @("$told") -like '*OutlierImage: *5*' | Should -HaveCount 1
    }

    It 'says that what was wanted is reached' {
        $last = Watch-FsrSeries $made.ParameterFile -SkipRun -RelativeError 5 -WarningAction Ignore | Select-Object -Last 1
        $last.IsEnough | Should -BeTrue
        $last.Advice | Should -BeLike 'enough: what was wanted is reached*'
    }

    It 'takes parameters, and keys by name' {
        $few = Import-FsrParameter $made.ParameterFile | Watch-FsrSeries -Range 2, 4, 6 -SkipRun -WarningAction Ignore
        $few.ImageNumber | Should -Be 2, 4, 6
        $few[-1].IsFinal | Should -BeTrue
    }

    It 'is shown in 80 columns, and says itself in a line' {
        "$($updates[-1])" | Should -BeLike 'image 7, 8 frames*'
        (($updates | Out-String -Width 80) -replace "\e\[[\d;]*m") -split "`n" | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 80 }
    }
}
