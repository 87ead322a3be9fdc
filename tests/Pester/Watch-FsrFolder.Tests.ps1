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
        $null = Wait-Until { $Watch.Rows.Count -ge $Count -or $Watch.Run.IsCompleted }
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
        (Watch-FsrFolder $place -Once -Interval 0.1 -RetryFailed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue).State | Should -Be 'Failed'
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
            Measure-Work { $watch.Shell.Stop() } | Should -BeLessThan 2000
            $watch.Shell.InvocationStateInfo.State | Should -Be Stopped
        }
        finally {
            $watch.Shell.Dispose()
        }
    }

    It 'says what frames without a header need, and runs them once it is given' {
        $null = New-TestSeries $place
        Remove-Item (Join-Path $place 'config.fsr')
        Watch-FsrFolder $place -Once -Interval 0.1 -WarningVariable told -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        @($told) -like 'SeriesNotWhole: *frames*6 files without a header, test_000.raw to test_005.raw*Dimensions and Pixeltype*-Set*' | Should -HaveCount 1
        $done = Watch-FsrFolder $place -Once -Quiet 0.1 -Interval 0.05 -Dimensions 64, 64 -Sampling 0.1 -Voltage 300 -Foci -120, -40 -Method Wiener -WarningVariable told -WarningAction SilentlyContinue
        $done.State | Should -Be 'Done'
        $done.Frames | Should -Be 6
        @($told) -like 'SeriesNotWhole*' | Should -BeNullOrEmpty
    }

    It 'takes keys by name, over those of every series' {
        $null = New-TestSeries (Join-Path $place 'one')
        $done = Watch-FsrFolder $place -Once -Interval 0.1 -LinearIterations 1 -OUTPUTFILENAME named -WarningAction SilentlyContinue
        $done.State | Should -Be 'Done'
        Join-Path $place 'one/results/named.wav' | Should -Exist
        (Get-Content -Raw (Join-Path $place 'one/results/named_run.json') | ConvertFrom-Json).iterations | Should -Be 1
    }

    It 'loses no results where names repeat' {
        $made = New-FsrSimulatedSeries (Join-Path $TestDrive ([guid]::NewGuid())) -Specimen LightAtoms -Size 96 -FrameCount 6 | Import-FocalSeries
        foreach ($name in 'day1/img.mrc', 'day2/img.mrc', 'mix/img.mrc', 'mix/img.tif') {
            $null = New-Item -ItemType Directory -Force (Join-Path $place (Split-Path $name))
            $null = $made | Export-FocalSeries (Join-Path $place $name)
        }

        $there = Join-Path $TestDrive ([guid]::NewGuid())
        $rows = Watch-FsrFolder $place -Once -Quiet 0.1 -Interval 0.05 -Destination $there -Method Wiener -WarningAction SilentlyContinue | Sort-Object Name
        $rows.State | Should -Be (@('Done') * 4)
        $waves = 'day1/img/img', 'day2/img/img', 'mix/img/img', 'mix/img_tif/img_tif'
        $rows | ForEach-Object { Join-Path $_.OutputFolder $_.OutputName } | Should -Be ($waves | ForEach-Object { Join-Path $there $_ })
        $waves | ForEach-Object { Join-Path $there "$_.wav" | Should -Exist }
    }

    It 'prints the text of a service with its own call' {
        $text = Watch-FsrFolder $place -Sentinel '{name}.done' -Interval 2 -Set @{ Limit = 5 } -Foci -120, -40 -OUTPUTPATH there -AsService Systemd
        $text | Should -BeLike "*ExecStart=*Watch-FsrFolder '$place'*-Sentinel '{name}.done'*"
        $text | Should -Not -BeLike '*AsService*'
        # Keys by name are those of -Set, and a folder is the one meant here, as the service starts elsewhere.
        $text | Should -BeLike "*'Limit' = '5'*"
        $text | Should -BeLike "*'Foci' = '?-120,-40?'*"
        $text | Should -BeLike "*'OUTPUTPATH' = '$(Join-Path $PWD 'there')'*"
        Watch-FsrFolder $place -AsService Windows | Should -BeLike "*Register-ScheduledTask*"
        Join-Path $place 'watch-folder.jsonl' | Should -Not -Exist
    }
}
