<#
.SYNOPSIS
    Runs PowerShell in a process of its own: the same PowerShell that runs this script.
.DESCRIPTION
    Where PowerShell is a tool of the .NET SDK, the program that runs is dotnet and not pwsh. Everything in this repository that starts a
    PowerShell starts it by this script, with arguments as those of pwsh; its output is the process's, and so is $LASTEXITCODE.
.EXAMPLE
    ./tools/Invoke-PowerShell.ps1 -NoProfile -Command 'Get-Date'
#>
$program = [Environment]::ProcessPath
$arguments = @(if ([IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' }) + $args
# Quoted, as PowerShell looks for files of the names that wildcards match where an argument is not.
$quoted = $arguments | ForEach-Object { "'$([Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($_))'" }
& ([scriptblock]::Create("& `$program $quoted"))
