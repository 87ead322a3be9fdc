#!/usr/bin/env pwsh
# Runs all Pester tests on the module in output/FsRec, or those whose file names match; the last line has the counts.
param([string] $Name = '*')

$ErrorActionPreference = 'Stop'
Import-Module Pester -MinimumVersion 5.5
$configuration = New-PesterConfiguration
$configuration.Run.Path = @(Get-ChildItem -LiteralPath $PSScriptRoot -Filter '*.Tests.ps1' | Where-Object Name -Like "$Name.Tests.ps1" | ForEach-Object FullName)
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$result = Invoke-Pester -Configuration $configuration
'Pester: {0} passed, {1} failed, {2} skipped, {3} in all' -f $result.PassedCount, $result.FailedCount, ($result.SkippedCount + $result.NotRunCount), $result.TotalCount
exit ($result.Result -ne 'Passed' -or $result.PassedCount -eq 0 ? 1 : 0)
