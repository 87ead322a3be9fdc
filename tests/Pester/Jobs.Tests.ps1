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

    It 'carry no frames: <Name> is a few kilobytes whatever its pixels' -ForEach @(
        @{ Name = 'a series'; Make = { $series } }, @{ Name = 'an aligned series'; Make = { $alone.Aligned } }, @{ Name = 'a wave'; Make = { $alone.Wave } }
        @{ Name = 'a reconstruction'; Make = { $alone } }, @{ Name = 'a focus-step analysis'; Make = { $alone | Measure-FsrFocusStep } }
        @{ Name = 'an autofocus'; Make = { $alone | Invoke-FsrAutofocus -WarningAction Ignore } }, @{ Name = 'a simulated series'; Make = { New-FsrSimulatedSeries -Size 64 -FrameCount 6 } }
        @{ Name = 'a row of a sweep'; Make = { Invoke-FsrSweep $config -Set @{ Limit = 3 } -Iterations 1 } }
    ) {
        $path = Join-Path $TestDrive 'object.xml'
        & $Make | Export-Clixml $path -Depth 3
        # A frame alone would be 64 · 64 numbers.
        (Get-Item $path).Length | Should -BeLessThan 80000
        Import-Clixml $path | Should -Not -BeNullOrEmpty
    }
}
