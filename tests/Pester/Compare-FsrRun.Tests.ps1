BeforeAll {
    . $PSScriptRoot/common.ps1
    $made = New-FsrSimulatedSeries (Join-Path $TestDrive 'made') -Size 96 -FrameCount 6
    $log = Join-Path $TestDrive 'log.jsonl'
    $a = Invoke-FsrRun $made.ParameterFile -Iterations 1 -OUTPUTFILENAME four -Limit 4 -OUTPUTPATH (Join-Path $TestDrive 'a') -WarningAction Ignore -LogJson $log
    $b = Invoke-FsrRun $made.ParameterFile -Iterations 1 -OUTPUTFILENAME five -Limit 5 -OUTPUTPATH (Join-Path $TestDrive 'b') -WarningAction Ignore
    $second = Join-Path $TestDrive 'b/five_run.json'
}

Describe 'Compare-FsrRun' {
    It 'puts out nothing for a run and its own record, by object, folder, file and pipeline' {
        Compare-FsrRun $a (Join-Path $TestDrive 'a') | Should -BeNullOrEmpty
        Compare-FsrRun (Join-Path $TestDrive 'a/four_run.json') $a | Should -BeNullOrEmpty
        Get-Item $second | Compare-FsrRun $b | Should -BeNullOrEmpty
    }

    It 'says what differs between two runs, each with both values' {
        $found = Compare-FsrRun $a $second
        $limit = $found | Where-Object { $_.What -eq 'Parameter' -and $_.Name -eq 'Limit' }
        $limit.Left, $limit.Right | Should -Be '4', '5'
        $moved = $found | Where-Object Name -EQ residualRms
        $moved.What | Should -Be 'Figure'
        # The second less the first, over the first.
        $left, $right = $moved.Left, $moved.Right | ForEach-Object { [double]::Parse($_, [cultureinfo]::InvariantCulture) }
        [Math]::Abs($moved.Relative - ($right - $left) / $left) | Should -BeLessThan 1e-3
        $moved.Relative | Should -Not -Be 0
        # The frames are the same, and so are the programs.
        $found.What | Should -Not -Contain 'Frame'
        $found.What | Should -Not -Contain 'Version'
    }

    It 'tells the kinds that are asked for' {
        $found = Compare-FsrRun $a $b -Kind Parameter
        $found.What | Sort-Object -Unique | Should -Be 'Parameter'
        $found.Name | Should -Contain 'Limit'
    }

    It 'tells of what every image has the image that differs most, and each with -EveryImage' {
        $short = Compare-FsrRun $a $b
        $long = Compare-FsrRun $a $b -EveryImage
        $each = @($long | Where-Object Name -Like 'displacements*.dx')
        $most = @($short | Where-Object Name -Like 'displacements*.dx*')
        $each.Count | Should -BeGreaterThan 2
        $most | Should -HaveCount 1
        $most.Name | Should -BeLike "displacements*.dx, the most of $($each.Count)"
        $size = { [Math]::Abs([double]::Parse($_.Right, [cultureinfo]::InvariantCulture) - [double]::Parse($_.Left, [cultureinfo]::InvariantCulture)) }
        ($most | ForEach-Object $size) | Should -Be ($each | ForEach-Object $size | Measure-Object -Maximum).Maximum
        # Nothing else is left out.
        ($short | Where-Object Name -NotLike '*`[*').Name | Should -Be ($long | Where-Object Name -NotLike '*`[*').Name
        $short.Count | Should -BeLessThan $long.Count
    }

    It 'is shown in 80 columns' {
        ((Compare-FsrRun $a $b | Out-String -Width 80) -replace "\e\[[\d;]*m") -split "`n" | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 80 }
    }

    It 'names a record that is not there or is none' {
        { Compare-FsrRun $a (Join-Path $TestDrive 'nothing.json') } | Should -Throw '*nothing.json*'
        $other = Join-Path $TestDrive 'other.json'
        Set-Content $other '{ "frames": 3 }'
        { Compare-FsrRun $a $other } | Should -Throw '*other.json*'
    }

    It 'counts the lists that one of two runs has, and does not print them' {
        $wiener = Invoke-FsrRun $made.ParameterFile -Iterations 1 -Method Wiener -OUTPUTFILENAME w -Limit 4 -OUTPUTPATH (Join-Path $TestDrive 'w') -WarningAction Ignore
        $found = Compare-FsrRun $a $wiener
        $rings = $found | Where-Object Name -EQ uncertainty.rings
        $rings.Left | Should -BeNullOrEmpty
        $rings.Right | Should -Match '^\d+ of them$'
        @($found.Left) + $found.Right | Where-Object { $_ -match '[{\[]' } | Should -BeNullOrEmpty
        (Compare-FsrRun $wiener $a | Where-Object Name -EQ uncertainty.rings).Left | Should -Be $rings.Right
    }

    It 'says of a record that is not there that it is not, once' {
        { Compare-FsrRun $a nothing.json } | Should -Throw "*The file '*nothing.json' does not exist*"
    }

    It 'compares what also stands in the log of events' {
        (Get-Content $log | ConvertFrom-Json).event | Should -Contain 'result'
    }
}
