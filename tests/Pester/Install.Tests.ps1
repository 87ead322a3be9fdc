BeforeAll {
    . $PSScriptRoot/common.ps1
    . $PSScriptRoot/installation.ps1
    $version = [version](Split-Path $moduleBase -Leaf)

    # Packages of this state of the code that say that they are an older version, with assemblies that do.
    $older = [regex]::Matches((Get-Content -Raw (Join-Path $repository 'CHANGELOG.md')), '(?m)^## (\S+)').ForEach{ $_.Groups[1].Value }[1]
    $olderFolder = Join-Path $TestDrive 'older'
    $artifacts = Join-Path $TestDrive 'artifacts'
    $log = dotnet pack (Join-Path $repository 'src/FsRec.PowerShell') -c Release -o $olderFolder --artifacts-path $artifacts "-p:Version=$older" "-p:ModuleOutput=$olderFolder/" -p:RunAnalyzers=false -v:minimal 2>&1
    if ($LASTEXITCODE) {
        throw $log -join "`n"
    }

    # A new user, for whom PowerShells are started.
    function New-User {
        $script:userHome = Join-Path $TestDrive ([guid]::NewGuid())
        Use-Home $userHome
        # Theirs comes before this when they start; the module that the other tests are about is not to be found.
        $env:PSModulePath = Join-Path $PSHOME 'Modules'
    }

    # A session that goes on while the module is installed: each call gives it lines to do and returns what it says.
    function Start-Session {
        $program, $first = [Environment]::ProcessPath, @()
        $start = [Diagnostics.ProcessStartInfo]::new($program)
        if ([IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') {
            $start.ArgumentList.Add((Join-Path $PSHOME 'pwsh.dll'))
        }

        '-NoProfile', '-NonInteractive', '-Command', '-' | ForEach-Object { $start.ArgumentList.Add($_) }
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
        [Diagnostics.Process]::Start($start)
    }

    function Send-Session($Session, [string] $Script) {
        $Session.StandardInput.WriteLine("try { $Script } catch { `"ERROR `$_`" }; 'END'")
        $Session.StandardInput.WriteLine()
        $Session.StandardInput.Flush()
        $lines = while (($line = $Session.StandardOutput.ReadLine()) -ne 'END' -and $null -ne $line) { $line }
        # A console that is read from sets and unsets the mode of its keys.
        ($lines -join "`n") -replace "\e\[\?1[hl]"
    }

    function Stop-Session($Session) {
        $Session.StandardInput.Close()
        if (-not (Wait-Until { $Session.HasExited })) {
            $Session.Kill()
        }

        $Session.Dispose()
    }

    $before = @{}
    'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'PSModulePath' | ForEach-Object { $before[$_] = [Environment]::GetEnvironmentVariable($_) }
    $versions = '(Get-Module FsRec).Version.ToString(); (Get-Command New-FsrSimulatedSeries).ImplementingType.Assembly.GetName().Version.ToString(3)'
    $work = '$s = New-FsrSimulatedSeries (Join-Path $env:XDG_CACHE_HOME s) -Size 62 -FrameCount 3 -Specimen Weak -Drift 0 -Force; "frames " + (Import-FocalSeries $s.ParameterFile).Count'
}

AfterAll {
    $before.Keys | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $before[$_]) }
}

Describe 'The installed module' {
    BeforeEach {
        New-User
    }

    It 'is found by its name, does its work, and is found no more when it is uninstalled' {
        Install-Package $packageFolder $userHome
        Invoke-Fresh "Import-Module FsRec; $versions; $work" | Should -Be "$version`n$version`nframes 3"
        Invoke-InHome $userHome { Uninstall-PSResource FsRec }
        Join-Path (Get-ModuleFolder $userHome) 'FsRec' | Should -Not -Exist
        Invoke-Fresh 'try { Import-Module FsRec -ErrorAction Stop } catch { "none" }' | Should -Be 'none'
    }

    It 'goes on in a session that has it while a newer one is installed, and is the newer one in the next' {
        Install-Package $olderFolder $userHome
        $session = Start-Session
        try {
            # Imported, but what it loads only for its work is not loaded yet.
            Send-Session $session "Import-Module FsRec; $versions" | Should -Be "$older`n$older"
            Install-Package $packageFolder $userHome
            Send-Session $session $work | Should -Be 'frames 3'
            Send-Session $session $versions | Should -Be "$older`n$older"
        }
        finally {
            Stop-Session $session
        }

        Invoke-Fresh "Import-Module FsRec; $versions; $work" | Should -Be "$version`n$version`nframes 3"
        Invoke-Fresh "Import-Module FsRec -RequiredVersion $older; $versions" | Should -Be "$older`n$older"
    }

    It 'can be uninstalled while a session has it' {
        Install-Package $packageFolder $userHome
        $session = Start-Session
        try {
            Send-Session $session "Import-Module FsRec; $work" | Should -Be 'frames 3'
            Invoke-InHome $userHome { Uninstall-PSResource FsRec }
            Join-Path (Get-ModuleFolder $userHome) 'FsRec' | Should -Not -Exist
            Send-Session $session $versions | Should -Be "$version`n$version"
        }
        finally {
            Stop-Session $session
        }
    }
}
