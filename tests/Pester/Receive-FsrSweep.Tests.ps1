BeforeDiscovery {
    # A cluster of this machine takes Slurm and root; .ci/run installs the one where it has the other.
    $noSlurm = -not ($IsLinux -and (Get-Command slurmctld, slurmd, munged, sbatch -ErrorAction Ignore).Count -eq 4 -and (id -u) -eq 0)
    if ($noSlurm) {
        Write-Host 'Tests on Slurm are left out: slurmctld, slurmd, munged and sbatch are not installed, or the user is not root.'
    }
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    $folder = Join-Path $TestDrive 'sweep'
    $config = New-TestSeries $folder
    $script:number = 0

    function New-Place {
        Join-Path $TestDrive "place$(($script:number++))"
    }
}

Describe 'Receive-FsrSweep' {
    It 'takes up a sweep of this computer that was stopped' {
        $place = New-Place
        # One whose frames do not wander off in many iterations.
        $long = (New-FsrSimulatedSeries (New-Place) -Size 128 -FrameCount 8 -Drift 0 -Dose 0).ParameterFile
        $shell = New-TestShell 'Invoke-FsrSweep $a.config -Set @{ LinearIterations = 1, 2, 1000000 } -Destination $a.place -ThrottleLimit 1 -SkipChiSquare' @{ config = $long; place = $place }
        $rows = [Management.Automation.PSDataCollection[psobject]]::new()
        $null = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $rows)
        Wait-Until { $rows.Count -ge 2 } | Should -BeTrue
        { Invoke-FsrSweep $long -Set @{ Limit = 3 } -Destination $place } | Should -Throw -ErrorId 'SweepUnderWay,*'
        $shell.Stop()
        $shell.Dispose()
        $found = Receive-FsrSweep $place -WarningVariable warned -WarningAction SilentlyContinue
        $found | Should -HaveCount 2
        $found[0] | Should -BeOfType FsRec.Sweeps.SweepRow
        $found.LinearIterations | Should -Be 1, 2
        $found.ResidualRms | Should -Be $rows.ResidualRms
        "$warned" | Should -BeLike 'SweepUnfinished: 1 run*-Wait*'
        $status = Receive-FsrSweep $place -Status
        $status.Runs, $status.Done, $status.Failed, $status.On | Should -Be 3, 2, 0, 'Local'
        (Import-Csv (Join-Path $place 'sweep.csv')).State | Should -Be 'Done', 'Done', 'Open'
        { Receive-FsrSweep (New-Place) } | Should -Throw '*no sweep*'
    }

    It 'does with -Wait what is left, and gives the errors of runs again' {
        $place = New-Place
        $null = Invoke-FsrSweep $config -Set @{ Limit = 3, 4, 100 } -Iterations 1 -SkipChiSquare -Destination $place -ErrorAction Ignore
        # As if the session had died before one of them: its end is not in the journal.
        $journal = (Get-ChildItem (Join-Path $place '.sweep') -Recurse -Filter *.jsonl | Where-Object { $_.Directory.Name -eq 'journal' }).FullName
        Set-Content $journal (Get-Content $journal | Where-Object { $_ -notlike '*"event":"end","*"run":1*' -and $_ -notlike '*finish*' })
        $records = Get-CommandError { Receive-FsrSweep $place -Wait }
        $records | Should -HaveCount 1
        $records[0].FullyQualifiedErrorId | Should -BeLike 'ParametersInvalid,*'
        $rows = Receive-FsrSweep $place -ErrorAction Ignore
        $rows | Sort-Object Limit | ForEach-Object Limit | Should -Be 3, 4
        ($rows | Where-Object Limit -EQ 4).IsReadBack | Should -BeTrue
    }

    It 'prints the batch script with -WhatIf and submits nothing' {
        $place = New-Place
        $script = Invoke-FsrSweep $config -Set @{ Limit = 3, 4 } -Destination $place -On Slurm -Partition long -TimeLimit 2:00:00 -MaxRunning 200 -Memory 4GB -SlurmOption '--account=x' -RunsPerTask 1 -WhatIf
        $place | Should -Not -Exist
        foreach ($line in '--array=0-1%200', '--partition=long', '--time=02:00:00', '--mem=4096M', '--account=x', '--no-requeue') {
            $script | Should -BeLike "*#SBATCH $line`n*"
        }

        { Invoke-FsrSweep $config -Set @{ Limit = 3 } -Partition long -Destination $place } | Should -Throw '*-On Slurm*'
        { Invoke-FsrSweep $config -Set @{ Limit = 3 } -On Slurm -TimeLimit soon -Destination $place } | Should -Throw '*no time*'
    }
}

