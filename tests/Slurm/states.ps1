#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Has tasks of a sweep end in each state that Slurm knows, on a cluster of this machine, and says what became of their runs.
.DESCRIPTION
    Takes the cluster that SLURM_CONF names, as tests/Slurm/start.sh starts it. Each sweep has a long run, whose task dies while at it: it is cancelled,
    makes way for a job of the partition urgent, loses its node, exceeds its time, exceeds its memory, or is killed while no session looks, until the queue
    has forgotten it. It fails where the state in the journal of the sweep or what became of the run is not what docs/sweeps.md says.
.PARAMETER State
    Those to try. TIMEOUT takes more than a minute, the least time that Slurm limits.
.PARAMETER Program
    A console program fsrec for the nodes; without it they run the module in PowerShell.
.PARAMETER Iterations
    Of the long run.
.PARAMETER Size
    Pixels along an edge of its frames.
.PARAMETER Memory
    What the task has first that is to exceed it. Control groups (CGROUPS=1) drop pages of the program and read them again before they end a task, so that
    it crawls in less than the program itself has.
.EXAMPLE
    cluster=$(mktemp -d); ACCOUNTS=1 tests/Slurm/start.sh $cluster; . $cluster/environment; pwsh tests/Slurm/states.ps1; tests/Slurm/stop.sh $cluster
#>
[CmdletBinding()]
param(
    [ValidateSet('CANCELLED', 'PREEMPTED', 'NODE_FAIL', 'OUT_OF_MEMORY', 'TIMEOUT', 'forgotten')]
    [string[]] $State = ('CANCELLED', 'PREEMPTED', 'NODE_FAIL', 'OUT_OF_MEMORY', 'TIMEOUT', 'forgotten'),
    [string] $Program,
    [int] $Iterations = 2000,
    [int] $Size = 128,
    [long] $Memory = 8MB,
    [string] $Folder = (Join-Path ([IO.Path]::GetTempPath()) "fsrec-states-$PID"),
    [string] $Module = (Join-Path $PSScriptRoot '../../output/FsRec')
)

$ErrorActionPreference = 'Stop'
if (-not $env:SLURM_CONF) {
    throw 'SLURM_CONF names no cluster; start one with tests/Slurm/start.sh.'
}

Import-Module (Resolve-Path $Module).Path
# One whose frames do not wander off in many iterations.
$config = (New-FsrSimulatedSeries (Join-Path $Folder 'series') -Size $Size -FrameCount 8 -Drift 0 -Dose 0).ParameterFile
$hasAccounts = [bool](scontrol show config | Select-String 'AccountingStorageType\s*=\s*accounting_storage/slurmdbd')
$failures = [Collections.Generic.List[string]]::new()

function Read-Journal([string] $Sweep) {
    foreach ($file in Get-ChildItem (Join-Path $Sweep '.sweep') -Recurse -Filter *.jsonl) {
        Get-Content -LiteralPath $file | Where-Object { $_ | Test-Json -ErrorAction Ignore } | ConvertFrom-Json
    }
}

# Waits until a task is at a run, and says which.
function Wait-Task([string] $Sweep) {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    while ($clock.Elapsed.TotalSeconds -lt 120) {
        $job = (Receive-FsrSweep $Sweep -Status -ErrorAction Ignore).Jobs | Select-Object -Last 1
        if ($job -and (Read-Journal $Sweep | Where-Object { $_.event -eq 'start' -and $_.job -eq $job }) -and (Read-Journal $Sweep | Where-Object event -EQ begin)) {
            return $job
        }

        Start-Sleep -Milliseconds 200
    }

    throw "No task of '$Sweep' begins: $(squeue | Out-String)"
}

foreach ($name in $State) {
    $place = Join-Path $Folder $name
    $more = @{}
    # The time that a run may take ends it, and it is the run's own failure; memory is doubled until it suffices. All else begins again.
    $expected = $name -eq 'TIMEOUT' ? 'TimedOut' : 'row'
    switch ($name) {
        'TIMEOUT' { $more = @{ TimeLimit = '1' } }
        'OUT_OF_MEMORY' { $more = @{ Memory = $Memory; Resubmissions = 8 } }
    }

    if ($Program) {
        $more.Program = $Program
    }

    $count = $name -eq 'TIMEOUT' ? 100000000 : $Iterations
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $null = Invoke-FsrSweep $config -Set @{ LinearIterations = @(, $count) } -SkipChiSquare -Destination $place -On Slurm -RunsPerTask 1 -NoWait @more
    $job = Wait-Task $place
    switch ($name) {
        'CANCELLED' { scancel $job }
        'PREEMPTED' { $null = sbatch --partition=urgent --exclusive --output=/dev/null --wrap 'sleep 2' }
        'NODE_FAIL' {
            scontrol update NodeName=node1 State=DOWN Reason=test
            Start-Sleep 3
            scontrol update NodeName=node1 State=RESUME 2>$null
        }
        'forgotten' {
            # It cannot say so itself then.
            $text = Get-Content $env:SLURM_CONF
            Set-Content $env:SLURM_CONF ($text -replace '^MinJobAge=.*', 'MinJobAge=2')
            scontrol reconfigure
            scancel --signal=KILL --batch $job
            while (squeue --noheader --states=all --jobs=$job 2>$null) {
                Start-Sleep 1
            }

            Set-Content $env:SLURM_CONF $text
            scontrol reconfigure
        }
    }

    $rows = @(Receive-FsrSweep $place -Wait -ErrorAction SilentlyContinue -ErrorVariable failed)
    $became = $rows ? 'row' : ("$($failed[0].FullyQualifiedErrorId)" -split ',')[0]
    $seen = @(Read-Journal $place | Where-Object event -EQ ended | ForEach-Object state)
    $given = @(Read-Journal $place | Where-Object { $_.event -eq 'intent' -and $_.on -eq 'Slurm' -and $_.memory } | ForEach-Object { "$($_.memory / 1MB) MiB" }) -join ', '
    $wanted = @{
        CANCELLED = 'Cancelled'; PREEMPTED = 'Preempted'; NODE_FAIL = 'NodeFailed'; OUT_OF_MEMORY = 'OutOfMemory'; TIMEOUT = 'TimedOut'
        # Without accounts nobody knows any more.
        forgotten = $hasAccounts ? 'Failed' : 'Gone'
    }[$name]
    if ($became -ne $expected -or $wanted -notin $seen) {
        $failures.Add("${name}: the journal says $($seen -join ', ') and it became $became; expected $wanted and $expected")
    }

    "${name}: seen as $($seen -join ', '); became $became$($given ? " ($given)" : '') in $($clock.Elapsed.TotalSeconds.ToString('0')) s$($hasAccounts ? '; with accounts' : '')"
}

if ($failures) {
    $failures
    exit 1
}

Remove-Item -Recurse -Force $Folder
