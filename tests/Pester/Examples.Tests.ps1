BeforeAll {
    . $PSScriptRoot/common.ps1
    $examples = Join-Path $PSScriptRoot '../../examples'

    # Each example has a folder of its own; what it warns of is not of interest here.
    function Invoke-Example {
        param([string] $Name, [hashtable] $Argument = @{})

        & (Join-Path $examples "$Name.ps1") -Folder (Join-Path $TestDrive $Name) @Argument 3>$null
    }
}

Describe 'Examples' {
    It '<BaseName> has help, and tells what to expect' -ForEach (Get-ChildItem (Join-Path $PSScriptRoot '../../examples') -Filter *.ps1 | Where-Object BaseName -NE reconstruct) {
        $help = Get-Help $_.FullName -Full
        $help.Synopsis | Should -Not -BeLike "*$($_.BaseName).ps1*"
        $described = @($help.parameters.parameter | Where-Object { $_.description.Text } | ForEach-Object name)
        $described | Should -Be @($help.parameters.parameter.name)
        Get-Content -LiteralPath $_.FullName | Where-Object { $_ -like '# What to expect: *' } | Should -HaveCount 1
    }

    It 'reconstruct comes near to the truth' {
        $row = Invoke-Example reconstruct @{ Iterations = 3 }
        $row.WaveCorrelation | Should -BeGreaterThan 0.95
        $row.DisplacementErrorPx | Should -BeLessThan 0.5
        $row.Files | ForEach-Object { $_ | Should -Exist }
    }

    It 'low-dose goes astray by neighbours, and neither by a common frame nor by the data' {
        $rows = Invoke-Example low-dose @{ Size = 160; FrameCount = 40; Iterations = 6 }
        $rows.Alignment | Should -Be 'neighbours', 'common frame', 'by the data'
        ($rows[0].Failure -or $rows[0].FinalErrorPx -gt 2) | Should -BeTrue
        foreach ($row in $rows[1, 2]) {
            $row.FinalErrorPx | Should -BeLessThan 0.6
            $row.WaveCorrelation | Should -BeGreaterThan 0.85
        }
    }

    It 'continue comes to the same wave on every way' {
        $rows = Invoke-Example continue @{ Size = 128; FrameCount = 10; Iterations = 3 }
        $rows | Should -HaveCount 4
        $rows[1..3].DifferencePercent | ForEach-Object { $_ | Should -BeLessThan 0.1 }
        # Both have converged to a part in a thousand.
        $rows[1].ResidualRms | Should -BeLessThan (1.001 * $rows[0].ResidualRms)
    }

    It 'focus-step finds the step and the foci' {
        $rows = Invoke-Example focus-step @{ Size = 160; FrameCount = 12; Iterations = 5 }
        $rows.Round | Should -Be 1, 2
        [Math]::Abs($rows[1].StepNm / $rows[1].TrueStepNm - 1) | Should -BeLessThan 0.01
        $rows[1].FocusErrorNm | Should -BeLessThan 1
        $rows[1].WaveErrorPercent | Should -BeLessThan $rows[0].WaveErrorPercent
        @(Import-Csv (Join-Path $TestDrive 'focus-step/results/steps_foci.csv') -Header n, z).Count | Should -BeGreaterOrEqual 12
    }

    It 'autofocus finds the offset of the foci' {
        $row = Invoke-Example autofocus @{ Size = 128; FrameCount = 12; Iterations = 4; OffsetNm = -12 }
        [Math]::Abs($row.FocusFoundNm + 12) | Should -BeLessThan 1
        [Math]::Abs($row.DefocusOfCorrectedNm) | Should -BeLessThan 1
        [Math]::Abs($row.DefocusOfSecondNm) | Should -BeLessThan 1
        $row.CorrectedFoci | Should -Match '^\[-\d'
        $row.Files | ForEach-Object { $_ | Should -Exist }
    }

    It 'boxcar makes of many frames a few that are nearly as good' {
        $rows = Invoke-Example boxcar @{ Size = 128; FrameCount = 41; Iterations = 4 }
        $rows.Frames | Should -Be 41, 8, 8
        $rows[1].WaveErrorPercent | Should -BeLessThan (1.25 * $rows[0].WaveErrorPercent)
        $rows[1].WaveErrorPercent | Should -BeLessThan (0.8 * $rows[2].WaveErrorPercent)
        @(Get-ChildItem (Join-Path $TestDrive 'boxcar/results') -Filter 'long_boxcar_5_float32_*.raw') | Should -HaveCount 8
    }

    It 'reference-area aligns by the crystal and not by the vacuum, unless the data decide' {
        $rows = Invoke-Example reference-area @{ Size = 128; FrameCount = 8; Iterations = 3 }
        $rows.Area | Should -Be 'crystal', 'vacuum', 'default'
        $rows[0, 2].DisplacementErrorPx | ForEach-Object { $_ | Should -BeLessThan 0.5 }
        ($rows[1].Failure -or $rows[1].DisplacementErrorPx -gt 1) | Should -BeTrue
        $rows.Picture | ForEach-Object { $_ | Should -Exist }
    }

    It 'parameter-sweep finds the focus spread that was simulated' {
        $rows = Invoke-Example parameter-sweep @{ Size = 128; FrameCount = 12; Iterations = 3; Limit = 4, 6; Focusspread = 2, 4, 8 }
        $rows | Should -HaveCount 6
        $rows[0].Limit | Should -Be 6
        $rows[0].Focusspread | Should -Be 4
        ($rows | Where-Object Limit -EQ 4).WaveErrorPercent | ForEach-Object { $_ | Should -BeGreaterThan (2 * $rows[0].WaveErrorPercent) }
    }

    It 'sweep goes on where it was stopped' {
        $rows = Invoke-Example sweep @{ Size = 128; FrameCount = 12; Iterations = 2; Limit = 5, 6; Focusspread = 2, 4; ThrottleLimit = 1 }
        $rows | Should -HaveCount 4
        @($rows | Where-Object ReadBack).Count | Should -BeGreaterOrEqual 2
        # The series was simulated with 4 nm; by what the linear wave leaves over it would be 2.
        ($rows | Group-Object Limit | ForEach-Object { $_.Group[0].Focusspread }) | Should -Be 4, 4
        ($rows | Group-Object Limit | ForEach-Object { ($_.Group | Sort-Object ResidualRms)[0].Focusspread }) | Should -Be 2, 2
        ($rows | Sort-Object UpTo -Descending)[0].Limit | Should -Be 6
        $rows[0].Picture | Should -Exist
    }

    It 'tutorial goes the way of the documentation' {
        $rows = Invoke-Example tutorial @{ Size = 192; FrameCount = 20; Iterations = 5 }
        $rows.Step | Should -Be 'reconstruct', 'autofocus', 'reconstruct again', 'step analysis', 'continue, step analysis'
        [Math]::Abs($rows[0].DefocusLeftNm) | Should -BeGreaterThan 10
        [Math]::Abs($rows[1].FocusFoundNm - 15) | Should -BeLessThan 3
        [Math]::Abs($rows[2].DefocusLeftNm) | Should -BeLessThan 3
        [Math]::Abs($rows[4].FocusStepNm / $rows[4].TrueStepNm - 1) | Should -BeLessThan 0.01
        $rows[4].WaveErrorPercent | Should -BeLessThan $rows[2].WaveErrorPercent
    }
}
