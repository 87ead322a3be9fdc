BeforeAll {
    . $PSScriptRoot/common.ps1
    Push-Location $TestDrive
    Set-Content mtf.csv '# a camera', 'frequency,MTF', '0,1', '0.5,0.8', '1,0.5'
    Set-Content nps.csv '0,4000', '0.5,2560', '1,1000'
    $made = New-FsrSimulatedSeries made -Size 96 -FrameCount 6 -MTF mtf.csv -NPS nps.csv -Force
    $config = $made.ParameterFile
}

AfterAll { Pop-Location }

Describe 'The keys MTF and NPS' {
    It 'are written into the parameter file of a simulated series, with the files in full' {
        $parameters = Import-FsrParameter $config
        $parameters.Detector.Mtf.Path | Should -Be (Join-Path $TestDrive 'mtf.csv')
        $parameters.Detector.Nps.Path | Should -Be (Join-Path $TestDrive 'nps.csv')
        Test-FsrParameter $config | Should -BeNullOrEmpty
    }

    It 'are parameters of the cmdlets that read and restore a series, as files and as lists' {
        $series = Import-FocalSeries $config -MTF 1, 0.8, 0.5 -NPS (Get-Item nps.csv)
        $series.Parameters.Detector.Mtf.Values | Should -Be 1, 0.8, 0.5
        $series.Parameters.Detector.Nps.Path | Should -Be (Join-Path $TestDrive 'nps.csv')
        $listed = $series | Invoke-FsrReconstruction -Method Wiener -Iterations 2
        $filed = Import-FocalSeries $config | Invoke-FsrReconstruction -Method Wiener -Iterations 2
        ($listed.Wave | Compare-FsrWave $filed.Wave).RelativeError | Should -BeLessThan 1e-6
        $other = $series | Invoke-FsrReconstruction -Method Wiener -Iterations 2 -MTF '[1,1]'
        ($other.Wave | Compare-FsrWave $filed.Wave).RelativeError | Should -BeGreaterThan 0.05
        $plain = Import-FocalSeries $config -Set @{ MTF = '[1,1]'; NPS = '[1,1]' }
        $plain.Parameters.Detector.Mtf.Values | Should -Be 1, 1
    }

    It 'leave the frames as they were recorded for whoever looks at them' {
        $series = Import-FocalSeries $config
        $counts = $made.GetCounts(2)
        $mean = ($counts | Measure-Object -Average).Average
        $frame = $series.GetFrame(2)
        foreach ($i in 0, 17, 4000, 9215) {
            $frame[$i] | Should -BeGreaterThan ($counts[$i] / $mean - 1e-4)
            $frame[$i] | Should -BeLessThan ($counts[$i] / $mean + 1e-4)
        }
    }

    It 'refuse another NPS once a series is read' {
        $series = Import-FocalSeries $config
        $problem = Get-CommandError { $series | Invoke-FsrReconstruction -Set @{ NPS = '[1,0.5]' } }
        $problem.FullyQualifiedErrorId | Should -BeLike 'OverrideInvalid*'
        $problem.Exception.Message | Should -BeLike '*NPS*Import-FocalSeries*'
    }

    It 'are checked: a finding names the curve''s file and line' {
        Set-Content bad.csv '0,1', '0.5,1.3', '1,0.5'
        $finding = @(Import-FsrParameter $config | Test-FsrParameter -Set @{ MTF = (Join-Path $TestDrive 'bad.csv') })
        $finding | Should -HaveCount 1
        $finding[0].Key | Should -Be MTF
        $finding[0].File | Should -Be (Join-Path $TestDrive 'bad.csv')
        $finding[0].Line | Should -Be 2
        $problem = Get-CommandError { Import-FocalSeries $config -MTF bad.csv }
        $problem.FullyQualifiedErrorId | Should -BeLike 'DataInvalid*'
        $problem.Exception.Message | Should -BeLike "*bad.csv', line 2: found '0.5,1.3', expected *"
        (Get-CommandError { Import-FocalSeries $config -NPS none.csv }).FullyQualifiedErrorId | Should -BeLike 'DataNotFound*'
        (Get-CommandError { New-FsrSimulatedSeries -Size 64 -FrameCount 2 -MTF none.csv }).FullyQualifiedErrorId | Should -BeLike 'DataNotFound*'
        { New-FsrSimulatedSeries -Size 64 -FrameCount 2 -MTF 1, 2 } | Should -Throw '*at most 1.2*'
    }

    It 'stand in the record of a run with their hashes, and can be swept' {
        $null = Invoke-FsrRun $config -Method Wiener -Iterations 2
        $record = Get-Content -Raw made/results/simulated_run.json | ConvertFrom-Json
        $file = $record.Inputs | Where-Object Path -Like '*mtf.csv'
        $file.Sha256 | Should -Be (Get-FileHash mtf.csv).Hash
        $rows = Invoke-FsrSweep $config -Set @{ MTF = (Join-Path $TestDrive 'mtf.csv'), '[1,0.9]'; NPS = , (1, 0.64, 0.25) } -Iterations 2 -OutputPath swept
        $rows | Should -HaveCount 2
        ($rows | Where-Object MTF -EQ '[1,0.9]').Parameters.Detector.Mtf.Values | Should -Be 1, 0.9
        $rows[0].NPS | Should -Be '[1,0.64,0.25]'
    }

    It 'are looked for from the location where a sweep names them, and one that is missing fails its row alone' {
        $rows = @(Invoke-FsrSweep $config -Set @{ MTF = 'none.csv', 'mtf.csv', '[1,0.9]' } -Iterations 2 -Method Wiener -SkipChiSquare -Destination swept2 -ErrorAction SilentlyContinue -ErrorVariable problems)
        $rows | Should -HaveCount 2 # in whatever order the runs end
        (Join-Path $TestDrive 'mtf.csv'), '[1,0.9]' | ForEach-Object { $_ | Should -BeIn $rows.MTF }
        $problems | Should -HaveCount 1
        $problems[0].ErrorDetails.Message | Should -BeLike "*none.csv: MTF '*none.csv': found no such file, expected *"
        (Invoke-FsrRun $config -MTF mtf.csv -Iterations 1 -Set @{ OUTPUTFILENAME = 'byname' }).Aligned.Series.Parameters.ResolvedDetector.Mtf.Path | Should -Be (Join-Path $TestDrive 'mtf.csv')
    }
}
