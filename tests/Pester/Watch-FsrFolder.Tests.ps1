BeforeAll {
    . $PSScriptRoot/common.ps1

    # Objects of a watch that goes on in another runspace.
    function Start-Watch([hashtable] $Argument) {
        $shell = [PowerShell]::Create()
        $null = $shell.AddScript('param($module, $a) Import-Module $module; Watch-FsrFolder @a').AddArgument($moduleFolder).AddArgument($Argument)
        $rows = [Management.Automation.PSDataCollection[psobject]]::new()
        @{ Shell = $shell; Rows = $rows; Run = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $rows) }
    }

    function Wait-Row($Watch, [int] $Count) {
        $clock = [Diagnostics.Stopwatch]::StartNew()
        while ($Watch.Rows.Count -lt $Count -and $clock.Elapsed.TotalSeconds -lt 60 -and $Watch.Run.IsCompleted -eq $false) {
            Start-Sleep -Milliseconds 50
        }

        $Watch.Rows.Count
    }
}

Describe 'Watch-FsrFolder' {
    BeforeEach {
        $place = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $place
    }

    It 'runs what is complete, records what is bad, and does nothing twice' {
        $null = New-TestSeries (Join-Path $place 'b-good')
        $null = New-TestSeries (Join-Path $place 'c-good') -Count 4
        Set-Content (Join-Path $place 'a-bad.fsr') '[OPTICS]', 'Voltage=none'
        $rows = Watch-FsrFolder $place -Once -Interval 0.1 -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue | Sort-Object Name
        $rows.State | Should -Be 'Failed', 'Done', 'Done'
        $rows[0].Error.Text | Should -BeLike '*Voltage*'
        @($failed.FullyQualifiedErrorId) -like 'SeriesFailed,*' | Should -HaveCount 1
        $rows[1].ScatteredPercent | Should -BeGreaterThan 0
        Join-Path $place 'b-good/results/out.wav' | Should -Exist
        @(Get-Content (Join-Path $place 'watch-folder.jsonl') | ConvertFrom-Json | Where-Object State -NE Started).State | Sort-Object | Should -Be 'Done', 'Done', 'Failed'

        Watch-FsrFolder $place -Once -Interval 0.1 | Should -BeNullOrEmpty
        (Watch-FsrFolder $place -Once -Interval 0.1 -RetryFailed -ErrorAction SilentlyContinue).State | Should -Be 'Failed'
        # A parameter file that has changed is a new series.
        Add-Content (Join-Path $place 'c-good/config.fsr') 'Maxprealign=3'
        (Watch-FsrFolder $place -Once -Interval 0.1 -WarningAction SilentlyContinue).Name | Should -Be 'c-good/config.fsr'
    }

    It 'tells of a series that is not whole, and waits for it' {
        $null = New-TestSeries (Join-Path $place 'slow')
        $last = Get-Item (Join-Path $place 'slow/frames/test_005.raw')
        Move-Item $last (Join-Path $place 'later')
        $null = Watch-FsrFolder $place -Once -Interval 0.1 -WarningVariable told -WarningAction SilentlyContinue
        @("$told") -like '*SeriesNotWhole: *test_005.raw*' | Should -HaveCount 1
        $watch = Start-Watch @{ Path = $place; Interval = 0.1 }
        try {
            Start-Sleep -Milliseconds 1000
            $watch.Rows.Count | Should -Be 0
            Move-Item (Join-Path $place 'later') $last
            Wait-Row $watch 1 | Should -Be 1
            $watch.Rows[0].State | Should -Be 'Done'
            { Watch-FsrFolder $place -Once -ErrorAction Stop } | Should -Throw 'Another process watches*'
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $watch.Shell.Stop()
            $clock.ElapsedMilliseconds | Should -BeLessThan 2000
        }
        finally {
            $watch.Shell.Dispose()
        }
    }

    It 'prints the text of a service with its own call' {
        $text = Watch-FsrFolder $place -Sentinel '{name}.done' -Interval 2 -Set @{ Limit = 5 } -AsService Systemd
        $text | Should -BeLike "*ExecStart=*Watch-FsrFolder '$place'*-Sentinel '{name}.done'*"
        $text | Should -Not -BeLike '*AsService*'
        Watch-FsrFolder $place -AsService Windows | Should -BeLike "*Register-ScheduledTask*"
        Join-Path $place 'watch-folder.jsonl' | Should -Not -Exist
    }
}

Describe 'Watch-FsrSeries' {
    It 'puts out an object a frame, the last with the wave of all' {
        $made = New-FsrSimulatedSeries (Join-Path $TestDrive 'made') -Size 96 -FrameCount 6
        $updates = Watch-FsrSeries $made.ParameterFile -WarningAction SilentlyContinue
        $updates | Should -HaveCount 6
        $updates.Frames | Should -Be (1..6)
        $updates.IsFinal | Should -Be (@($false) * 5 + $true)
        $updates[-1].Reconstruction.Displacements | Should -HaveCount 6
        $updates[-1].BestFoci.Count | Should -BeGreaterThan 0
        "$($updates[-1])" | Should -BeLike 'image 5, 6 frames*'
        ($updates[-1] | Out-String -Width 80) -split "`n" | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 80 }
    }
}

Describe 'Compare-FsrRun' {
    It 'takes results, files and folders, and says what differs' {
        $made = New-FsrSimulatedSeries (Join-Path $TestDrive 'two') -Size 96 -FrameCount 6
        $a = Invoke-FsrRun $made.ParameterFile -Iterations 1 -OUTPUTFILENAME four -Limit 4 -OUTPUTPATH (Join-Path $TestDrive 'a') -WarningAction SilentlyContinue -LogJson (Join-Path $TestDrive 'log.jsonl')
        $b = Invoke-FsrRun $made.ParameterFile -Iterations 1 -OUTPUTFILENAME five -Limit 5 -OUTPUTPATH (Join-Path $TestDrive 'b') -WarningAction SilentlyContinue
        Compare-FsrRun $a (Join-Path $TestDrive 'a') | Should -BeNullOrEmpty
        $found = Compare-FsrRun $a (Join-Path $TestDrive 'b/five_run.json')
        $limit = $found | Where-Object What -EQ Parameter
        $limit.Name, $limit.Left, $limit.Right | Should -Be 'Limit', '4', '5'
        ($found | Where-Object Name -EQ residualRms).Relative | Should -Not -BeNullOrEmpty
        ($found | Out-String -Width 80) -split "`n" | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 80 }
        (Compare-FsrRun $a $b -Kind Parameter).Name | Should -Be 'Limit'
        { Compare-FsrRun $a (Join-Path $TestDrive 'nothing.json') } | Should -Throw '*nothing.json*'
        (Get-Content (Join-Path $TestDrive 'log.jsonl') | ConvertFrom-Json).event | Should -Contain 'result'
    }
}
