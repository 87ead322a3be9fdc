#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Sweeps on a Slurm cluster of this machine while tasks, nodes and sessions die; counts what was lost.
.DESCRIPTION
    Takes the cluster that SLURM_CONF names, as tests/Slurm/start.sh starts it, and the module as ./build.ps1 built it last. It sweeps a simulated series of
    64 x 64 pixels and 4 frames in -Runs runs, while -Faults tasks are killed, cancelled, or lose their node, in turn. Then -Kills small sweeps are
    begun, each by a PowerShell that is killed at a random moment between its start and a second after the submission, and taken up by another session.
    It fails where a run has no row or two, was done again though it was complete, or a job was submitted twice.
.PARAMETER Runs
    Runs of the large sweep. [1000]
.PARAMETER Faults
    Tasks that die. [30]
.PARAMETER Kills
    Sessions that are killed. [50]
.PARAMETER Program
    A console program fsrec for the nodes; without it they run the module in PowerShell.
.PARAMETER RunsPerTask
    Runs of a task of the large sweep. [20]
.PARAMETER Seed
    Of the moments and the tasks.
.EXAMPLE
    cluster=$(mktemp -d); tests/Slurm/start.sh $cluster; . $cluster/environment; pwsh tests/Slurm/faults.ps1; tests/Slurm/stop.sh $cluster
#>
[CmdletBinding()]
param(
    [int] $Runs = 1000,
    [int] $Faults = 30,
    [int] $Kills = 50,
    [string] $Program,
    [int] $RunsPerTask = 20,
    [int] $Seed = 1,
    [string] $Folder = (Join-Path ([IO.Path]::GetTempPath()) "fsrec-faults-$PID"),
    [string] $Module = (Join-Path $PSScriptRoot '../../output/FsRec')
)

$ErrorActionPreference = 'Stop'
if (-not $env:SLURM_CONF) {
    throw 'SLURM_CONF names no cluster; start one with tests/Slurm/start.sh.'
}

$Module = (Resolve-Path $Module).Path
Import-Module $Module
$random = [Random]::new($Seed)
$logs = Join-Path (Split-Path $env:SLURM_CONF) 'log'
$null = New-Item -ItemType Directory -Force $Folder
$config = (New-FsrSimulatedSeries (Join-Path $Folder 'series') -Size 64 -FrameCount 4).ParameterFile
$abandoned = [Collections.Generic.List[string]]::new()
$failures = [Collections.Generic.List[string]]::new()

# The PowerShell of this process, which may be a tool of .NET.
$pwsh = (Test-Path "$PSHOME/pwsh") ? @("$PSHOME/pwsh") : @([Environment]::ProcessPath, "$PSHOME/pwsh.dll")

function Start-Session([string] $Script) {
    $start = [Diagnostics.ProcessStartInfo]::new($pwsh[0])
    foreach ($word in @($pwsh | Select-Object -Skip 1) + '-NoProfile', '-NonInteractive', '-Command', "Import-Module '$Module'; $Script") {
        $start.ArgumentList.Add($word)
    }

    $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $process = [Diagnostics.Process]::Start($start)
    # Nobody reads what it says; a full pipe would stop it.
    $process.BeginOutputReadLine()
    $process.BeginErrorReadLine()
    $process
}

function Get-Values([int] $Count) {
    @{ Limit = 1..10 | ForEach-Object { 2 + 0.1 * $_ }; Focusspread = 1..[Math]::Ceiling($Count / 10) | ForEach-Object { 1 + 0.01 * $_ } }
}

function ConvertTo-Code([hashtable] $Values) {
    '@{ ' + (($Values.Keys | ForEach-Object { "$_ = $(($Values[$_] | ForEach-Object { ([double] $_).ToString('0.####', [cultureinfo]::InvariantCulture) }) -join ',')" }) -join '; ') + ' }'
}

function Read-Journal([string] $Sweep) {
    $files = Get-ChildItem (Join-Path $Sweep '.sweep') -Recurse -Filter *.jsonl
    foreach ($file in $files) {
        foreach ($line in Get-Content -LiteralPath $file) {
            if (($line | Test-Json -ErrorAction Ignore)) {
                $read = $line | ConvertFrom-Json
                $read | Add-Member File $file.Name
                $read
            }
        }
    }
}

