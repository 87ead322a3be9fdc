BeforeDiscovery {
    $noThreadJob = -not (Get-Command Start-ThreadJob -ErrorAction Ignore)
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    $module = Join-Path (Get-Module FsRec).ModuleBase 'FsRec.psd1'
    $folder = Join-Path $TestDrive 'jobs'
    $config = New-TestSeries $folder
    $series = Import-FocalSeries $config
    $alone = $series | Invoke-FsrReconstruction
}

Describe 'Jobs' {
    It 'in threads give the objects themselves' -Skip:$noThreadJob {
        $jobs = foreach ($limit in 3, 4) {
            Start-ThreadJob -ArgumentList $module, $series, $limit { param($module, $series, $limit) Import-Module $module; $series | Invoke-FsrReconstruction -Limit $limit }
        }

        $found = $jobs | Receive-Job -Wait -AutoRemoveJob | Sort-Object { $_.Series.Parameters.Linear.Limit }
        $found | Should -HaveCount 2
        $found[1] | Should -BeOfType FsRec.Results.Reconstruction
        $found[1].Wave.GetAmplitude() | Should -Be $alone.Wave.GetAmplitude()
    }

    It 'in parallel runspaces give what one alone gives' {
        $found = 1..3 | ForEach-Object -ThrottleLimit 3 -Parallel { Import-Module $using:module; $using:series | Invoke-FsrReconstruction }
        $found | Should -HaveCount 3
        foreach ($one in $found) {
            $one.ResidualRms | Should -Be $alone.ResidualRms
            $one.Displacements.Dx | Should -Be $alone.Displacements.Dx
        }
    }

    It 'in another process give a summary and the paths of the files' {
        $job = Start-Job -ArgumentList $module, $config {
            param($module, $config)
            Import-Module $module
            Import-FocalSeries $config | Invoke-FsrReconstruction
            Invoke-FsrRun $config -OUTPUTFILENAME job
        }
        $found, $run = $job | Receive-Job -Wait -AutoRemoveJob
        $found.PSTypeNames | Should -Contain 'Deserialized.FsRec.Results.Reconstruction'
        $found.ResidualRms | Should -Be $alone.ResidualRms
        $found.Iterations | Should -Be 3
        "$($found.Series)" | Should -BeLike '6 frames, 64×64 px*'
        ($found.History | Sort-Object LargestMove -Descending)[0].LargestMove | Should -Be ($alone.History.LargestMove | Measure-Object -Maximum).Maximum
        ($found.Displacements | Measure-Object Dx -Maximum).Maximum | Should -Be ($alone.Displacements | Measure-Object Dx -Maximum).Maximum
        $run.Files | Should -Be (@('.wav', '_filt.wav', '_dxy.csv') | ForEach-Object { Join-Path $folder "results/job$_" })
        $run.Files | ForEach-Object { $_ | Should -Exist }
        $run.ScatteredFraction | Should -Be $alone.ScatteredFraction
        $run.Summary | Should -BeLike '6 frames*iteration 3*'
        $found | Format-Table | Out-String | Should -Not -BeNullOrEmpty
        $run | Format-List | Out-String | Should -BeLike '*job_dxy.csv*'
    }

    It 'in another process give what cmdlets make the object of again' {
        $job = Start-Job -ArgumentList $module, $config {
            param($module, $config)
            Import-Module $module
            $series = Import-FocalSeries $config
            $found = $series | Invoke-FsrReconstruction
            $series
            $series | Invoke-FsrPrealignment
            $found
            $found.Wave
            Invoke-FsrRun $config -OUTPUTFILENAME again
            $found | Invoke-FsrAutofocus -WarningAction Ignore
            New-FsrSimulatedSeries -Size 64 -FrameCount 4 -Seed 3
            Import-FsrParameter $config
            Invoke-FsrSweep $config -Set @{ Limit = 3 } -Iterations 1 -SkipChiSquare
        }
        $series, $aligned, $found, $wave, $run, $focus, $simulated, $parameters, $row = $job | Receive-Job -Wait -AutoRemoveJob
        $place = Join-Path $TestDrive 'copies'
        $null = New-Item -ItemType Directory $place
        $alone | Export-FsrWave "$place/alone.wav" -PassThru | Export-FsrImage "$place/alone" -Kind Phase

        $null = $found | Export-FsrWave "$place/found.wav"
        $null = $wave | Export-FsrWave "$place/wave.wav"
        $null = $run | Export-FsrWave "$place/run.wav"
        foreach ($name in 'found.wav', 'wave.wav', 'run.wav') {
            (Get-FileHash "$place/$name").Hash | Should -Be (Get-FileHash "$place/alone.wav").Hash
        }

        (Get-FileHash "$place/found_filt.wav").Hash | Should -Be (Get-FileHash "$place/alone_filt.wav").Hash
        (Get-FileHash "$place/found_dxy.csv").Hash | Should -Be (Get-FileHash "$place/alone_dxy.csv").Hash
        $null = $found | Export-FsrImage "$place/found" -Kind Phase
        (Get-FileHash "$place/found_phase.png").Hash | Should -Be (Get-FileHash "$place/alone_phase.png").Hash

        ($series | Invoke-FsrReconstruction).ResidualRms | Should -Be $alone.ResidualRms
        ($aligned | Invoke-FsrReconstruction).Displacements.Dx | Should -Be $alone.Displacements.Dx
        $next = $alone | Invoke-FsrReconstruction -Iterations 1
        ($found | Invoke-FsrReconstruction -Iterations 1).ResidualRms | Should -Be $next.ResidualRms
        ($run | Measure-FsrFocusStep).Step | Should -Be ($alone | Measure-FsrFocusStep).Step
        ($found | Measure-FsrResolution).Frequency | Should -Be ($alone | Measure-FsrResolution).Frequency
        ($focus | Export-FsrImage "$place/focus" -Kind Phase).Name | Should -Be 'focus_phase.png'
        # Frames that are in no file come along; they are divided by their mean once more.
        ($simulated | Invoke-FsrReconstruction -Iterations 1).ResidualRms |
            Should -BeGreaterThan 0
        [Math]::Abs(($simulated | Invoke-FsrReconstruction -Iterations 1).ResidualRms - (New-FsrSimulatedSeries -Size 64 -FrameCount 4 -Seed 3 | Invoke-FsrReconstruction -Iterations 1).ResidualRms) | Should -BeLessThan 1e-6
        ($parameters | Import-FocalSeries).Count | Should -Be 6
        ($row | Import-FsrWave).GetAmplitude() | Should -HaveCount 4096
        ($row | Export-FsrReport "$place/row.html").Name | Should -Be 'row.html'
    }

    It 'say so where the frames have changed since' {
        $other = Join-Path $TestDrive 'changed'
        $changed = New-TestSeries $other
        $path = Join-Path $TestDrive 'series.xml'
        Import-FocalSeries $changed | Export-Clixml $path -Depth 3
        $copy = Import-Clixml $path
        ($copy | Invoke-FsrReconstruction -Iterations 1).ResidualRms | Should -BeGreaterThan 0

        $bytes = [IO.File]::ReadAllBytes("$other/frames/test_002.raw")
        $bytes[1002] = $bytes[1002] -bxor 64
        [IO.File]::WriteAllBytes("$other/frames/test_002.raw", $bytes)
        $copy = Import-Clixml $path
        { $copy | Invoke-FsrReconstruction -Iterations 1 } | Should -Throw '*changed since*'
        Remove-Item "$other/frames/test_002.raw"
        $copy = Import-Clixml $path
        { $copy | Invoke-FsrReconstruction -Iterations 1 } | Should -Throw '*test_002.raw*'
    }

    It 'in threads and runspaces show progress that ends' -Skip:$noThreadJob {
        $long = New-FsrSimulatedSeries -Size 128 -FrameCount 8 -Drift 0 -Dose 0
        $jobs = 1..2 | ForEach-Object {
            Start-ThreadJob -ArgumentList $module, $long { param($module, $long) Import-Module $module; $long | Invoke-FsrReconstruction -Iterations 400 }
        }
        $null = $jobs | Wait-Job
        foreach ($job in $jobs) {
            $shown = @($job.Progress | Where-Object Activity -EQ 'Invoke-FsrReconstruction')
            $shown | Should -Not -BeNullOrEmpty
            $shown[-1].RecordType | Should -Be Completed
        }

        $jobs | Remove-Job
        $shell = New-TestShell '1..2 | ForEach-Object -ThrottleLimit 2 -Parallel { Import-Module $using:module; $a = $using:a; $null = $a.long | Invoke-FsrReconstruction -Iterations 400 }' @{ long = $long }
        $null = $shell.Invoke()
        $shown = @($shell.Streams.Progress | Where-Object Activity -EQ 'Invoke-FsrReconstruction')
        $shown[-1].RecordType | Should -Be Completed
        @($shown | Where-Object RecordType -EQ Completed) | Should -HaveCount 2
        $shell.Dispose()
    }

    It 'carry no frames that lie in files, and no more than the wave: <Name>' -ForEach @(
        @{ Name = 'a series'; Most = 20000; Make = { $series } }, @{ Name = 'an aligned series'; Most = 20000; Make = { $alone.Aligned } }, @{ Name = 'a wave'; Most = 50000; Make = { $alone.Wave } }
        @{ Name = 'a reconstruction'; Most = 200000; Make = { $alone } }, @{ Name = 'a focus-step analysis'; Most = 80000; Make = { $alone | Measure-FsrFocusStep } }
        @{ Name = 'an autofocus'; Most = 200000; Make = { $alone | Invoke-FsrAutofocus -WarningAction Ignore } }
        @{ Name = 'a row of a sweep'; Most = 80000; Make = { Invoke-FsrSweep $config -Set @{ Limit = 3 } -Iterations 1 } }
    ) {
        $path = Join-Path $TestDrive 'object.xml'
        & $Make | Export-Clixml $path -Depth 3
        # A wave is 64 · 64 · 8 bytes, four thirds of it as text; a reconstruction has two.
        (Get-Item $path).Length | Should -BeLessThan $Most
        Import-Clixml $path | Should -Not -BeNullOrEmpty
    }
}
