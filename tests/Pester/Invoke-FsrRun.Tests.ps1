BeforeAll {
    . $PSScriptRoot/common.ps1
    $made = New-FsrSimulatedSeries (Join-Path $TestDrive 'made') -Size 160 -FrameCount 10 -Drift 1 -StepError 0.03 -Name focus
    $reconstruction = $made | Import-FocalSeries | Invoke-FsrReconstruction -Iterations 3
}

Describe 'Invoke-FsrRun' {
    It 'runs a parameter file and writes its results' {
        $run = Invoke-FsrRun $made.ParameterFile -Iterations 2
        $run | Should -BeOfType FsRec.Runs.RunResult
        $run.Reconstruction.History | Should -HaveCount 2
        $run.Files | ForEach-Object { $_ | Should -Exist }
        $run | Format-Table | Out-String -Width 200 | Should -BeLike '*Elapsed*'
    }

    It 'continues, analyses, and sums, as PyFSRec''s options do' {
        (Invoke-FsrRun $made.ParameterFile -UsePrevious -LinIter 1 -WarningAction SilentlyContinue).Reconstruction.History | Should -HaveCount 1
        (Invoke-FsrRun $made.ParameterFile -StepAnalysis -WarningAction SilentlyContinue).StepAnalysis | Should -Not -BeNullOrEmpty
        (Invoke-FsrRun $made.ParameterFile -PrealignOnly).Reconstruction | Should -BeNullOrEmpty
        @((Invoke-FsrRun $made.ParameterFile -UsePrevious -Boxcar 5 -WarningAction SilentlyContinue).Files).Where{ $_ -like '*boxcar_5*' } | Should -Not -BeNullOrEmpty
    }

    It 'shows area and alignment and writes intermediates' {
        $run = Invoke-FsrRun $made.ParameterFile -Set @{ OUTPUTFILENAME = 'shown'; Methprealign = 'sequential' } -Iterations 2 -ShowArea -ShowAlignment -DebugFiles
        $names = $run.Files | Split-Path -Leaf
        $names | Should -Contain 'shown_area.png'
        $names | Should -Contain 'shown_alignment_002.png'
        $names | Should -Contain 'shown_alignment.csv'
        $names | Should -Contain 'index.csv'
        $index = Import-Csv ($run.Files -like '*index.csv')[0]
        $index | ForEach-Object { Join-Path (Split-Path ($run.Files -like '*index.csv')[0]) $_.file | Should -Exist }
        $run | Format-List | Out-String -Width 200 | Should -BeLike '*shown_dxy.csv*'
    }

    It 'warns of a second autofocus of the same wave, and tells figures to the verbose stream' {
        $options = @{ Set = @{ OUTPUTFILENAME = 'focused' }; WarningAction = 'SilentlyContinue'; WarningVariable = 'warnings' }
        $told = Invoke-FsrRun $made.ParameterFile -Iterations 1 @options -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] }
        @($told.Message) -like 'Reconstruction 1/1: *' | Should -HaveCount 1
        $first = Invoke-FsrRun $made.ParameterFile -Autofocus -Criterion Intensity @options
        $first.Autofocus.Criterion | Should -Be Intensity
        @($warnings.Message) -like '*autofocus before*' | Should -BeNullOrEmpty
        $null = Invoke-FsrRun $made.ParameterFile -Autofocus @options
        @($warnings.Message) -like '*autofocus before*' | Should -HaveCount 1
    }

    It 'writes nothing with -WhatIf' {
        Import-FsrParameter $made.ParameterFile -Set @{ OUTPUTFILENAME = 'no' } | Invoke-FsrRun -WhatIf | Should -BeNullOrEmpty
        @(Get-ChildItem $TestDrive -Recurse -Filter 'no.*') | Should -HaveCount 0
    }

    It 'reports a failure about the file' {
        $record = Get-CommandError { Invoke-FsrRun $made.ParameterFile -Set @{ OUTPUTFILENAME = 'never' } -UsePrevious }
        $record.FullyQualifiedErrorId | Should -BeLike 'Data*,*'
        $record.TargetObject | Should -Be $made.ParameterFile
    }

    It 'restores by the method that is asked for and writes how far to trust it' {
        $run = Invoke-FsrRun $made.ParameterFile -Method Wiener -Resume -Set @{ OUTPUTFILENAME = 'wiener' } -WarningAction SilentlyContinue
        $run.Reconstruction.Method | Should -Be Wiener
        $rings = Import-Csv ($run.Files -like '*wiener_uncertainty_rings.csv')[0]
        $rings | Should -HaveCount $run.Reconstruction.Uncertainty.Rings.Count
        $frames = Import-Csv ($run.Files -like '*wiener_uncertainty_frames.csv')[0]
        $frames.image | Should -Be $run.Reconstruction.Uncertainty.Frames.ImageNumber
    }

    It 'guards <_> with -NoClobber too' -ForEach 'uncertainty_frames.csv', 'uncertainty_rings.csv', '001.wav', 'ali_float32_000.raw', 'area.png', 'alignment.csv', 'debug/index.csv' {
        $name = "guard$([guid]::NewGuid().ToString('N'))"
        $path = Join-Path $TestDrive 'made/results' "${name}_$_"
        $null = New-Item -ItemType Directory -Force (Split-Path $path)
        Set-Content $path 'old'
        $more = @{ Iterations = 1; Method = 'Wiener'; ShowArea = $true; ShowAlignment = $true; DebugFiles = $true; NoClobber = $true }
        $record = Get-CommandError { Invoke-FsrRun $made.ParameterFile @more -Set @{ OUTPUTFILENAME = $name; Savealigned = 'On'; Saveintermediaterec = 'On' } }
        $record.FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        $record.TargetObject | Should -Be $path
        Get-Content $path | Should -Be 'old'
        Join-Path $TestDrive 'made/results' "$name.wav" | Should -Not -Exist
    }

    It 'releases its place where PowerShell is terminated in the middle of it' -Skip:$IsWindows {
        $place = Join-Path $TestDrive 'terminated'
        $long = New-FsrSimulatedSeries $place -Size 256 -FrameCount 12
        $lock = Join-Path $place 'results/simulated_run.lock'
        $module = (Get-Module FsRec).Path
        $command = "Import-Module '$module'; Invoke-FsrRun '$($long.ParameterFile)' -Iterations 500 -Threads 1 -Set @{ Methprealign = 'sequential' }"
        $program = [Environment]::ProcessPath
        $first = @(if ([IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' })
        $shell = Start-Process -FilePath $program -PassThru -ArgumentList ($first + @(
                '-NoProfile', '-NonInteractive', '-EncodedCommand', [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($command))))
        try {
            $null = Wait-Until { (Test-Path $lock) -or $shell.HasExited }
            $lock | Should -Exist
            & /bin/kill -TERM $shell.Id
            Wait-Until { $shell.HasExited } | Should -BeTrue
        }
        finally {
            if (-not $shell.HasExited) { $shell.Kill() }
        }
        $lock | Should -Not -Exist
    }
}