# Every row once, no run done again, every job once.
function Test-Sweep([string] $Sweep, [object[]] $Rows, [int] $Expected, [string] $Name) {
    $points = @($Rows | ForEach-Object { "$($_.Point)" } | Sort-Object -Unique)
    if ($points.Count -ne $Expected -or $Rows.Count -ne $Expected) {
        $failures.Add("${Name}: $($Rows.Count) rows of $($points.Count) runs; expected $Expected")
    }

    $events = @(Read-Journal $Sweep)
    $again = @($events | Where-Object { $_.event -eq 'end' -and $_.readBack -eq $false } | Group-Object run | Where-Object Count -GT 1)
    if ($again) {
        $failures.Add("${Name}: $($again.Count) runs were done again")
    }

    # A job of an attempt that was given up, as nobody knew of it.
    $id = (Get-Content (Join-Path $Sweep sweep.json) | ConvertFrom-Json).id
    $events | Where-Object event -EQ abandoned | ForEach-Object { $abandoned.Add("$id-$($_.attempt)") }

    $events
}

# Array jobs that the controller took, by their name.
function Get-SubmittedName {
    Get-Content (Join-Path $logs 'jobcomp.txt') -ErrorAction Ignore | ForEach-Object {
        if ($_ -match '\bName=(fsrec-\S+).*?\bArrayJobId=(\d+)' ) { "$($Matches[1]) $($Matches[2])" }
    }
}

function Get-Task([string] $Sweep) {
    squeue --noheader --array --states=RUNNING --format='%A|%F_%K|%j' | Where-Object { $_ -like "*|$((Get-Content (Join-Path $Sweep sweep.json) | ConvertFrom-Json).id)-*" }
}

# --- a large sweep with tasks that die
$sweep = Join-Path $Folder 'large'
$set = Get-Values $Runs
$expected = $set.Limit.Count * $set.Focusspread.Count
$slurm = "-On Slurm -RunsPerTask $RunsPerTask -Resubmissions 10" + ($Program ? " -Program '$Program'" : '')
$code = "`$rows = Invoke-FsrSweep '$config' -Set $(ConvertTo-Code $set) -Destination '$sweep' -Iterations 20 -SkipChiSquare $slurm"
$watch = [Diagnostics.Stopwatch]::StartNew()
$session = Start-Session $code
$done = @{ kill = 0; cancel = 0; drain = 0; down = 0 }
$kinds = 'kill', 'cancel', 'kill', 'drain', 'kill', 'cancel', 'down'
$n = 0
while (-not $session.HasExited) {
    Start-Sleep -Milliseconds $random.Next(300, 1500)
    if ($n -ge $Faults -or -not (Test-Path (Join-Path $sweep sweep.json))) {
        continue
    }

    $tasks = @(Get-Task $sweep)
    if (-not $tasks) {
        continue
    }

    $job, $element, $null = $tasks[$random.Next($tasks.Count)] -split '\|'
    $kind = $kinds[$n % $kinds.Count]
    switch ($kind) {
        # The program itself; its batch script has become it.
        'kill' { $null = scancel --signal=KILL --batch $element 2>&1 }
        'cancel' { $null = scancel $element 2>&1 }
        'drain' {
            scontrol update NodeName=node1 State=DRAIN Reason=test
            Start-Sleep 2
            scontrol update NodeName=node1 State=RESUME 2>$null
        }
        # A node may be up again by itself before it is told to.
        'down' {
            scontrol update NodeName=node1 State=DOWN Reason=test
            Start-Sleep 2
            scontrol update NodeName=node1 State=RESUME 2>$null
        }
    }

    $done[$kind]++
    $n++
}

$session.WaitForExit()
$rows = @(Receive-FsrSweep $sweep -Wait)
$events = @(Test-Sweep $sweep $rows $expected 'the large sweep')
$seconds = $watch.Elapsed.TotalSeconds

# What tasks took beside their runs, of those that ended in order.
$overhead = 0.0
$count = 0
foreach ($task in $events | Where-Object File -Match '^\d+-\d+-\d+\.jsonl$' | Group-Object File) {
    $start = $task.Group | Where-Object event -EQ start
    $finish = $task.Group | Where-Object event -EQ finish
    $ends = @($task.Group | Where-Object { $_.event -eq 'end' -and $_.readBack -eq $false })
    if ($start -and $finish -and $ends) {
        $overhead += ($finish.time - $start.time).TotalSeconds - ($ends.seconds | Measure-Object -Sum).Sum
        $count += $ends.Count
    }
}

