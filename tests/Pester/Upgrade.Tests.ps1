BeforeAll {
    . $PSScriptRoot/common.ps1

    # The module as another version of it would be: another folder, another assembly.
    $other = Join-Path $TestDrive 'FsRec/9.9.9'
    $null = New-Item -ItemType Directory (Split-Path $other)
    Copy-Item $moduleBase $other -Recurse
    $manifest = Join-Path $other 'FsRec.psd1'
    (Get-Content -Raw $manifest) -replace "(?m)^(\s*ModuleVersion\s*=\s*)'.*'", "`$1'9.9.9'" | Set-Content $manifest
    $assembly = Join-Path $other 'bin/FsRec.PowerShell.dll'
    # What is compiled ahead is of the one that it was, and what tells assemblies of one name apart is the identity of their module.
    Remove-Item (Join-Path $other 'bin/ahead') -Recurse -ErrorAction Ignore
    $loaded = [AppDomain]::CurrentDomain.GetAssemblies().Where{ $_.GetName().Name -eq 'FsRec.PowerShell' }[0]
    $text = [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($assembly))
    $identity = [Text.Encoding]::Latin1.GetString($loaded.ManifestModule.ModuleVersionId.ToByteArray())
    [IO.File]::WriteAllBytes($assembly, [Text.Encoding]::Latin1.GetBytes($text.Replace($identity, [Text.Encoding]::Latin1.GetString([Guid]::NewGuid().ToByteArray()))))
}

Describe 'Another version in a session that has one' {
    It 'is refused in two lines that say to start a new PowerShell, and the one that is there goes on' {
        $said = Invoke-Fresh "Import-Module '$moduleFolder'; Import-Module '$(Split-Path $other)' -Force; 'then ' + (Get-Module FsRec).Version + ' ' + (New-FsrSimulatedSeries -Size 62 -FrameCount 3 -Drift 0).Series.Count"
        $lines = @($said -split "`n" -replace "\e\[[\d;]*m" | Where-Object { $_ })
        $lines[0] | Should -BeLike "Import-Module: FsRec $(Split-Path $moduleBase -Leaf) is in use in this session*9.9.9*"
        $lines[1] | Should -Be 'Start a new PowerShell and import it there.'
        $lines[2] | Should -Be "then $(Split-Path $moduleBase -Leaf) 3"
        $lines | Should -HaveCount 3
    }

    It 'is refused after the one that is there was removed as well, and is taken by a new session' {
        $said = Invoke-Fresh "Import-Module '$moduleFolder'; Remove-Module FsRec; try { Import-Module '$(Split-Path $other)' -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId }"
        $said | Should -BeLike 'FsRecInUse,*'
        Invoke-Fresh "Import-Module '$(Split-Path $other)'; (Get-Module FsRec).Version.ToString()" | Should -Be '9.9.9'
    }

    It 'the same one in another folder is refused in two lines, with -Force too, and taken once the first was removed' {
        $second = Join-Path $TestDrive 'second/FsRec'
        $null = New-Item -ItemType Directory $second
        Copy-Item $moduleBase $second -Recurse
        $said = Invoke-Fresh "Import-Module '$moduleFolder'; Import-Module '$second'; Import-Module '$second' -Force; (Get-Module FsRec).ModuleBase; Remove-Module FsRec; Import-Module '$second'; (Get-Module FsRec).ModuleBase; (New-FsrSimulatedSeries -Size 62 -FrameCount 3 -Drift 0).Series.Count"
        $lines = @($said -split "`n" -replace "\e\[[\d;]*m" | Where-Object { $_ })
        $lines[0] | Should -BeLike "Import-Module: FsRec in '$moduleBase' is imported in this session, and is the same as that in '$second*'."
        $lines[1] | Should -Be 'To take this one all the same: Remove-Module FsRec, and import it.'
        $lines[2..3] | Should -Be $lines[0..1]
        $lines[4] | Should -Be $moduleBase
        $lines[5] | Should -BeLike "$second*"
        $lines[6] | Should -Be '3'
        $lines | Should -HaveCount 7
    }

    It 'the same one can be imported again with -Force' {
        Invoke-Fresh "Import-Module '$moduleFolder'; Import-Module '$moduleFolder' -Force; (Get-Command -Module FsRec).Count -gt 20" | Should -Be 'True'
    }
}

Describe 'Removing the module' {
    It 'removes its views and its type data' {
        $said = Invoke-Fresh "Import-Module '$moduleFolder'; `$one = @(Get-TypeData FsRec.Results.Reconstruction).Count, @(Get-FormatData FsRec.Results.Reconstruction).Count -join ' '; Remove-Module FsRec; `"`$one then `$(@(Get-TypeData FsRec.*).Count) `$(@(Get-FormatData FsRec.*).Count)`""
        $said | Should -Be '1 1 then 0 0'
    }
}
