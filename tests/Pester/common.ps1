# Loads the module that the tests are about, and makes small series for them.

$ErrorActionPreference = 'Stop'
$repository = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
# As the package installs it; run.ps1 makes the one, suite.ps1 does the other.
$packageFolder = Join-Path $repository 'output/tests/package'
$moduleFolder = Join-Path $repository 'output/tests/home/.local/share/powershell/Modules/FsRec'
if (-not (Test-Path -LiteralPath $moduleFolder)) {
    throw "There is no module in $moduleFolder. These tests are run by tests/Pester/run.ps1, which installs it there."
}

$moduleBase = (Get-ChildItem -LiteralPath $moduleFolder -Directory).FullName

if (-not (Get-Module FsRec)) {
    Import-Module $moduleFolder
}

# Runs a script in a fresh process of this PowerShell; its streams are text. They are made one in that process: of two pipes, who reads
# them cannot know which line came first.
function Invoke-Fresh([string] $Script) {
    $text = & (Join-Path $repository 'tools/Invoke-PowerShell.ps1') -NoProfile -NonInteractive -Command ". { $Script } 2>&1" 2>&1
    $text -join "`n"
}

# Whether a condition comes to hold. How long that takes is the business of the machine, which may have much else to do: the limit only ends
# a test of something that never happens.
function Wait-Until([scriptblock] $Condition) {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    while (-not ($holds = [bool] (& $Condition)) -and $clock.Elapsed.TotalMinutes -lt 5) {
        Start-Sleep -Milliseconds 20
    }

    $holds
}

# How long this process works at something, in milliseconds: of processors' time, or of that which passes where that is less. On a machine
# that is busy with something else only the one grows.
function Measure-Work([scriptblock] $Script) {
    $process = [Diagnostics.Process]::GetCurrentProcess()
    $used = $process.TotalProcessorTime
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $null = & $Script
    $passed = $clock.Elapsed
    $process.Refresh()
    [Math]::Min($passed.TotalMilliseconds, ($process.TotalProcessorTime - $used).TotalMilliseconds)
}

# Frames of a few blobs, each frame moved by -Drift pixels more than the one before; returns the parameter file.
function New-TestSeries {
    param(
        [Parameter(Mandatory)] [string] $Folder,
        [int] $Count = 6,
        [int] $Size = 64,
        [double[]] $Drift = @(0.5, -0.25),
        [hashtable] $Set = @{}
    )

    $null = New-Item -ItemType Directory -Force -Path (Join-Path $Folder 'frames')
    $random = [Random]::new(7)
    $blobs = foreach ($i in 1..8) {
        , @(($Size * $random.NextDouble()), ($Size * $random.NextDouble()), (0.1 + 0.1 * $random.NextDouble()))
    }

    # The blobs are periodic and separable: a row times a column of Gaussian values.
    function Get-Profile([double] $Centre) {
        $values = [double[]]::new($Size)
        for ($x = 0; $x -lt $Size; $x++) {
            $d = $x - $Centre
            $d -= $Size * [Math]::Round($d / $Size)
            $values[$x] = [Math]::Exp(-$d * $d / 8)
        }

        , $values
    }

    for ($n = 0; $n -lt $Count; $n++) {
        $pixels = [float[]]::new($Size * $Size)
        [Array]::Fill($pixels, [float]1)
        foreach ($blob in $blobs) {
            $column = Get-Profile ($blob[0] + $n * $Drift[0])
            $row = Get-Profile ($blob[1] + $n * $Drift[1])
            for ($y = 0; $y -lt $Size; $y++) {
                $factor = $blob[2] * $row[$y]
                if ($factor -gt 1e-4) {
                    for ($x = 0; $x -lt $Size; $x++) {
                        $pixels[$y * $Size + $x] += $factor * $column[$x]
                    }
                }
            }
        }

        $bytes = [byte[]]::new(4 * $pixels.Length)
        [Buffer]::BlockCopy($pixels, 0, $bytes, 0, $bytes.Length)
        [IO.File]::WriteAllBytes((Join-Path $Folder ('frames/test_{0:000}.raw' -f $n)), $bytes)
    }

    $keys = [ordered]@{
        'INPUT/OUTPUT'   = [ordered]@{ INPUTPATH = 'frames'; INPUTFILENAME = 'test_'; NImages = $Count; OUTPUTPATH = 'results'; OUTPUTFILENAME = 'out' }
        'IMAGEDATA'      = [ordered]@{ Dimensions = "[$Size,$Size]"; Sampling = '[0.1,0.1]'; AREA = "[$($Size / 2),$($Size / 2)]" }
        'OPTICS'         = [ordered]@{ Voltage = 300; C3 = '1E6'; Semiconvergence = 0.05; Focusspread = 3; Imagespread = 20; Foci = '[-120,-40]' }
        'RECONSTRUCTION' = [ordered]@{ Limit = 4; LinearIterations = 3; Alignmentfilter = '[0.2,3]'; Outputfilter = '[0.5,4]' }
    }
    $lines = foreach ($section in $keys.Keys) {
        "[$section]"
        foreach ($key in $keys[$section].Keys) {
            # In a text numbers have a point, whatever the culture; -f would give them the culture's.
            "$key=$($Set.ContainsKey($key) ? $Set[$key] : $keys[$section][$key])"
        }
    }

    $path = Join-Path $Folder 'config.fsr'
    Set-Content -LiteralPath $path -Value $lines
    $path
}

# Runs a script in a runspace of its own, as a session at the prompt would; returns the PowerShell object.
function New-TestShell {
    param([Parameter(Mandatory)] [string] $Script, [hashtable] $Argument = @{})

    $shell = [PowerShell]::Create()
    $null = $shell.AddScript("param([string] `$module, [hashtable] `$a) `$ErrorActionPreference = 'Stop'; Import-Module `$module`n$Script").AddArgument($moduleFolder).AddArgument($Argument)
    $shell
}

# The error records a command leaves, whatever becomes of its output.
function Get-CommandError {
    param([Parameter(Mandatory)] [scriptblock] $Command)

    $ErrorActionPreference = 'Continue'
    & $Command 2>&1 3>$null | Where-Object { $_ -is [Management.Automation.ErrorRecord] }
}
