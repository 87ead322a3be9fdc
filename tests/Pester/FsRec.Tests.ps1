BeforeAll {
    . $PSScriptRoot/common.ps1

    # An assembly of a package's name that has nothing of the package's in it, as another module's old copy might.
    function New-Impostor([string] $Name, [string] $Version) {
        if (-not ('FsRecTestWarmUp' -as [type])) {
            # The first Add-Type loads the compiler.
            Add-Type 'public class FsRecTestWarmUp { }'
        }

        $folder = Join-Path $TestDrive "$Name-$Version"
        $null = New-Item -ItemType Directory $folder -Force
        $path = Join-Path $folder "$Name.dll"
        $code = "[assembly: System.Reflection.AssemblyVersion(`"$Version`")] namespace $Name { public static class Impostor { public static string Version => `"$Version`"; } }"
        $trees = [Microsoft.CodeAnalysis.SyntaxTree[]]@([Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree]::ParseText($code))
        $references = [Microsoft.CodeAnalysis.MetadataReference[]]@([Microsoft.CodeAnalysis.MetadataReference]::CreateFromFile([object].Assembly.Location))
        $options = [Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions]::new([Microsoft.CodeAnalysis.OutputKind]::DynamicallyLinkedLibrary)
        $stream = [IO.File]::Create($path)
        $result = [Microsoft.CodeAnalysis.CSharp.CSharpCompilation]::Create($Name, $trees, $references, $options).Emit($stream)
        $stream.Dispose()
        $result.Success | Should -BeTrue
        $path
    }
}

Describe 'The module' {
    BeforeAll {
        $manifest = Import-PowerShellDataFile (Join-Path $moduleBase 'FsRec.psd1')
    }

    It 'is the one that the package installed, and no other' {
        (Get-Module FsRec -All).ModuleBase | Should -Be $moduleBase
        foreach ($name in 'FsRec', 'FsRec.PowerShell') {
            $loaded = [AppDomain]::CurrentDomain.GetAssemblies().Where{ $_.GetName().Name -eq $name }
            # The library as it was compiled ahead for this system, where it was.
            $ahead = Join-Path $moduleBase "bin/ahead/$([Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier)/$name.dll"
            $loaded.Location | Should -Be ((Test-Path -LiteralPath $ahead) ? $ahead : (Join-Path $moduleBase "bin/$name.dll"))
        }
    }

    It 'exports exactly the cmdlets that the assembly has, and nothing else' {
        $types = [AppDomain]::CurrentDomain.GetAssemblies().Where{ $_.GetName().Name -eq 'FsRec.PowerShell' }[0].GetExportedTypes()
        $names = foreach ($type in $types) {
            $type.GetCustomAttributes([Management.Automation.CmdletAttribute], $false) | ForEach-Object { "$($_.VerbName)-$($_.NounName)" }
        }

        $names | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
        (Get-Command -Module FsRec).Name | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
        foreach ($kind in 'FunctionsToExport', 'VariablesToExport', 'AliasesToExport') {
            $manifest[$kind] | Should -HaveCount 0
        }
    }

    It 'has tests for every cmdlet, in a file of its name' {
        foreach ($command in Get-Command -Module FsRec) {
            Join-Path $PSScriptRoot "$($command.Name).Tests.ps1" | Should -Exist
        }
    }

    It 'uses approved verbs and says what each cmdlet puts out' {
        foreach ($command in Get-Command -Module FsRec) {
            $command.Verb | Should -BeIn (Get-Verb).Verb
            $command.OutputType | Should -Not -BeNullOrEmpty -Because $command.Name
        }
    }
}

Describe 'The load context' {
    It 'keeps what the library uses out of PowerShell''s own context' {
        $contexts = Invoke-Fresh "Import-Module '$moduleFolder'; [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { '{0}: {1}' -f `$_.GetName().Name, [Runtime.Loader.AssemblyLoadContext]::GetLoadContext(`$_).Name }"
        $contexts | Should -Match '(?m)^FsRec: Default'
        $contexts | Should -Match '(?m)^CsvHelper: FsRec dependencies'
        $contexts | Should -Match '(?m)^INIFileParser: FsRec dependencies'
        $contexts | Should -Match '(?m)^MathNet.Numerics: FsRec dependencies'
        $contexts | Should -Match '(?m)^SkiaSharp: FsRec dependencies'
        $contexts | Should -Not -Match '(?m)^(CsvHelper|INIFileParser|MathNet.Numerics|SkiaSharp): Default'
    }

    It 'works beside an old copy of <Name> loaded <When>' -ForEach @(
        foreach ($name in 'CsvHelper', 'INIFileParser', 'MathNet.Numerics', 'SkiaSharp') {
            foreach ($when in 'before', 'after') {
                @{ Name = $name; When = $when }
            }
        }
    ) {
        $impostor = New-Impostor $Name '1.0.0.0'
        $config = New-TestSeries (Join-Path $TestDrive 'context') -Size 62 -Set @{ AREA = '[30,30]' }
        $load = "'theirs ' + [Reflection.Assembly]::LoadFrom('$impostor').GetType('$Name.Impostor').GetProperty('Version').GetValue(`$null)"
        $import = "Import-Module '$moduleFolder'"
        # 62 = 2·31 pixels a side, the parameter file and the table of displacements need a package each.
        $work = "`$r = Import-FocalSeries '$config' | Invoke-FsrReconstruction -Iterations 1; `$f = `$r | Export-FsrDisplacement; 'ours ' + @(Import-FsrDisplacement `$f).Count"
        $order = $When -eq 'before' ? @($load, $import, $work) : @($import, $load, $work)
        $again = "'again ' + [Reflection.Assembly]::Load('$Name').GetName().Version"
        Invoke-Fresh (@($order; $again) -join "`n") | Should -BeLike "*theirs 1.0.0.0*ours 6*again 1.0.0.0*"
    }

    It 'is not disturbed by a newer copy that comes after it' {
        $impostor = New-Impostor 'CsvHelper' '99.0.0.0'
        $config = New-TestSeries (Join-Path $TestDrive 'newer') -Count 2
        $output = Invoke-Fresh "Import-Module '$moduleFolder'; `$null = [Reflection.Assembly]::LoadFrom('$impostor'); `$f = Import-FocalSeries '$config' | Export-FsrFocus; 'ours ' + @(Import-FsrFocus `$f).Count"
        $output | Should -BeLike '*ours 2*'
    }

    It 'can be removed and imported again' {
        Invoke-Fresh "Import-Module '$moduleFolder'; Remove-Module FsRec; Import-Module '$moduleFolder'; 'commands ' + @(Get-Command -Module FsRec).Count" |
            Should -BeLike "commands $(@(Get-Command -Module FsRec).Count)"
    }
}
