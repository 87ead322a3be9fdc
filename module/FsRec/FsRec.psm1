$own = [IO.Path]::Combine($PSScriptRoot, 'bin', 'FsRec.PowerShell.dll')
if (-not [IO.File]::Exists($own)) {
    # In a clone, the folder of what is written by hand; elsewhere, a copy of a part.
    $clone = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
    $text = [IO.File]::Exists([IO.Path]::Combine($clone, 'build.ps1')) ?
        "'$PSScriptRoot' has what the module is built from, and not the module.`nBuild it in '$clone' by ./build.ps1 (dotnet pwsh ./build.ps1 where no pwsh is installed), and import ./output/FsRec." :
        "There is no '$own': the folder has a part of the module only.`nInstall the module anew, or copy all of its folder."
    throw [Management.Automation.ErrorRecord]::new([IO.FileNotFoundException]::new($text), 'FsRecNotBuilt', 'NotInstalled', $PSScriptRoot)
}

# Both assemblies with code that was compiled ahead for this system, where the package has some: without it the first cmdlets begin with compiling thousands of methods.
$names = 'FsRec', 'FsRec.PowerShell'
$ahead = [IO.Path]::Combine($PSScriptRoot, 'bin', 'ahead', [Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier)
$taken = [IO.Path]::Combine($ahead, 'FsRec.PowerShell.dll')

# .NET keeps an assembly until the process ends. What another version in the same session would make of the types that are there, nobody wants to read.
$loaded = foreach ($assembly in [AppDomain]::CurrentDomain.GetAssemblies()) {
    if ($assembly.FullName.StartsWith('FsRec.PowerShell,') -and $assembly.Location) { $assembly }
}
if ($loaded -and $loaded[0].Location -notin $own, $taken) {
    $reader = [Reflection.PortableExecutable.PEReader]::new([IO.File]::OpenRead($own))
    $metadata = [Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($reader)
    $same = $metadata.GetGuid($metadata.GetModuleDefinition().Mvid) -eq $loaded[0].ManifestModule.ModuleVersionId
    $reader.Dispose()
    if (-not $same) {
        $text = "FsRec $($loaded[0].GetName().Version.ToString(3)) is in use in this session, which cannot change it for that in '$PSScriptRoot'.`nStart a new PowerShell and import it there."
        throw [Management.Automation.ErrorRecord]::new([InvalidOperationException]::new($text), 'FsRecInUse', 'ResourceBusy', $PSScriptRoot)
    }
}

# Views and type data are the session's, which has them from one folder.
$there = if ($loaded) { Get-Module FsRec | Where-Object ModuleBase -ne $PSScriptRoot }
if ($there) {
    $text = "FsRec in '$($there[0].ModuleBase)' is imported in this session, and is the same as that in '$PSScriptRoot'.`nTo take this one all the same: Remove-Module FsRec, and import it."
    throw [Management.Automation.ErrorRecord]::new([InvalidOperationException]::new($text), 'FsRecImported', 'ResourceExists', $PSScriptRoot)
}

# .NET takes them for the others, which have the same identity, and compiles as ever where they are of another version of .NET.
if (-not $loaded) {
    foreach ($name in $names) {
        $file = [IO.Path]::Combine($ahead, "$name.dll")
        if ([IO.File]::Exists($file)) {
            $null = [Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath($file)
        }
    }
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
