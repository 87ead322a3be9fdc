BeforeAll {
    . $PSScriptRoot/common.ps1
    $folder = Join-Path $TestDrive 'tables'
    $config = New-TestSeries $folder
    $csv = Join-Path $TestDrive 'sweep.csv'
}

Describe 'A table of parameters' {
    It 'drives runs, each with the values of its row' {
        "Path,Limit,OUTPUTFILENAME,Iterations`n$config,3,three,1`n$config,4,four,2" | Set-Content $csv
        $runs = Import-Csv $csv | Invoke-FsrRun -WarningVariable told -WarningAction SilentlyContinue
        $runs.Reconstruction.Series.Parameters.Linear.Limit | Should -Be 3, 4
        $runs.Reconstruction.Iterations | Should -Be 1, 2
        $runs.Files | Where-Object { $_ -like '*three.wav' -or $_ -like '*four.wav' } | Should -HaveCount 2
        $told.Message -like 'ColumnNotUsed*' | Should -BeNullOrEmpty
    }

    It 'has a column for every key, by any of its names' {
        $keys = [FsRec.Parameters.ParameterKeys]::All | Where-Object Kind -In Number, WholeNumber
        $parameters = Import-FsrParameter $config
        foreach ($key in $keys) {
            $value = $key.Name -eq 'NImages' ? 6 : $key.Name -like '*azimuth' ? 7 : $key.Name -eq 'Voltage' ? 299 : $key.Name -in 'C3', 'C5' ? 2000 : 2
            $row = [pscustomobject]@{ Path = $config; $key.Name = "$value" }
            $key.Print(($row | Import-FsrParameter -WarningAction Ignore)) | Should -Be "$value" -Because $key.Name
        }

        ([pscustomobject]@{ Parameters = $parameters; Foci = '[-100,-50]'; Alignmentfilter = '[0.3,2]' } | Import-FocalSeries).Foci | Should -Be -100, -90, -80, -70, -60, -50
        (@{ Path = $config; Limit = 3 } | ForEach-Object { [pscustomobject]$_ } | Import-FsrParameter).Linear.Limit | Should -Be 3
    }

    It 'says nothing by an empty cell, and is overruled by what is given to the cmdlet' {
        "Path,Limit,Focusspread`n$config,,6`n$config,3," | Set-Content $csv
        $parameters = Import-Csv $csv | Import-FsrParameter
        $parameters.Linear.Limit | Should -Be 4, 3
        $parameters.Microscope.FocusSpread | Should -Be 6, 3
        (Import-Csv $csv | Import-FsrParameter -Limit 3.5).Linear.Limit | Should -Be 3.5, 3.5
        (Import-Csv $csv | Import-FsrParameter -Set @{ Limit = 3.5 }).Linear.Limit | Should -Be 3.5, 3.5
    }

    It 'is warned of once for a column that is no parameter, with the nearest key' {
        "Path,Limt,Threads`n$config,3,1`n$config,4,1" | Set-Content $csv
        $null = Import-Csv $csv | Invoke-FsrRun -Iterations 1 -WarningVariable told -WarningAction SilentlyContinue
        @($told.Message) -like "ColumnNotUsed: the column 'Limt'*Limit.*" | Should -HaveCount 1
        @($told.Message) -like "ColumnNotUsed: -Threads *" | Should -HaveCount 1
        @($told.Message) -like 'ResultsReplaced:*' | Should -HaveCount 1
    }

    It 'is told of a wrong cell, and goes on' {
        "Path,Limit,OUTPUTFILENAME,Iterations`n$config,fast,a,1`n$config,3,b,many`n$config,3,c,1" | Set-Content $csv
        $records = Get-CommandError { Import-Csv $csv | Invoke-FsrRun }
        $records.FullyQualifiedErrorId | Should -Be 'OverrideInvalid,FsRec.PowerShell.Commands.InvokeFsrRunCommand', 'OverrideInvalid,FsRec.PowerShell.Commands.InvokeFsrRunCommand'
        "$($records[1])" | Should -BeLike "*Iterations*many*a number*"
        Join-Path $folder 'results/c.wav' | Should -Exist
    }

    It 'names its row in the warnings of its run' {
        "Path,OUTPUTFILENAME`n$config,first`n$config,second" | Set-Content $csv
        $runs = Import-Csv $csv | Invoke-FsrRun -Iterations 1 -WarningVariable told -WarningAction SilentlyContinue
        $runs.Warnings.Count | Should -BeGreaterThan 0
        $misfits = @($told.Message) -like 'Misfit:*'
        $misfits | Should -HaveCount 2
        $misfits[0] | Should -BeLike 'Misfit: first: *'
        $misfits[1] | Should -BeLike 'Misfit: second: *'
    }

    It 'may be a table in memory, and says so where it names no file' {
        (@{ Path = $config; Limit = 3 } | Import-FsrParameter).Linear.Limit | Should -Be 3
        foreach ($row in @{ Limit = 3 }, [pscustomobject]@{ Limit = 3; Iterations = 2 }) {
            foreach ($cmdlet in 'Invoke-FsrRun', 'Import-FsrParameter', 'Import-FocalSeries') {
                $record = @(Get-CommandError { $row | & $cmdlet })
                $record | Should -HaveCount 1
                $record[0].FullyQualifiedErrorId | Should -BeLike 'RowWithoutPath,*' -Because $cmdlet
                "$record" | Should -BeLike '*no column Path*Limit*'
            }
        }
    }

    It 'names row and column where a path is empty: <_>' -ForEach 'Invoke-FsrRun', 'Import-FsrParameter', 'Import-FocalSeries', 'Test-FsrParameter', 'Get-FsrFile' {
        "Path,OUTPUTFILENAME`n$config,one`n,two`n$config,three" | Set-Content $csv
        $output = @(Import-Csv $csv | & $_ -ErrorAction SilentlyContinue -ErrorVariable records -WarningAction Ignore)
        $told = @($records | Where-Object FullyQualifiedErrorId -Like 'RowWithoutPath,*')
        $told | Should -HaveCount 1
        "$($told[0])" | Should -Be "Row 2: The column Path is empty; expected the row's file, as in config.fsr."
        # The others go on.
        if ($_ -notin 'Get-FsrFile', 'Test-FsrParameter') {
            $output | Should -HaveCount 2
        }

        "$(Get-CommandError { [pscustomobject]@{ LiteralPath = $null } | & $_ })" | Should -BeLike 'Row 1: The column LiteralPath is empty*'
        "$(Get-CommandError { @{ Path = ''; Limit = 3 } | & $_ })" | Should -BeLike 'Row 1: The column Path is empty*'
        { & $_ '' } | Should -Throw -ErrorId 'PathEmpty,*' -ExpectedMessage '-Path is empty*'
        { & $_ -LiteralPath $null } | Should -Throw -ErrorId 'PathEmpty,*'
    }

    It 'names the row of a wrong cell' {
        "Path,Limit`n$config,3`n$config,fast" | Set-Content $csv
        "$(Get-CommandError { Import-Csv $csv | Import-FsrParameter })" | Should -BeLike "Row 2: *Limit*'fast'*"
        "Path,Iterations`n$config,many`n$config,1" | Set-Content $csv
        "$(Get-CommandError { Import-Csv $csv | Invoke-FsrRun -WarningAction Ignore })" | Should -BeLike "Row 1: *'Iterations'*'many'*"
    }

    It 'is not any object that has properties of such names' {
        $series = Import-FocalSeries $config
        $refined = Import-FocalSeries $config -Focus (0..5 | ForEach-Object { [FsRec.FrameFocus]::new($_, -50 + $_) })
        # Foci is a property of a series, and a key.
        ($refined | Invoke-FsrReconstruction -Iterations 1).Series.Foci[0] | Should -Be -50
        $file = $refined | Export-FsrParameter (Join-Path $TestDrive 'refined.fsr')
        (Import-FsrParameter $file).Foci | Should -Be $series.Parameters.Foci
        $copy = Join-Path $TestDrive 'p.xml'
        $rows = Invoke-FsrSweep $config -Set @{ Limit = 3 } -Iterations 1 -SkipChiSquare
        ($rows | Import-FsrParameter -ErrorAction Ignore) | Should -BeNullOrEmpty
        ($rows | Import-FocalSeries -Limit 3.5).Parameters.Linear.Limit | Should -Be 3.5
    }
}
