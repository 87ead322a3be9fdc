# .NET keeps an assembly until the process ends. What another version in the same session would make of the types that are there, nobody wants to read.
$own = [IO.Path]::Combine($PSScriptRoot, 'bin', 'FsRec.PowerShell.dll')
$loaded = [AppDomain]::CurrentDomain.GetAssemblies().Where{ $_.GetName().Name -eq 'FsRec.PowerShell' -and $_.Location -and $_.Location -ne $own }
if ($loaded -and [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([IO.File]::ReadAllBytes($own))) -ne
    ([IO.File]::Exists($loaded[0].Location) ? [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([IO.File]::ReadAllBytes($loaded[0].Location))) : '')) {
    $text = "FsRec $($loaded[0].GetName().Version.ToString(3)) is in use in this session, which cannot change it for that in '$PSScriptRoot'.`nStart a new PowerShell and import it there."
    throw [Management.Automation.ErrorRecord]::new([InvalidOperationException]::new($text), 'FsRecInUse', 'ResourceBusy', $PSScriptRoot)
}

# The library with code that was compiled ahead for this system, where the package has some: without it the first cmdlets begin with compiling thousands of methods.
# .NET takes it for the other, which has the same identity, and compiles as ever where it is one of another version.
$ahead = [IO.Path]::Combine($PSScriptRoot, 'bin', 'ahead', [Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier, 'FsRec.dll')
if (-not $loaded -and [IO.File]::Exists($ahead)) {
    $null = [Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath($ahead)
}

Import-Module ([IO.Path]::Combine($PSScriptRoot, 'FsRec.Cmdlets.psd1'))

# Keys in -Set @{ ... }: PowerShell asks nobody for those, and has TabExpansion2 for whoever knows more. What is there is asked first. The function is
# the session's, not one of the module.
$before = $function:TabExpansion2
$own = [scriptblock]::Create(@"
[CmdletBinding(DefaultParameterSetName = 'ScriptInputSet')]
[OutputType([Management.Automation.CommandCompletion])]
param(
    [Parameter(ParameterSetName = 'ScriptInputSet', Mandatory, Position = 0)] [AllowEmptyString()] [string] `$inputScript,
    [Parameter(ParameterSetName = 'ScriptInputSet', Position = 1)] [int] `$cursorColumn = `$inputScript.Length,
    [Parameter(ParameterSetName = 'AstInputSet', Mandatory, Position = 0)] [Management.Automation.Language.Ast] `$ast,
    [Parameter(ParameterSetName = 'AstInputSet', Mandatory, Position = 1)] [Management.Automation.Language.Token[]] `$tokens,
    [Parameter(ParameterSetName = 'AstInputSet', Mandatory, Position = 2)] [Management.Automation.Language.IScriptPosition] `$positionOfCursor,
    [Parameter(ParameterSetName = 'ScriptInputSet', Position = 2)] [Parameter(ParameterSetName = 'AstInputSet', Position = 3)] [hashtable] `$options
)
end {
    `$found = & {
$before
} @PSBoundParameters
    if (`$found.CompletionMatches.Count -eq 0) {
        `$text, `$cursor = `$PSCmdlet.ParameterSetName -eq 'AstInputSet' ? (`$ast.Extent.Text, (`$positionOfCursor.Offset - `$ast.Extent.StartOffset)) : (`$inputScript, `$cursorColumn)
        `$found = [FsRec.PowerShell.SetKeyCompletion]::Complete(`$text, `$cursor) ?? `$found
    }

    `$found
}
"@)
if ($before) {
    $function:global:TabExpansion2 = $own
}

$ExecutionContext.SessionState.Module.OnRemove = {
    # Unless somebody else's has taken its place since.
    if ("$function:TabExpansion2" -eq "$own") {
        $function:global:TabExpansion2 = $before
    }
}
