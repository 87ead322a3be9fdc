#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Reconstructs every series that appears in a folder, once it is complete.
.DESCRIPTION
    Looks for parameter files below a folder. A series is run when all frames that its parameter file asks for are there, have the size
    that it says, and neither grew nor changed between two looks. A series that fails is recorded with its error, and the next one comes.

    What was done is kept in a journal, one line of JSON a series, written when its results are: a script that was stopped, even in the
    middle of a run, goes on where it was, and does nothing twice. A parameter file that has changed is a new series. Puts out one object
    a series as it ends. Warnings of a run go to the warning stream as they come, and into its object and the journal by id and text.

    A series that does not become whole is told of, once it has been looked at for Patience seconds and when the script ends, with what is
    missing. With -Once the script ends with the exit code 1 when a series failed, 2 when none failed and one is not whole.
.PARAMETER Folder
    The folder to watch, with all folders below it. [the current one]
.PARAMETER Filter
    Names of the parameter files. [*.fsr]
.PARAMETER Journal
    The journal. [watch-folder.jsonl in Folder]
.PARAMETER Interval
    Seconds from one look to the next; frames that have not changed for so long are complete. [5]
.PARAMETER Timeout
    Ends after so many seconds without a series that was run; 0 never ends. [0]
.PARAMETER Patience
    Seconds after which a series that is not whole is warned of. [60]
.PARAMETER Once
    Ends as soon as no series is complete, without waiting for those that are not; the exit code tells of those that failed.
.PARAMETER RetryFailed
    Runs series again whose last run failed.
.PARAMETER Parameter
    More parameters for Invoke-FsrRun, such as @{ Iterations = 10; Nonlinear = $true }. [none]
.EXAMPLE
    ./examples/watch-folder.ps1 /data/incoming
    Runs until Ctrl+C.
.EXAMPLE
    ./examples/watch-folder.ps1 /data/incoming -Once | Export-Csv today.csv
    Runs what is complete now and ends.
#>
[CmdletBinding()]
param(
    [string] $Folder = '.',

    [string] $Filter = '*.fsr',

    [string] $Journal,

    [ValidateRange(0.05, 3600)]
    [double] $Interval = 5,

    [ValidateRange(0, 1e9)]
    [double] $Timeout = 0,

    [ValidateRange(0, 1e9)]
    [double] $Patience = 60,

    [switch] $Once,

    [switch] $RetryFailed,

    [hashtable] $Parameter = @{}
)

# What to expect: one object a series with File, State (Done or Failed), Error, Warnings, Seconds, ScatteredPercent and OutputFolder; the same in the
# journal.

$ErrorActionPreference = 'Stop'
# In a clone the built module, in the package the one that the script lies in.
$built = (Join-Path $PSScriptRoot '../output/FsRec'), (Join-Path $PSScriptRoot '../FsRec.psd1') | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
if (-not (Get-Module FsRec)) {
    Import-Module ($built ?? 'FsRec')
}

$root = (Resolve-Path -LiteralPath $Folder).ProviderPath
$journalFile = $Journal ? $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Journal) : (Join-Path $root 'watch-folder.jsonl')

# The parameter file's place below the folder and its content: what makes a series the same one.
function Get-Identity([IO.FileInfo] $File) {
    '{0}|{1}' -f [IO.Path]::GetRelativePath($root, $File.FullName), (Get-FileHash -LiteralPath $File.FullName).Hash
}

# What the journal says of each series. A last line that a crash cut short says nothing, and that series is run again.
function Read-Journal {
    $known = @{}
    if (Test-Path -LiteralPath $journalFile) {
        foreach ($line in Get-Content -LiteralPath $journalFile) {
            try {
                $entry = $line | ConvertFrom-Json -AsHashtable
                $known[$entry.Identity] = $entry.State
            }
            catch {
                Write-Verbose "A line of '$journalFile' is not complete."
            }
        }
    }

    $known
}

function Add-Journal([System.Collections.IDictionary] $Entry) {
    # On a line of its own even after a cut one.
    $start = (Test-Path -LiteralPath $journalFile) -and (Get-Content -LiteralPath $journalFile -Raw) -notmatch '\n\z' ? "`n" : ''
    [IO.File]::AppendAllText($journalFile, $start + ($Entry | ConvertTo-Json -Compress -Depth 4) + "`n")
}

# Lengths and times of the frames that a parameter file asks for; nothing while one is missing or of another size, which is noted.
function Get-FrameState($Settings, [string] $Identity, [IO.FileInfo] $File) {
    $calibration = $Settings.Image.Calibration
    $length = 4L * $calibration.Rows * $calibration.Columns
    $state = [Collections.Generic.List[string]]::new()
    foreach ($number in $Settings.SelectedImages) {
        $frame = [IO.FileInfo]::new((Join-Path $Settings.ResolvedInputPath ('{0}{1:000}.raw' -f $Settings.Files.InputFileName, $number)))
        if (-not $frame.Exists -or $frame.Length -lt $length) {
            $what = $frame.Exists ? "'$frame' has $($frame.Length) of $length bytes" : "'$frame' is not there"
            $missing[$Identity] = "'$($File.FullName)' is not run: $what."
            return ''
        }

        $state.Add(('{0}:{1}' -f $frame.Length, $frame.LastWriteTimeUtc.Ticks))
    }

    $missing.Remove($Identity)
    $state -join ' '
}

