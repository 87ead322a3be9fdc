BeforeAll {
    . $PSScriptRoot/common.ps1
    $config = New-TestSeries (Join-Path $TestDrive 'series')
    $series = Import-FocalSeries $config
    $aligned = $series | Invoke-FsrPrealignment
}

Describe 'Invoke-FsrReconstruction' {
    It 'reconstructs an aligned series' {
        $result = $aligned | Invoke-FsrReconstruction
        $result | Should -BeOfType FsRec.Results.Reconstruction
        $result.History | Should -HaveCount 3
        $result.Iterations | Should -Be 3
        $result.Wave | Should -BeOfType FsRec.ExitWave
        $result.ScatteredFraction | Should -BeGreaterThan 0
        $result.ScatteredFraction | Should -BeLessThan 1
    }

    It 'pre-aligns a series first' {
        $direct = $series | Invoke-FsrReconstruction -Iterations 1
        $direct.Displacements | Should -Be ($aligned | Invoke-FsrReconstruction -Iterations 1).Displacements
        $direct.Displacements[0].Dx | Should -Not -Be 0
    }

    It 'does not pre-align with Prealignment off' {
        $result = $series | Invoke-FsrReconstruction -Iterations 1 -Set @{ Prealignment = 'Off' }
        $result.Displacements | ForEach-Object { $_.Dx | Should -Be 0 }
    }

    It 'takes the number of iterations' {
        ($aligned | Invoke-FsrReconstruction -Iterations 2).History | Should -HaveCount 2
        ($aligned | Invoke-FsrReconstruction -Set @{ LinearIterations = 4 }).History | Should -HaveCount 4
    }

    It 'continues a reconstruction' {
        $first = $aligned | Invoke-FsrReconstruction -Iterations 1
        $second = $first | Invoke-FsrReconstruction -Iterations 1
        $second.History | Should -HaveCount 1
        $second.Series | Should -Be $first.Series
        $second.Displacements | Should -Not -Be $first.Displacements
    }

    It 'starts from displacements and wave that were read' {
        $first = $aligned | Invoke-FsrReconstruction -Iterations 2
        $again = $series | Invoke-FsrReconstruction -Displacement $first.Displacements -Wave $first.Wave -Iterations 1
        $on = $first | Invoke-FsrReconstruction -Iterations 1
        $again.Displacements | Should -Be $on.Displacements
        ($series | Invoke-FsrReconstruction -Displacement $first.Displacements -Wave $first.Wave -Iterations 0).History | Should -HaveCount 0
    }

    It 'starts from the files of an earlier run with -UsePrevious' {
        $first = $aligned | Invoke-FsrReconstruction -Iterations 2
        $null = $first | Export-FsrWave
        $again = $series | Invoke-FsrReconstruction -UsePrevious -Iterations 1 -WarningVariable warnings -WarningAction SilentlyContinue
        $again.History | Should -HaveCount 1
        [Math]::Abs($again.ResidualRms - ($first | Invoke-FsrReconstruction -Iterations 1).ResidualRms) | Should -BeLessThan 1e-5
        # A run that refined no foci left none, and there is nothing to warn of.
        @($warnings.Message) -like 'FociNotUsed:*' | Should -BeNullOrEmpty
    }

    It 'says that files of an earlier run are missing' {
        $record = Get-CommandError { Import-FocalSeries $config -Set @{ OUTPUTFILENAME = 'never' } | Invoke-FsrReconstruction -UsePrevious }
        $record.FullyQualifiedErrorId | Should -BeLike 'Data*,*'
        "$record" | Should -BeLike '*never_dxy.csv*'
    }

    It 'refuses displacements of other images' {
        $record = Get-CommandError { $series | Invoke-FsrReconstruction -Displacement $aligned.Displacements[0..2] }
        $record.FullyQualifiedErrorId | Should -BeLike 'OperationFailed,*'
        $record.CategoryInfo.Category | Should -Be InvalidOperation
    }

    It 'gives the same wave on one thread and on many' {
        $one = ($aligned | Invoke-FsrReconstruction -Threads 1).Wave.GetPhase()
        $many = ($aligned | Invoke-FsrReconstruction -Threads 3).Wave.GetPhase()
        [Linq.Enumerable]::SequenceEqual($one, $many) | Should -BeTrue
    }

    It 'writes the wave of every iteration when Saveintermediaterec says so' {
        $null = $aligned | Invoke-FsrReconstruction -Iterations 2 -Set @{ Saveintermediaterec = $true; OUTPUTFILENAME = 'mid' }
        Join-Path $TestDrive 'series' 'results' 'mid_001.wav' | Should -Exist
        Join-Path $TestDrive 'series' 'results' 'mid_002.wav' | Should -Exist
    }

    It 'tells each iteration''s figures with -Verbose' {
        $lines = $aligned | Invoke-FsrReconstruction -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] }
        @($lines | Where-Object Message -Like 'Reconstruction */3: largest move*') | Should -HaveCount 3
    }
}

