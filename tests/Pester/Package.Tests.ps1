BeforeAll {
    . $PSScriptRoot/common.ps1
    $manifestPath = Join-Path $moduleBase 'FsRec.psd1'
    $manifest = Import-PowerShellDataFile $manifestPath
    $version = $manifest.ModuleVersion

    # The files below a folder, as the manifest's list names them.
    function Get-RelativeFile([string] $Folder) {
        Get-ChildItem -LiteralPath $Folder -Recurse -File | ForEach-Object { [IO.Path]::GetRelativePath($Folder, $_.FullName).Replace('\', '/') } | Sort-Object
    }

    # Works with the module of a folder, or of PSModulePath, in a process that knows nothing else.
    function Test-Fresh([string] $Module) {
        Invoke-Fresh "Import-Module '$Module'; `$s = New-FsrSimulatedSeries -Size 64 -FrameCount 3 -Specimen Weak -Drift 0; '{0} {1} {2}' -f (Get-Module FsRec).Version, `$s.Series.Count, (Get-Module FsRec).ModuleBase"
    }
}

Describe 'A folder without the assemblies' {
    It 'of a clone says how to build the module and what to import, by its folder and by its files: <_>' -ForEach '', '/FsRec.psd1', '/FsRec.psm1' {
        $source = Join-Path $repository 'module/FsRec'
        $said = Invoke-Fresh "try { Import-Module '$source$_' -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId; `"`$_`" }"
        $lines = $said -split "`n"
        $lines[0] | Should -BeLike 'FsRecNotBuilt*'
        $lines[1] | Should -Be "'$source' has what the module is built from, and not the module."
        $lines[2] | Should -Be "Build it in '$($repository.TrimEnd('/'))' by ./build.ps1 (dotnet pwsh ./build.ps1 where no pwsh is installed), and import ./output/FsRec."
        $lines | Should -HaveCount 3
    }

    It 'elsewhere says that it is a part' {
        $part = Join-Path $TestDrive 'part/FsRec'
        $null = New-Item -ItemType Directory $part
        Copy-Item (Join-Path $moduleBase '*.ps*1') $part
        Invoke-Fresh "try { Import-Module '$part' -ErrorAction Stop } catch { `"`$_`" }" | Should -BeLike '*FsRec.PowerShell.dll*a part of the module only*Install the module anew*'
    }
}

Describe 'The manifest' {
    It 'is clean, and for PowerShell Core' {
        $module = Test-ModuleManifest $manifestPath -WarningVariable warnings -ErrorVariable errors -WarningAction SilentlyContinue
        $errors | Should -BeNullOrEmpty
        $warnings | Should -BeNullOrEmpty
        $module.CompatiblePSEditions | Should -Be 'Core'
        $module.Author | Should -Not -BeNullOrEmpty
        $module.LicenseUri | Should -Not -BeNullOrEmpty
        $module.ProjectUri | Should -Be ([xml](Get-Content -Raw (Join-Path $repository 'Directory.Build.props'))).Project.PropertyGroup.PackageProjectUrl
        Get-Content -Raw $manifestPath | Should -Not -Match "'\{\w+\}'" -Because 'the build fills in what stands in braces'
    }

    It 'has one version with the folder, the assemblies and the changelog' {
        Split-Path $moduleBase -Leaf | Should -Be $version
        ([xml](Get-Content -Raw (Join-Path $repository 'Directory.Build.props'))).Project.PropertyGroup.Version | Should -Be $version
        foreach ($name in 'FsRec', 'FsRec.PowerShell') {
            $file = Join-Path $moduleBase "bin/$name.dll"
            [Reflection.AssemblyName]::GetAssemblyName($file).Version.ToString(3) | Should -Be $version -Because $name
            (Get-Item $file).VersionInfo.ProductVersion | Should -Match "^$([regex]::Escape($version))(\+|$)" -Because $name
        }

        $latest = [regex]::Match((Get-Content -Raw (Join-Path $repository 'CHANGELOG.md')), '(?ms)^## (\S+)\s+(\S.*?)\s*(^## |\z)')
        $latest.Groups[1].Value | Should -Be $version
        $manifest.PrivateData.PSData.ReleaseNotes | Should -Be $latest.Groups[2].Value
    }

    It 'lists the files that are there, with licence, changelog, README, examples and topics' {
        # The installer adds a note of where the module is from.
        $manifest.FileList | Sort-Object | Should -Be (Get-RelativeFile $moduleBase | Where-Object { $_ -ne 'PSGetModuleInfo.xml' })
        foreach ($name in @('LICENSE', 'CHANGELOG.md', 'README.md') + @(Get-ChildItem (Join-Path $repository 'examples') -Filter *.ps1 | ForEach-Object { "examples/$($_.Name)" }) + @('about_FsRec', 'about_FsRec_Parameters', 'about_FsRec_Conventions' | ForEach-Object { "en-US/$_.help.txt" })) {
            $source = Join-Path $repository ($name -like 'en-US/*' ? "module/FsRec/$name" : $name)
            Get-FileHash (Join-Path $moduleBase $name) | ForEach-Object Hash | Should -Be (Get-FileHash $source).Hash
        }
    }

    It 'has what draws for each system that PowerShell is released for, and no other native code' {
        $native = Get-RelativeFile (Join-Path $moduleBase 'bin') | Where-Object { $_ -like '*/native/*' }
        $native | Should -Be @(
            'deps/runtimes/linux-arm/native/libSkiaSharp.so'
            'deps/runtimes/linux-arm64/native/libSkiaSharp.so'
            'deps/runtimes/linux-musl-arm64/native/libSkiaSharp.so'
            'deps/runtimes/linux-musl-x64/native/libSkiaSharp.so'
            'deps/runtimes/linux-x64/native/libSkiaSharp.so'
            'deps/runtimes/osx/native/libSkiaSharp.dylib'
            'deps/runtimes/win-arm64/native/libSkiaSharp.dll'
            'deps/runtimes/win-x64/native/libSkiaSharp.dll'
            'deps/runtimes/win-x86/native/libSkiaSharp.dll'
        )
    }

    It 'has native code of the processor that each folder names' {
        # ELF: machine at 18; PE: machine behind the offset at 60; a universal Mach-O lists its processors, big-endian.
        $machines = @{ 'linux-x64' = 62; 'linux-musl-x64' = 62; 'linux-arm64' = 183; 'linux-musl-arm64' = 183; 'linux-arm' = 40; 'win-x64' = 0x8664; 'win-arm64' = 0xAA64; 'win-x86' = 0x14C }
        foreach ($name in $machines.Keys) {
            $file = Get-ChildItem (Join-Path $moduleBase "bin/deps/runtimes/$name/native") -File
            $bytes = [IO.File]::ReadAllBytes($file.FullName)
            $at = $file.Extension -eq '.so' ? 18 : [BitConverter]::ToInt32($bytes, 60) + 4
            [BitConverter]::ToUInt16($bytes, $at) | Should -Be $machines[$name] -Because $name
        }

        $bytes = [IO.File]::ReadAllBytes((Join-Path $moduleBase 'bin/deps/runtimes/osx/native/libSkiaSharp.dylib'))
        [Convert]::ToHexString($bytes, 0, 4) | Should -Be 'CAFEBABE'
        $kinds = 0..($bytes[7] - 1) | ForEach-Object { [Convert]::ToHexString($bytes, 8 + 20 * $_, 4) }
        $kinds | Sort-Object | Should -Be '01000007', '0100000C'
    }

    It 'says in one sentence that the native part is missing, and draws what does without' {
        $copy = Join-Path $TestDrive 'without/FsRec'
        $null = New-Item -ItemType Directory (Split-Path $copy)
        Copy-Item (Split-Path $moduleBase) $copy -Recurse
        Get-ChildItem $copy -Recurse -Filter 'libSkiaSharp.*' | Remove-Item
        $text = Invoke-Fresh @"
Import-Module '$copy'
Set-Location '$(Split-Path $copy)'
`$r = New-FsrSimulatedSeries -Size 64 -FrameCount 6 -Specimen Weak | Invoke-FsrReconstruction -Iterations 1 -WarningAction Ignore
foreach (`$call in { `$r | Export-FsrImage a.png }, { `$r | Export-FsrPlot b.png -Kind Drift }, { `$r | Export-FsrReport c.html -NoResolution }) { try { & `$call -ErrorAction Stop } catch { "said: `$_" } }
`$null = `$r | Export-FsrImage d.png -Plain
`$null = `$r | Export-FsrImage e.svg
`$null = `$r | Export-FsrPlot f.svg -Kind Drift
(Get-ChildItem -File).Name -join ' '
"@
        $text | Should -Not -Match 'type initializer'
        [regex]::Matches($text, 'SkiaSharp has no native part') | Should -HaveCount 3
        $text | Should -Match 'd_amplitude\.png d_phase\.png e_amplitude\.svg e_phase\.svg f_drift\.svg'
    }

    It 'has its assemblies and those of the packages compiled ahead too, the same ones to the last bit of their identity' {
        $read = {
            param($Path)
            $reader = [Reflection.PortableExecutable.PEReader]::new([IO.File]::OpenRead($Path))
            try {
                $metadata = [Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($reader)
                # Code for a processor, in a header that IL alone has none of.
                "$($metadata.GetGuid($metadata.GetModuleDefinition().Mvid)) $($reader.PEHeaders.CorHeader.ManagedNativeHeaderDirectory.Size -gt 0)"
            }
            finally {
                $reader.Dispose()
            }
        }
        $folder = Join-Path $moduleBase "bin/ahead/$([Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier)"
        $ahead = @(Get-ChildItem $folder -Recurse -File -ErrorAction Ignore)
        if (-not $ahead) {
            Set-ItResult -Skipped -Because 'the compiler of the SDK could not be had when the module was built'
        }

        $names = $ahead | ForEach-Object { [IO.Path]::GetRelativePath($folder, $_.FullName).Replace('\', '/') } | Sort-Object
        $names | Should -Be ('FsRec.dll', 'FsRec.PowerShell.dll' + (Get-ChildItem (Join-Path $moduleBase 'bin/deps') -Filter *.dll).ForEach{ "deps/$($_.Name)" } | Sort-Object)
        foreach ($name in $names) {
            $plain = & $read (Join-Path $moduleBase 'bin' $name)
            $plain | Should -BeLike '* False'
            & $read (Join-Path $folder $name) | Should -Be $plain.Replace('False', 'True')
        }
    }

    It 'leaves little of its own to be compiled while it runs' {
        if (-not (Test-Path (Join-Path $moduleBase "bin/ahead/$([Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier)"))) {
            Set-ItResult -Skipped -Because 'the compiler of the SDK could not be had when the module was built'
        }

        # What the runtime compiles, a line a method.
        $list = Join-Path $TestDrive 'compiled.txt'
        $env:DOTNET_JitStdOutFile = $list
        $env:DOTNET_JitDisasmSummary = 1
        try {
            # The list itself ends one process in ten with a fault of the runtime's, whatever the script; without the list none.
            $said = 'nothing was run'
            for ($try = 0; $said -and $try -lt 6; $try++) {
                Remove-Item $list -ErrorAction Ignore
                $said = Invoke-Fresh "Import-Module '$moduleFolder'; (New-FsrSimulatedSeries -Size 62 -FrameCount 6 -Drift 0).Series | Invoke-FsrReconstruction -WarningAction Ignore | Out-Null"
                $said = "$said$($LASTEXITCODE ? "exit code $LASTEXITCODE" : '')"
            }

            $said | Should -BeNullOrEmpty
        }
        finally {
            Remove-Item Env:DOTNET_JitStdOutFile, Env:DOTNET_JitDisasmSummary
        }

        $unoptimised = @(Get-Content $list) -match 'Tier0' -replace '^\s*\d+: JIT compiled '
        # 10 of ours, where packages that the compiler does not find make it 194, and 41 instantiations over our types, 137 without the profiles of tools/Ahead/Profile.
        @($unoptimised -match '^FsRec\.').Count | Should -BeLessThan 60
        @($unoptimised -match '^(?!FsRec\.)[^(]*FsRec\.').Count | Should -BeLessThan 80
    }

    It 'takes nothing along that was compiled ahead of an assembly before the one that is built, where the compiler cannot be had any more' {
        $project = Join-Path $TestDrive 'without compiler'
        $null = New-Item -ItemType Directory "$project/bin/ahead", "$project/obj"
        Set-Content "$project/bin/ahead/Own.dll" 'of before'
        Set-Content "$project/bin/ahead/Own.txt" 'of others'
        (Get-Item "$project/bin/ahead/Own.dll").LastWriteTimeUtc = [DateTime]::UtcNow.AddDays(-1)
        Set-Content "$project/obj/Own.dll" 'now'
        Set-Content "$project/own.proj" "<Project>
  <PropertyGroup>
    <Configuration>Release</Configuration>
    <OutputType>Library</OutputType>
    <OutDir>bin/</OutDir>
    <IntermediateOutputPath>obj/</IntermediateOutputPath>
    <NETCoreSdkPortableRuntimeIdentifier>linux-x64</NETCoreSdkPortableRuntimeIdentifier>
  </PropertyGroup>
  <Import Project=`"$(Join-Path $repository 'tools/Ahead/Ahead.targets')`" />
  <Target Name=`"NameAhead`"><ItemGroup><AheadAssembly Include=`"obj/Own.dll`" /></ItemGroup></Target>
</Project>"
        # A file that is there, so that none is asked for.
        $log = dotnet msbuild "$project/own.proj" -t:CompileAhead -p:AheadMissing=true "-p:AheadCompiler=$project/own.proj" -nologo -noAutoResponse 2>&1
        $LASTEXITCODE | Should -Be 0 -Because ($log -join "`n")
        (Get-ChildItem "$project/bin/ahead").Name | Should -Be 'Own.txt'
    }

    It 'has otherwise managed assemblies only, for any processor' {
        $assemblies = @(Get-ChildItem $moduleBase -Recurse -File | Where-Object { $_.FullName -notmatch '[\\/](native|ahead)[\\/]' -and $_.Extension -notin '.xml', '.ps1xml', '.psd1', '.psm1', '.ps1', '.txt', '.md', '' })
        $assemblies.Count | Should -BeGreaterThan 3
        foreach ($file in $assemblies) {
            $stream = [IO.File]::OpenRead($file.FullName)
            $reader = [Reflection.PortableExecutable.PEReader]::new($stream)
            try {
                "$($reader.PEHeaders.CorHeader.Flags)" | Should -Match 'ILOnly' -Because $file.Name
                "$($reader.PEHeaders.CorHeader.Flags)" | Should -Not -Match 'Requires32Bit' -Because $file.Name
                $reader.PEHeaders.CoffHeader.Machine | Should -Be I386 -Because 'that is what code for any processor says'
            }
            finally {
                $reader.Dispose()
            }
        }
    }
}

Describe 'The package' {
    BeforeAll {
        $package = Get-Item (Join-Path $packageFolder '*.nupkg')
        $unpacked = Join-Path $TestDrive 'unpacked'
        [IO.Compression.ZipFile]::ExtractToDirectory($package.FullName, $unpacked)
    }

    It 'has the name that repositories look for, and the module at its root' {
        $package.Name | Should -Be "FsRec.$version.nupkg"
        $own = @(Get-RelativeFile $unpacked | Where-Object { $_ -notmatch '^(_rels/|package/|\[Content_Types\]|FsRec\.nuspec$)' })
        $own | Should -Be ($manifest.FileList | Sort-Object)
    }

    It 'says of itself what the manifest says, and depends on nothing' {
        $nuspec = ([xml](Get-Content -Raw (Join-Path $unpacked 'FsRec.nuspec'))).package.metadata
        $nuspec.id | Should -Be 'FsRec'
        $nuspec.version | Should -Be $version
        $nuspec.authors | Should -Be $manifest.Author
        $nuspec.description | Should -Be $manifest.Description
        $nuspec.copyright | Should -Be $manifest.Copyright
        $nuspec.releaseNotes -replace '\r' | Should -Be $manifest.PrivateData.PSData.ReleaseNotes
        $nuspec.projectUrl | Should -Be $manifest.PrivateData.PSData.ProjectUri
        $nuspec.license.InnerText | Should -Be 'MIT'
        $nuspec.SelectSingleNode('*[local-name()="dependencies"]') | Should -BeNullOrEmpty
        $tags = -split $nuspec.tags
        $commands = @($manifest.CmdletsToExport | ForEach-Object { "PSCmdlet_$_"; "PSCommand_$_" })
        $tags | Sort-Object | Should -Be (@('PSModule', 'PSIncludes_Cmdlet') + $manifest.PrivateData.PSData.Tags + $commands | Sort-Object)
    }

    It 'works as unpacked, in a fresh process' {
        # As an installer does: the module's folder under its name and version, without what belongs to the package.
        $installed = Join-Path $TestDrive 'repository' 'FsRec' $version
        $null = New-Item -ItemType Directory (Split-Path $installed)
        Copy-Item -LiteralPath $unpacked $installed -Recurse
        Remove-Item -LiteralPath (Join-Path $installed '_rels'), (Join-Path $installed 'package'), (Join-Path $installed '[Content_Types].xml'), (Join-Path $installed 'FsRec.nuspec') -Recurse -Force
        Test-Fresh (Split-Path $installed) | Should -Be "$version 3 $installed"
    }

    It 'is installed for the current user, or where one says' {
        $build = Join-Path $repository 'build.ps1'
        $old = @{ PSModulePath = $env:PSModulePath; XDG_DATA_HOME = $env:XDG_DATA_HOME }
        try {
            $env:PSModulePath = Join-Path $TestDrive 'modules'
            $env:XDG_DATA_HOME = New-Item -ItemType Directory (Join-Path $TestDrive 'nothing there')
            foreach ($time in 1, 2) {
                $folder = & $build -Task Install -Output $packageFolder -ModulePath $env:PSModulePath
                $folder.FullName | Should -Be (Join-Path $env:PSModulePath 'FsRec' $version)
            }

            Get-RelativeFile $folder.FullName | Should -Be ($manifest.FileList | Sort-Object)
            Test-Fresh FsRec | Should -Be "$version 3 $($folder.FullName)"
            if (-not $IsWindows) {
                $env:PSModulePath = ''
                $env:XDG_DATA_HOME = Join-Path $TestDrive 'data'
                $folder = & $build -Task Install -Output $packageFolder
                Test-Fresh FsRec | Should -Be "$version 3 $($folder.FullName)"
            }
        }
        finally {
            foreach ($name in $old.Keys) {
                Set-Item "env:$name" $old[$name]
            }
        }
    }

    It 'says what to do when there is nothing to install' {
        { & (Join-Path $repository 'build.ps1') -Task Install -Output (Join-Path $TestDrive 'nothing') } | Should -Throw '*Build it first*'
    }
}