# Says of a series that is not whole what it waits for, once.
function Write-Waiting([string] $Identity) {
    if ($missing.ContainsKey($Identity) -and $told.Add($Identity)) {
        Write-Warning "SeriesNotWhole: $($missing[$Identity])"
    }
}

function Invoke-Series([string] $Identity, [IO.FileInfo] $File) {
    $entry = [ordered]@{ Identity = $Identity; File = $File.FullName; State = 'Done'; Error = $null; Warnings = @(); Ended = $null; Seconds = 0; ScatteredPercent = $null; OutputFolder = $null }
    $watch = [Diagnostics.Stopwatch]::StartNew()
    try {
        $run = Invoke-FsrRun -LiteralPath $File.FullName -WarningVariable warned @Parameter
        $entry.Warnings = @($run.Warnings | ForEach-Object { [ordered]@{ Id = $_.Id; Text = $_.Text } })
        $entry.OutputFolder = Split-Path $run.Files[0]
        # A parameter file among the results, as of boxcar sums, is no new series.
        foreach ($made in Get-Item -LiteralPath $run.Files | Where-Object Name -Like $Filter) {
            $known[(Get-Identity $made)] = 'Made'
            Add-Journal ([ordered]@{ Identity = Get-Identity $made; File = $made.FullName; State = 'Made' })
        }

        $entry.ScatteredPercent = $run.Reconstruction ? [Math]::Round(100 * $run.Reconstruction.ScatteredFraction, 3) : $null
    }
    catch {
        $entry.State = 'Failed'
        $entry.Error = "$_"
        $entry.Warnings = @($warned | ForEach-Object { $id, $text = "$_" -split ': ', 2; [ordered]@{ Id = $text ? $id : ''; Text = $text ?? $id } })
    }

    $entry.Seconds = [Math]::Round($watch.Elapsed.TotalSeconds, 2)
    $entry.Ended = [DateTime]::UtcNow.ToString('o')
    Add-Journal $entry
    [pscustomobject]$entry
}

# Two that watch one folder would do everything twice.
try {
    $lock = [IO.File]::Open("$journalFile.lock", 'OpenOrCreate', 'ReadWrite', 'None')
}
catch [IO.IOException] {
    throw "Another script watches '$root' with the journal '$journalFile'."
}

try {
    $known = Read-Journal
    if ($RetryFailed) {
        $known = $known.GetEnumerator() | Where-Object Value -NE 'Failed' | ForEach-Object { $all = @{} } { $all[$_.Key] = $_.Value } { $all }
    }

    $before = @{}
    $since = @{}
    $missing = @{}
    $told = [Collections.Generic.HashSet[string]]::new()
    $failed = 0
    $idle = [Diagnostics.Stopwatch]::StartNew()
    Write-Information "Watching '$root' for $Filter; $($Once ? 'ends when nothing is left to run' : 'Ctrl+C ends it'). The journal is '$journalFile'." -InformationAction Continue
    for ($look = 1; ; $look++) {
        $settling = 0
        foreach ($file in Get-ChildItem -LiteralPath $root -Recurse -File -Filter $Filter | Sort-Object LastWriteTimeUtc, FullName) {
            $identity = Get-Identity $file
            if ($known.ContainsKey($identity)) {
                continue
            }

            # A parameter file may still be in the making as well: it has to say the same at two looks. What is wrong with it tells the run.
            $settings = Import-FsrParameter -LiteralPath $file.FullName -ErrorAction Ignore -WarningAction Ignore
            $state = $settings ? (Get-FrameState $settings $identity $file) : 'wrong'
            if ($state -and $before[$identity] -eq $state) {
                $result = Invoke-Series $identity $file
                $known[$identity] = $result.State
                $failed += $result.State -eq 'Failed' ? 1 : 0
                $result
                $idle.Restart()
            }
            else {
                $before[$identity] = $state
                $since[$identity] ??= [Diagnostics.Stopwatch]::StartNew()
                if (-not $state -and ($Once -or $since[$identity].Elapsed.TotalSeconds -gt $Patience)) {
                    Write-Waiting $identity
                }

                $settling += $state ? 1 : 0
            }
        }

        if (($Once -and $settling -eq 0) -or ($Timeout -gt 0 -and $idle.Elapsed.TotalSeconds -gt $Timeout)) {
            @($missing.Keys) | ForEach-Object { Write-Waiting $_ }
            break
        }

        Start-Sleep -Milliseconds ([int](1000 * $Interval))
    }
}
finally {
    $lock.Dispose()
}

if ($Once -and ($failed -gt 0 -or $told.Count -gt 0)) {
    exit ($failed -gt 0 ? 1 : 2)
}