Describe 'A long reconstruction' {
    BeforeAll {
        $long = New-FsrSimulatedSeries -Size 128 -FrameCount 8 -Drift 0 -Dose 0 | Invoke-FsrPrealignment
        $script = '$a.series | Invoke-FsrReconstruction -Iterations 1000000 -Threads 1'
    }

    It 'ends at once when it is stopped, and leaves no error' {
        foreach ($attempt in 1..3) {
            $shell = New-TestShell $script @{ series = $long }
            $run = $shell.BeginInvoke()
            Start-Sleep -Milliseconds (300 * $attempt + 500)
            $shell.InvocationStateInfo.State | Should -Be Running
            Measure-Work { $shell.Stop() } | Should -BeLessThan 500
            $shell.InvocationStateInfo.State | Should -Be Stopped
            $shell.Streams.Error | Should -HaveCount 0
            { $shell.EndInvoke($run) } | Should -Throw
            $shell.Dispose()
        }
    }

    It 'shows progress at most five times a second' {
        $shell = New-TestShell $script @{ series = $long }
        $null = $shell.BeginInvoke()
        Wait-Until { $shell.Streams.Progress.Count } | Should -BeTrue
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $before = $shell.Streams.Progress.Count
        Wait-Until { $shell.Streams.Progress.Count -ge $before + 10 } | Should -BeTrue
        $shell.Stop()
        # One more at each end: the time between two counts is not that of the first and the last.
        $shell.Streams.Progress.Count - $before | Should -BeLessOrEqual (5 * $watch.Elapsed.TotalSeconds + 2)
        $records = @($shell.Streams.Progress | Where-Object Activity -EQ 'Invoke-FsrReconstruction')
        $records[-1].StatusDescription | Should -BeLike 'Reconstruction, * of 1000000*'
        $records[-1].CurrentOperation | Should -BeLike 'largest move*'
        $shell.Dispose()
    }

    It 'ends its progress with a completed record' {
        $shell = New-TestShell '$p = $a.series | Invoke-FsrReconstruction -Iterations $a.count -Threads 1' @{ series = $long; count = 150 }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $null = $shell.Invoke()
        $records = @($shell.Streams.Progress | Where-Object Activity -EQ 'Invoke-FsrReconstruction')
        if ($records.Count -eq 0) {
            Set-ItResult -Skipped -Because "the run took $($watch.ElapsedMilliseconds) ms only"
        }

        $records[-1].RecordType | Should -Be Completed
        @($records | Where-Object RecordType -EQ Completed) | Should -HaveCount 1
        $shell.Dispose()
    }

    It 'restores by the method that is asked for' {
        $linear = $aligned | Invoke-FsrReconstruction
        $linear.Method | Should -Be Linear
        $linear.Uncertainty | Should -BeNullOrEmpty
        $wiener = $aligned | Invoke-FsrReconstruction -Method Wiener -WarningAction SilentlyContinue
        $byKey = $aligned | Invoke-FsrReconstruction -Set @{ Restoration = 'Wiener' } -WarningAction SilentlyContinue
        $wiener.Method | Should -Be Wiener
        # Other methods than the linear one align to the model, unless they are told otherwise.
        $wiener.Displacements | Should -Be $byKey.Displacements
        $sequential = $aligned | Invoke-FsrReconstruction -Method Wiener -Set @{ Methprealign = 'sequential' } -WarningAction SilentlyContinue
        $sequential.Displacements | Should -Be $linear.Displacements
        [Linq.Enumerable]::SequenceEqual($wiener.Wave.GetPhase(), $byKey.Wave.GetPhase()) | Should -BeTrue
        [Linq.Enumerable]::SequenceEqual($wiener.Wave.GetPhase(), $linear.Wave.GetPhase()) | Should -BeFalse
        $wiener.Uncertainty.Frames | Should -HaveCount 6
        $wiener.Uncertainty.Frames[2].ImageNumber | Should -Be 2
        $wiener.Uncertainty.Frames | Format-Table | Out-String -Width 200 | Should -BeLike '*Image*Focus*'
        $wiener.Uncertainty.Rings | Format-Table | Out-String -Width 200 | Should -BeLike '*Frequency*'
        $wiener.Uncertainty | Format-Table | Out-String -Width 200 | Should -BeLike '*RelativeError*'
        $wiener.Uncertainty | Format-List | Out-String -Width 200 | Should -BeLike '*ReducedChiSquare*'
    }

    It 'refines, with a history of its own' {
        $result = $aligned | Invoke-FsrReconstruction -Method Nonlinear -Set @{ NonlinearIterations = 3 } -WarningAction SilentlyContinue
        $result.NonlinearHistory | Should -HaveCount 3
        $result.NonlinearHistory | Format-Table | Out-String -Width 200 | Should -BeLike '*LargestFocusStep*'
        $result.Uncertainty.Frames | Should -HaveCount 6
    }

    It 'warns of reversed contrast when frame is aligned against frame' {
        $null = $series | Invoke-FsrReconstruction -Iterations 1 -WarningVariable warnings -WarningAction SilentlyContinue -Set @{
            Foci = -12, 13; C3 = -15000; Methprealign = 'sequential'
        }
        @($warnings.Message) -like 'ContrastReversal: *1/nm*' | Should -HaveCount 1
    }

    It 'starts from the beginning where there is no state, and leaves none' {
        $result = $aligned | Invoke-FsrReconstruction -Resume -Iterations 2 -Set @{ OUTPUTFILENAME = 'resumed' }
        $result.History | Should -HaveCount 2
        Join-Path $TestDrive 'series/results/resumed_state.fsrec' | Should -Not -Exist
    }
}