$states = $events | Where-Object event -EQ ended | Group-Object state | ForEach-Object { "$($_.Count) $($_.Name)" }
"large sweep: $expected runs, $($rows.Count) rows in $($seconds.ToString('0')) s; faults: $($done.kill) killed, $($done.cancel) cancelled, $($done.drain) drained, $($done.down) down; tasks that died: $($states -join ', ')"
"overhead in a task beside its runs: $(($overhead / [Math]::Max(1, $count)).ToString('0.0000')) s a run, of $count runs"

# --- sessions that die
if ($Kills -gt 0) {
    $small = Get-Values 20
    $size = $small.Limit.Count * $small.Focusspread.Count
    function Get-SmallCode([string] $Place) {
        "Invoke-FsrSweep '$config' -Set $(ConvertTo-Code $small) -Destination '$Place' -Iterations 2 -SkipChiSquare -On Slurm -RunsPerTask 10$($Program ? " -Program '$Program'" : '') -NoWait"
    }

    # How long a session takes that nobody kills, and how long from its plan on.
    $watch.Restart()
    $session = Start-Session (Get-SmallCode (Join-Path $Folder 'whole'))
    while (-not (Test-Path (Join-Path $Folder 'whole/sweep.json')) -and -not $session.HasExited) {
        Start-Sleep -Milliseconds 5
    }

    $planned = $watch.Elapsed.TotalMilliseconds
    $session.WaitForExit()
    $whole = $watch.Elapsed.TotalMilliseconds
    $killed = 0
    $moments = [ordered]@{ 'before the plan' = 0; 'before the intent' = 0; 'before the number' = 0; 'after it' = 0 }
    $places = @(for ($k = 1; $killed -lt $Kills -and $k -le 3 * $Kills; $k++) {
        $place = Join-Path $Folder "small$k"
        $place
        $session = Start-Session (Get-SmallCode $place)
        if ($k % 4) {
            # Most of its time a session starts; what there is to lose it does after it.
            while (-not (Test-Path (Join-Path $place 'sweep.json')) -and -not $session.HasExited) {
                Start-Sleep -Milliseconds 2
            }

            Start-Sleep -Milliseconds ([int](0.6 * ($whole - $planned) * $random.NextDouble()))
        }
        else {
            Start-Sleep -Milliseconds ([int]($planned * $random.NextDouble()))
        }

        if ($session.HasExited) {
            continue
        }

        $session.Kill()
        $session.WaitForExit()
        $killed++
        $lines = (Test-Path (Join-Path $place 'sweep.json')) ? @(Get-Content (Join-Path $place '.sweep/fsrec-*/submissions.jsonl') -ErrorAction Ignore) : @()
        $moments[(-not (Test-Path (Join-Path $place 'sweep.json'))) ? 'before the plan' : -not ($lines -like '*"on":"Slurm"*') ? 'before the intent' : @($lines -like '*"submitted"*').Count -lt 2 ? 'before the number' : 'after it']++
    })

    foreach ($k in 1..$places.Count) {
        $place = $places[$k - 1]
        # Either way takes it up.
        if ($k % 3 -eq 0 -or -not (Test-Path (Join-Path $place 'sweep.json'))) {
            $null = Invoke-Expression (Get-SmallCode $place)
        }

        $null = Test-Sweep $place @(Receive-FsrSweep $place -Wait) $size "small sweep $k"
    }

    "sessions: $killed killed ($(($moments.Keys | ForEach-Object { "$($moments[$_]) $_" }) -join ', ')), of $($places.Count); a session takes $($whole.ToString('0')) ms, $(($whole - $planned).ToString('0')) of them from its plan on"
}

# A name is one submission: a second job of the name is one too many.
$twice = @(Get-SubmittedName | Sort-Object -Unique | ForEach-Object { ($_ -split ' ')[0] } | Group-Object | Where-Object Count -GT 1)
if ($twice) {
    $failures.Add("submitted twice: $($twice.Name -join ', ')")
}

$late = @(Get-SubmittedName | ForEach-Object { ($_ -split ' ')[0] } | Where-Object { $_ -in $abandoned } | Sort-Object -Unique)
if ($late) {
    $failures.Add("given up and submitted nevertheless: $($late -join ', ')")
}

if ($failures) {
    $failures
    exit 1
}

'nothing lost, nothing done twice, nothing submitted twice'
Remove-Item -Recurse -Force $Folder
