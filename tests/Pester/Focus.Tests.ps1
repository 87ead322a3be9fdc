BeforeAll {
    . $PSScriptRoot/common.ps1
    $made = New-FsrSimulatedSeries (Join-Path $TestDrive 'made') -Size 160 -FrameCount 10 -Drift 1 -StepError 0.03 -Name focus
    $reconstruction = $made | Import-FocalSeries | Invoke-FsrReconstruction -Iterations 3
}

Describe 'Measure-FsrFocusStep' {
    It 'finds a focus for every frame and a step' {
        $analysis = $reconstruction | Measure-FsrFocusStep
        $analysis | Should -BeOfType FsRec.Focus.FocusStepAnalysis
        $analysis.Frames | Should -HaveCount 10
        $analysis.Step | Should -BeGreaterThan 10
        $analysis.RefinedFoci | Should -HaveCount 10
        $analysis | Format-Table | Out-String -Width 200 | Should -BeLike '*Step (nm)*'
        $analysis | Format-List | Out-String -Width 200 | Should -BeLike '*Fitted foci*'
    }

    It 'gives foci that can be written and used' {
        $file = ($reconstruction | Measure-FsrFocusStep).RefinedFoci | Export-FsrFocus (Join-Path $TestDrive 'refined.csv')
        (Import-FocalSeries $made.ParameterFile -Focus (Import-FsrFocus $file)).Foci | Should -HaveCount 10
    }

    It 'searches as -Set says' {
        $coarse = $reconstruction | Measure-FsrFocusStep -Set @{ Stepmultiplier = 1 }
        $fine = $reconstruction | Measure-FsrFocusStep -Set @{ Stepmultiplier = 0.5 }
        $coarse.SearchStep | Should -Be (2 * $fine.SearchStep)
    }
}

Describe 'Invoke-FsrAutofocus' {
    It 'finds a focus and corrects wave and foci by it' {
        $result = $reconstruction | Invoke-FsrAutofocus -WarningAction SilentlyContinue
        $result | Should -BeOfType FsRec.Focus.AutofocusResult
        [Math]::Abs($result.Foci[0].Defocus + $result.Focus - $reconstruction.Series.Foci[0]) | Should -BeLessThan 1e-6
        $result.Curve.Count | Should -BeGreaterThan 10
        $result | Format-Table | Out-String -Width 200 | Should -BeLike '*Focus (nm)*'
    }

    It 'goes on into a reconstruction and into files' {
        $result = $reconstruction | Invoke-FsrAutofocus -WarningAction SilentlyContinue
        ($result | Invoke-FsrReconstruction -Iterations 1).Series.Foci | Should -Be $result.Reconstruction.Series.Foci
        $result | Export-FsrWave (Join-Path $TestDrive 'focused') | Should -HaveCount 3
    }

    It 'takes a wave with its series' {
        $again = $reconstruction.Wave | Invoke-FsrAutofocus -Series $reconstruction -WarningAction SilentlyContinue
        [Math]::Abs($again.Focus - ($reconstruction | Invoke-FsrAutofocus -WarningAction SilentlyContinue).Focus) | Should -BeLessThan 0.1
    }

    It 'warns when the focus lies at the end of the range' {
        $null = $reconstruction | Invoke-FsrAutofocus -Set @{ Autofocusrange = 0.5 } -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLike '*Autofocusrange*'
    }
}

Describe 'Export-FsrBoxcar' {
    It 'writes sums and a parameter file that reads them' {
        $files = $reconstruction | Export-FsrBoxcar 3 (Join-Path $TestDrive 'boxcar') -WarningAction SilentlyContinue -WarningVariable warnings
        $files.Name | Should -Be 'focus_boxcar_3_float32_000.raw', 'focus_boxcar_3_float32_001.raw', 'focus_boxcar_3_float32_002.raw', 'focus_boxcar_3.fsr'
        $warnings | Should -HaveCount 1
        (Import-FocalSeries $files[-1]).Count | Should -Be 3
    }

    It 'honours -WhatIf and -NoClobber, and refuses a size too large' {
        $folder = Join-Path $TestDrive 'nobox'
        $aligned = $reconstruction.Aligned
        $aligned | Export-FsrBoxcar 5 $folder -WhatIf | Should -BeNullOrEmpty
        $folder | Should -Not -Exist
        $null = $aligned | Export-FsrBoxcar 5 $folder
        (Get-CommandError { $aligned | Export-FsrBoxcar 5 $folder -NoClobber }).FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        (Get-CommandError { $aligned | Export-FsrBoxcar 50 $folder }).FullyQualifiedErrorId | Should -BeLike 'OperationFailed,*'
    }
}

Describe 'Compare-FsrWave' {
    It 'finds a wave equal to itself' {
        $same = $reconstruction | Compare-FsrWave $reconstruction
        $same | Should -BeOfType FsRec.Comparison.WaveComparison
        $same.RelativeError | Should -BeLessThan 1e-3
        $same.Correlation | Should -BeGreaterThan 0.999
    }

    It 'holds a reconstruction, or a wave, against the truth' {
        $byReconstruction = $reconstruction | Compare-FsrWave $made
        $byReconstruction.RelativeError | Should -BeLessThan 1
        $byReconstruction.Correlation | Should -BeGreaterThan 0.5
        $byWave = $reconstruction.Wave | Compare-FsrWave $made.TrueWave -Parameter $reconstruction.Series.Parameters
        $byWave.RelativeError | Should -Be $byReconstruction.RelativeError
        $byReconstruction | Format-Table | Out-String -Width 200 | Should -BeLike '*Error (%)*'
    }

    It 'takes band and part of the frame' {
        $some = $reconstruction | Compare-FsrWave $made -Band 1, 3 -CentralFraction 0.5
        $some.Band.Low | Should -Be 1
    }

    It 'refuses waves of different shapes' {
        $other = (New-FsrSimulatedSeries -Size 64 -FrameCount 2 -Drift 0).TrueWave
        (Get-CommandError { $reconstruction | Compare-FsrWave $other }).FullyQualifiedErrorId | Should -BeLike 'OperationFailed,*'
    }
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