Describe 'A sweep on Slurm' -Skip:$noSlurm {
    BeforeAll {
        $cluster = Join-Path ([IO.Path]::GetTempPath()) "fsrec-slurm-$PID"
        $said = bash (Join-Path $PSScriptRoot '../Slurm/start.sh') $cluster 2>&1
        if ($LASTEXITCODE) {
            throw "$said"
        }

        $env:SLURM_CONF = Join-Path $cluster 'slurm.conf'
    }

    AfterAll {
        bash (Join-Path $PSScriptRoot '../Slurm/stop.sh') $cluster
        Remove-Item Env:SLURM_CONF
        Remove-Item -Recurse -Force $cluster
    }

    It 'gives the rows that this computer gives' {
        $set = @{ Limit = 3, 3.5, 4, 100; Focusspread = 3, 4 }
        $place = New-Place
        $rows = Invoke-FsrSweep $config -Set $set -Iterations 1 -Destination $place -On Slurm -RunsPerTask 3 -MaxRunning 2 -ErrorAction SilentlyContinue -ErrorVariable failed
        $rows | Should -HaveCount 6
        $failed | Should -HaveCount 2
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'ParametersInvalid,*'
        $local = Invoke-FsrSweep $config -Set $set -Iterations 1 -Destination (New-Place) -ErrorAction Ignore
        foreach ($row in $rows) {
            $same = $local | Where-Object { $_.Limit -eq $row.Limit -and $_.Focusspread -eq $row.Focusspread }
            $row.ModelChiSquare | Should -Be $same.ModelChiSquare
            $row.ReadWave().GetAmplitude() | Should -Be $same.ReadWave().GetAmplitude()
        }

        # What is complete is not submitted again.
        $again = Invoke-FsrSweep $config -Set $set -Iterations 1 -Destination $place -On Slurm -ErrorAction Ignore
        $again.IsReadBack | Should -Not -Contain $false
        (Receive-FsrSweep $place -Status -ErrorAction Ignore).Jobs | Should -BeNullOrEmpty
    }

    It 'moves from this computer to the cluster, and its session may end' {
        $place = New-Place
        # Runs as small as these may all be over before the pipeline hears of the first.
        $first = Invoke-FsrSweep $config -Set @{ Limit = 3 } -Iterations 1 -SkipChiSquare -Destination $place
        $status = Invoke-FsrSweep $config -Set @{ Limit = 3, 3.5, 4, 4.5 } -Iterations 1 -SkipChiSquare -Destination $place -On Slurm -NoWait
        $status | Should -BeOfType FsRec.Sweeps.SweepStatus
        $rows = $status | Receive-FsrSweep -Wait
        $rows | Should -HaveCount 4
        ($rows | Where-Object Limit -EQ $first.Limit).IsReadBack | Should -BeTrue
        (Receive-FsrSweep $place -Status).Jobs | Should -HaveCount 1
    }

    It 'does no work with a program that was changed' {
        $place = New-Place
        $null = New-Item -ItemType Directory $place
        scontrol update PartitionName=test State=DOWN
        try {
            $null = Invoke-FsrSweep $config -Set @{ Limit = 3, 4 } -Iterations 1 -SkipChiSquare -Destination $place -On Slurm -RunsPerTask 1 -NoWait
            # The one that runs, and the one that was compiled ahead.
            foreach ($file in Get-ChildItem (Join-Path $place program) -Recurse -Filter FsRec.dll) {
                [IO.File]::WriteAllBytes($file.FullName, [byte[]] (1, 2, 3))
            }
        }
        finally {
            scontrol update PartitionName=test State=UP
        }

        { Receive-FsrSweep $place -Wait } | Should -Throw -ErrorId 'ProgramChanged,*'
    }

    It 'loses nothing while tasks and sessions die' {
        $said = & (Join-Path $repository 'tools/Invoke-PowerShell.ps1') -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot '../Slurm/faults.ps1') -Runs 16 -Faults 1 -Kills 1 -RunsPerTask 8 -Folder (New-Place) -Module $moduleFolder 2>&1
        $LASTEXITCODE | Should -Be 0 -Because "$said"
        "$said" | Should -BeLike '*nothing lost*'
    }
}
