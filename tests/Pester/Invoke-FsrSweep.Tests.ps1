BeforeAll {
    . $PSScriptRoot/common.ps1
    $folder = Join-Path $TestDrive 'sweep'
    $config = New-TestSeries $folder
    $parameters = Import-FsrParameter $config
    $script:number = 0

    # A folder that no other test has swept into.
    function New-Place {
        Join-Path $TestDrive "place$(($script:number++))"
    }
}

Describe 'Invoke-FsrSweep' {
    It 'puts out one row a run of the grid, with the swept keys as properties' {
        $rows = Invoke-FsrSweep -Parameter $parameters -Set @{ Limit = 3..4; Focusspread = 3, 6, 9 } -ThrottleLimit 2 -Iterations 2
        $rows | Should -HaveCount 6
        $rows[0] | Should -BeOfType FsRec.Sweeps.SweepRow
        $rows | Group-Object Limit | Should -HaveCount 2
        ($rows | Sort-Object Focusspread, Limit).Focusspread | Should -Be 3, 3, 6, 6, 9, 9
        foreach ($row in $rows) {
            $alone = Import-FocalSeries $config -Limit $row.Limit -Focusspread $row.Focusspread | Invoke-FsrReconstruction -Iterations 2
            $row.ResidualRms | Should -Be $alone.ResidualRms
            $row.ScatteredFraction | Should -Be $alone.ScatteredFraction
            $row.HighestFrequency | Should -BeGreaterThan 2
            $row.Iterations | Should -Be 2
            $row.Elapsed.TotalSeconds | Should -BeGreaterThan 0
            $row.Files | ForEach-Object { $_ | Should -Exist }
            $row.OutputFolder | Should -Be (Join-Path $folder 'results/out_sweep' "Focusspread-$($row.Focusspread)_Limit-$($row.Limit)")
        }
    }

    It 'streams rows as they finish' {
        $first = Invoke-FsrSweep $config -Set @{ LinearIterations = 1, 50000 } -Destination (New-Place) -ThrottleLimit 1 | Select-Object -First 1
        $first.LinearIterations | Should -Be 1
    }

    It 'takes files, parameters and properties from the pipeline, and named keys for all runs' {
        $set = @{ Limit = 3, 4 }
        Get-Item $config | Invoke-FsrSweep -Set $set -LinearIterations 1 -Destination (New-Place) | Should -HaveCount 2
        $rows = [pscustomobject]@{ Parameters = $parameters } | Invoke-FsrSweep -Set $set -LinearIterations 1 -Semiconvergence 0.2 -Destination (New-Place)
        $rows.Iterations | Should -Be 1, 1
        $rows.Parameters.Microscope.Semiconvergence | Should -Be 0.2, 0.2
    }

    It 'takes lists of lists for keys whose value is a list' {
        $rows = Invoke-FsrSweep $config -Set @{ Alignmentfilter = (0.2, 2), (0.3, 3); Range = (0..3), '[[1,4]]' } -Iterations 1 -Foci -100, -60 -Destination (New-Place) -WarningAction Ignore
        $rows.Alignmentfilter | Sort-Object -Unique | Should -Be '[0.2,2]', '[0.3,3]'
        $rows.Parameters.SelectedImages.Count | Should -Be 16
        @(Invoke-FsrSweep $config -Set @{ Alignmentfilter = 0.2, 2 } -Iterations 1 -Destination (New-Place)) | Should -HaveCount 1
    }

    It 'goes on where it was stopped, and does all again with -Force' {
        $place = New-Place
        $shell = New-TestShell 'Invoke-FsrSweep $a.config -Set @{ LinearIterations = 1, 2, 1000000 } -Destination $a.place -ThrottleLimit 1' @{ config = $config; place = $place }
        $rows = [Management.Automation.PSDataCollection[psobject]]::new()
        $run = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $rows)
        Wait-Until { $rows.Count -ge 2 } | Should -BeTrue
        $rows.Count | Should -Be 2
        Measure-Work { $shell.Stop() } | Should -BeLessThan 500
        $shell.Streams.Error | Should -HaveCount 0
        $shell.Dispose()

        $set = @{ LinearIterations = 1, 2, 3 }
        (Invoke-FsrSweep $config -Set $set -Destination $place -ThrottleLimit 1).IsReadBack | Should -Be $true, $true, $false
        (Invoke-FsrSweep $config -Set $set -Destination $place).IsReadBack | Should -Not -Contain $false
        (Invoke-FsrSweep $config -Set $set -Destination $place -Force).IsReadBack | Should -Not -Contain $true
        (Invoke-FsrSweep $config -Set $set -Destination $place -Filtercutoff 0.3).IsReadBack | Should -Not -Contain $true
    }

    It 'tells of a run that fails with its values, and goes on' {
        $place = New-Place
        $records = Get-CommandError { Invoke-FsrSweep $config -Set @{ Limit = 3, 100 } -Iterations 1 -Destination $place }
        $records | Should -HaveCount 1
        $records[0].FullyQualifiedErrorId | Should -BeLike 'ParametersInvalid,*'
        $records[0].TargetObject.Values[0].Value | Should -Be '100'
        "$($records[0])" | Should -BeLike 'Limit=100: *Nyquist*'
        Invoke-FsrSweep $config -Set @{ Limit = 3, 100 } -Iterations 1 -Destination $place -ErrorAction Ignore | Should -HaveCount 1
        { Invoke-FsrSweep $config -Set @{ Limit = 100, 3 } -Iterations 1 -Destination $place -ErrorAction Stop } | Should -Throw
    }

    It 'refuses what cannot be swept before anything is done' {
        $place = New-Place
        foreach ($set in @{ Limt = 3 }, @{ OUTPUTPATH = 'x', 'y' }, @{ Limit = @() }) {
            { Invoke-FsrSweep $config -Set $set -Destination $place } | Should -Throw -ErrorId 'OverrideInvalid,*'
        }

        { Invoke-FsrSweep $config -Set @{ Limit = 3, 4 } -Limit 5 -Destination $place } | Should -Throw -ErrorId 'OverrideInvalid,*'
        $place | Should -Not -Exist
    }

    It 'writes nothing with -WhatIf' {
        $place = New-Place
        Invoke-FsrSweep $config -Set @{ Limit = 3, 4 } -Destination $place -WhatIf | Should -BeNullOrEmpty
        $place | Should -Not -Exist
    }

    It 'gives rows that go on' {
        $place = New-Place
        $rows = Invoke-FsrSweep $config -Set @{ Limit = 3, 4 } -Iterations 1 -Destination $place
        $pictures = $rows | Export-FsrImage -Kind Phase
        $pictures.FullName | Should -Be ($rows.OutputFolder | ForEach-Object { Join-Path $_ 'out_phase.png' })
        ($rows[0] | Export-FsrImage (Join-Path $place 'filtered') -Filtered -Kind Amplitude).Name | Should -Be 'filtered_amplitude.png'
        ($rows | Import-FsrWave).Count | Should -Be 2
        ($rows[1] | Import-FocalSeries | Invoke-FsrReconstruction -UsePrevious -Iterations 1 -WarningAction Ignore).History | Should -HaveCount 1
        ($rows | ConvertTo-Csv)[0] | Should -BeLike '*"Limit"*"ResidualRms"*'
        $rows | Format-Table | Out-String -Width 200 | Should -BeLike '*Limit=3*'
        $rows | Format-List | Out-String -Width 200 | Should -BeLike '*HighestFrequency*out.wav*'
    }

    It 'shows its progress' {
        $made = New-FsrSimulatedSeries (New-Place) -Size 128 -FrameCount 8 -Drift 0 -Dose 0
        $shell = New-TestShell '$null = Invoke-FsrSweep $a.config -Set @{ LinearIterations = 1, 2, 5000 } -ThrottleLimit 1' @{ config = $made.ParameterFile }
        $null = $shell.Invoke()
        $records = @($shell.Streams.Progress | Where-Object Activity -EQ 'Invoke-FsrSweep')
        $records[0].StatusDescription | Should -BeLike 'Sweep, * of 3'
        @($records.PercentComplete | Where-Object { $_ -gt 67 -and $_ -lt 100 }) | Should -Not -BeNullOrEmpty
        $records[-1].RecordType | Should -Be Completed
        $shell.Dispose()
    }

    It 'leaves no bar on the screen when the pipeline has had enough' {
        $made = New-FsrSimulatedSeries (New-Place) -Size 128 -FrameCount 8 -Drift 0 -Dose 0
        $shell = New-TestShell 'Invoke-FsrSweep $a.config -Set @{ LinearIterations = 2000, 50000 } -ThrottleLimit 1 | Select-Object -First 1' @{ config = $made.ParameterFile }
        $shell.Invoke() | Should -HaveCount 1
        $records = @($shell.Streams.Progress | Where-Object Activity -EQ 'Invoke-FsrSweep')
        $records[-1].RecordType | Should -Be Completed
        $shell.Dispose()
    }
}
