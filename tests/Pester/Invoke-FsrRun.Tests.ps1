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

    It 'writes nothing with -WhatIf' {
        Import-FsrParameter $made.ParameterFile -Set @{ OUTPUTFILENAME = 'no' } | Invoke-FsrRun -WhatIf | Should -BeNullOrEmpty
        @(Get-ChildItem $TestDrive -Recurse -Filter 'no.*') | Should -HaveCount 0
    }

    It 'reports a failure about the file' {
        $record = Get-CommandError { Invoke-FsrRun $made.ParameterFile -Set @{ OUTPUTFILENAME = 'never' } -UsePrevious }
        $record.FullyQualifiedErrorId | Should -BeLike 'Data*,*'
        $record.TargetObject | Should -Be $made.ParameterFile
    }
}
