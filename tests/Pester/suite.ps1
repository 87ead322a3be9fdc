# Installs the package that run.ps1 made and runs the Pester tests on it; the last line has the counts. run.ps1 starts this.
param([string] $Name = '*', [string] $Report)

$ErrorActionPreference = 'Stop'
$output = Join-Path $PSScriptRoot '../../output'
Import-Module (Join-Path $output 'modules/Pester')
. $PSScriptRoot/installation.ps1
Install-Package (Join-Path $output 'tests/package') (Join-Path $output 'tests/home')

$configuration = New-PesterConfiguration
$configuration.Run.Path = @(Get-ChildItem -LiteralPath $PSScriptRoot -Filter '*.Tests.ps1' | Where-Object Name -Like "$Name.Tests.ps1" | ForEach-Object FullName)
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$result = Invoke-Pester -Configuration $configuration

# One line of the report.
function Write-Report([string] $What, [string] $Result, $Test, $Errors) {
    $reason = @($Errors | ForEach-Object { $_.DisplayErrorMessage ?? "$_" }) -join "`n"
    $trace = @($Errors | ForEach-Object { $_.DisplayStackTrace ?? $_.ScriptStackTrace }) -join "`n"
    [ordered]@{
        Name = $What; Result = $Result; File = $Test.ScriptBlock.File; Line = $Test.StartLine; Start = ($Test.ExecutedAt ?? [datetime]::Now).ToUniversalTime()
        Milliseconds = $Test.Duration.TotalMilliseconds; Message = $reason; Trace = $trace
    } | ConvertTo-Json -Compress | Add-Content -LiteralPath $Report
}

if ($Report) {
    foreach ($test in $result.Tests) {
        $errors = $test.ErrorRecord ? $test.ErrorRecord : @($test.Block.ErrorRecord)
        Write-Report "$(Split-Path -LeafBase $test.ScriptBlock.File): $($test.ExpandedPath)" $test.Result $test $errors
    }

    # A block fails by itself in what goes before or after its tests, and a file where its tests cannot be told.
    foreach ($block in $result.FailedBlocks) {
        Write-Report "$(Split-Path -LeafBase $block.ScriptBlock.File): $($block.ExpandedPath), before or after its tests" Failed $block $block.ErrorRecord
    }

    foreach ($container in $result.FailedContainers) {
        Write-Report "$(Split-Path -LeafBase $container.Item)" Failed @{ ScriptBlock = @{ File = "$($container.Item)" }; StartLine = 1; Duration = $container.Duration } $container.ErrorRecord
    }
}

'Pester: {0} passed, {1} failed, {2} skipped, {3} in all' -f $result.PassedCount, $result.FailedCount, ($result.SkippedCount + $result.NotRunCount), $result.TotalCount
exit ($result.Result -ne 'Passed' -or $result.PassedCount -eq 0 ? 1 : 0)
