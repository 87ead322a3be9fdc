BeforeAll {
    . $PSScriptRoot/common.ps1
    $config = New-TestSeries (Join-Path $TestDrive 'series') -Count 2
    $bad = Join-Path $TestDrive 'bad.fsr'
    Set-Content $bad "[OPTICS]", "Voltage=fast", "C3=1E6", "Limmit=5"
    $wrapped = Join-Path $TestDrive 'wrapped.fsr'
    Set-Content $wrapped @(Get-Content $config | ForEach-Object { if ($_ -like 'C3*') { "$_ # for an uncorrected"; 'instrument' } else { $_ } })
}

Describe 'Import-FsrParameter' {
    It 'reads a file into parameters' {
        $parameters = Import-FsrParameter $config
        $parameters | Should -BeOfType FsRec.Parameters.ReconstructionParameters
        $parameters.Linear.Limit | Should -Be 4
        $parameters.Files.ImageCount | Should -Be 2
    }

    It 'takes folders relative to the file' {
        (Import-FsrParameter $config).ResolvedInputPath | Should -Be (Join-Path $TestDrive 'series' 'frames')
    }

    It 'puts values over those of the file' {
        $parameters = Import-FsrParameter $config -Set @{ limit = 3.5; Alignmentfilter = 0.5, 2; Fixhotpix = $true; Range = 0, 1 }
        $parameters.Linear.Limit | Should -Be 3.5
        "$($parameters.Alignment.Filter)" | Should -Be '[0.5,2] 1/nm'
        $parameters.Image.FixHotPixels | Should -BeTrue
        $parameters.Image.Range | Should -Be 0, 1
    }

    It 'writes numbers of -Set with a point whatever the culture' {
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = [cultureinfo]::new('de-DE')
            (Import-FsrParameter $config -Set @{ Limit = 3.5 }).Linear.Limit | Should -Be 3.5
        }
        finally {
            [cultureinfo]::CurrentCulture = $culture
        }
    }

    It 'refuses an unknown key of -Set and names the nearest' {
        $records = @(Get-CommandError { Import-FsrParameter $config -Set @{ Limmit = 3 } })
        $records | Should -HaveCount 1
        $records[0].FullyQualifiedErrorId | Should -BeLike 'OverrideInvalid,*'
        $records[0].CategoryInfo.Category | Should -Be InvalidArgument
        "$($records[0])" | Should -BeLike '*Limit*'
    }

    It 'lists all errors of a file in one error record about it' {
        $records = @(Get-CommandError { Import-FsrParameter $bad })
        $records | Should -HaveCount 1
        $records[0].FullyQualifiedErrorId | Should -BeLike 'ParameterFileInvalid,*'
        $records[0].CategoryInfo.Category | Should -Be InvalidData
        $records[0].TargetObject | Should -Be $bad
        "$($records[0])" | Should -BeLike '*Voltage*'
        "$($records[0])" | Should -BeLike '*Limmit*'
        $records[0].Exception.Findings.Count | Should -BeGreaterThan 3
    }

    It 'goes on after a bad file' {
        $ErrorActionPreference = 'SilentlyContinue'
        @(Import-FsrParameter $bad, $config) | Should -HaveCount 1
    }

    It 'warns of doubtful lines with their number' {
        $null = Import-FsrParameter $wrapped -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLike '*line *instrument*'
    }
}

Describe 'Keys as properties' {
    BeforeAll {
        $full = Import-FsrParameter $config -Range '[[0,1]]' -Fixhotpix -Commonframe:$false -Alignmentfilter 0.5, 2 -Refineaberrations C3, A1 -MTF 1, 0.8 -Pixeltype UInt16 -Defocussign UnderfocusNegative
        $plain = Import-FsrParameter $config
    }

    It 'are there for every key, by each of its names, and can be read only' {
        $names = $full.PSObject.Properties.Name
        foreach ($key in [FsRec.Parameters.ParameterKeys]::All) {
            $names | Should -Contain $key.Name
            $full.PSObject.Properties[$key.Name].IsSettable | Should -BeFalse
            # What is given has a value, and what is left to its default has none.
            foreach ($name in @($key.Name) + $key.Aliases) {
                ($null -eq $full.$name) | Should -Be ($null -eq $key.Print($full)) -Because $name
            }

            # What a script reads there, a cmdlet takes by the same name; but Restoration is the group, and folders are relative to where they stand.
            if ($key.Name -ne 'Restoration' -and $key.Kind -ne 'Folder') {
                foreach ($given in $full, $plain | Where-Object { $null -ne $_.($key.Name) }) {
                    $again = Import-FsrParameter $config -Set @{ $key.Name = $given.($key.Name) }
                    $key.Print($again) | Should -Be $key.Print($given) -Because $key.Name
                }
            }
        }

        ($full | Get-Member -MemberType Properties).Name | Should -Contain 'Focusspread'
        { $full.Focusspread = 3 } | Should -Throw '*Focusspread cannot be set*'
    }

    It 'have the types of values' {
        $full.Focusspread | Should -BeOfType double
        $full.LinearIterations | Should -BeOfType int
        $full.Fixhotpix | Should -BeExactly $true
        $full.Commonframe | Should -BeExactly $false
        , $full.Sampling | Should -BeOfType 'double[]'
        , $full.Dimensions | Should -BeOfType 'int[]'
        $full.Range | Should -Be 0, 1
        $full.Alignmentfilter | Should -Be 0.5, 2
        $full.Refineaberrations | Should -Be C3, A1
        $full.MTF | Should -Be 1, 0.8
        $full.Pixeltype | Should -BeExactly 'UInt16'
        $full.Foci | Should -Be -120, -40
    }

    It 'are selected, grouped, sorted, and written as JSON and CSV' {
        $other = Import-FsrParameter $config -Focusspread 12
        ($full | Select-Object Focusspread).Focusspread | Should -Be 3
        ($other, $full | Sort-Object Focusspread).Focusspread | Should -Be 3, 12
        $full, $other, $full | Group-Object Focusspread | ForEach-Object Count | Sort-Object | Should -Be 1, 2
        ($full | Select-Object Focusspread, C3 | ConvertTo-Csv)[1] | Should -Be '"3","1000000"'
        ($full | ConvertTo-Json -Depth 3 | ConvertFrom-Json).Focusspread | Should -Be 3
    }

    It 'are in copies of another process too' {
        $copy = Start-Job { $using:full } | Receive-Job -Wait -AutoRemoveJob
        $copy.Focusspread | Should -Be 3
        $copy.Alignmentfilter | Should -Be 0.5, 2
        $copy.Fixhotpix | Should -BeTrue
    }

    It 'bind to nothing of a cmdlet that takes the parameters' {
        (Import-FsrParameter $config -Limit 3 | Import-FocalSeries -Limit 3.5 -WarningAction Ignore).Limit | Should -Be 3.5
        $run = Import-FsrParameter $config -Limit 3 -Focusspread 5 -OUTPUTFILENAME bound | Invoke-FsrRun -Iterations 1 -WarningVariable told -WarningAction SilentlyContinue
        $run.Reconstruction.Series.Parameters.Focusspread | Should -Be 5
        $run.Reconstruction.Series.Limit | Should -Be 3
        @($told.Message) -like 'ColumnNotUsed*' | Should -BeNullOrEmpty
    }
}

Describe 'Paths of Import-FsrParameter' {
    It 'resolves wildcards' {
        @(Import-FsrParameter (Join-Path $TestDrive 'ser*' 'conf*.fsr')) | Should -HaveCount 1
    }

    It 'takes -LiteralPath as it is' {
        $odd = Join-Path $TestDrive 'odd[1].fsr'
        Copy-Item $config $odd
        Import-FsrParameter -LiteralPath $odd | Should -Not -BeNullOrEmpty
        (Get-CommandError { Import-FsrParameter -Path $odd }).FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*'
        Import-FsrParameter -Path ([WildcardPattern]::Escape($odd)) | Should -Not -BeNullOrEmpty
    }

    It 'takes files from the pipeline' {
        Get-Item $config | Import-FsrParameter | Should -Not -BeNullOrEmpty
        $config | Import-FsrParameter | Should -Not -BeNullOrEmpty
        [pscustomobject]@{ Path = $config } | Import-FsrParameter | Should -Not -BeNullOrEmpty
    }

    It "counts relative paths from PowerShell's location, not from .NET's folder" {
        Push-Location (Split-Path $config)
        try {
            [Environment]::CurrentDirectory | Should -Not -Be (Get-Location).ProviderPath
            Import-FsrParameter config.fsr | Should -Not -BeNullOrEmpty
            Import-FsrParameter ./config.fsr | Should -Not -BeNullOrEmpty
        }
        finally {
            Pop-Location
        }
    }

    It 'understands drives of PowerShell' {
        Import-FsrParameter TestDrive:/series/config.fsr | Should -Not -BeNullOrEmpty
    }

    It 'gives one error for each bad path and goes on: <Id>' -ForEach @(
        @{ Path = 'nowhere.fsr'; Id = 'PathNotFound' }
        @{ Path = 'nowhere*.fsr'; Id = 'PathNotFound' }
        @{ Path = 'noDrive:/x.fsr'; Id = 'PathNotFound' }
        @{ Path = 'Env:/PATH'; Id = 'PathNotFileSystem' }
        @{ Path = 'Env:/PAT*'; Id = 'PathNotFileSystem' }
        @{ Path = '.'; Id = 'PathIsFolder' }
    ) {
        $output = @(Import-FsrParameter $Path, $config -ErrorAction SilentlyContinue -ErrorVariable records)
        $output | Should -HaveCount 1
        @($records) | Should -HaveCount 1
        $records[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $records[0].TargetObject | Should -Be $Path
    }
}

Describe 'Paths of another system' {
    BeforeAll {
        $foreign = $IsWindows ? '/data/out' : 'F:\data\out\'
    }

    It 'are refused for <Key>, and make no folder of that name' -Skip:$IsWindows -ForEach @{ Key = 'INPUTPATH' }, @{ Key = 'OUTPUTPATH' } {
        $place = (New-Item -ItemType Directory (Join-Path $TestDrive $Key)).FullName
        $config = New-TestSeries $place
        (Get-Content $config) -replace "^$Key=.*", "$Key=$foreign" | Set-Content $config
        Push-Location $place
        try {
            $record = Get-CommandError { Invoke-FsrRun $config -Iterations 1 }
            "$record" | Should -BeLike "*$Key*"
            "$record" | Should -BeLike "*$foreign*"
        }
        finally {
            Pop-Location
        }

        @(Get-ChildItem $place -Recurse | Where-Object Name -Like 'F:*') | Should -HaveCount 0
    }

    It 'are refused by name and by -Set: <_>' -Skip:$IsWindows -ForEach 'F:\data\out', '\\server\share\out' {
        $config = New-TestSeries (New-Item -ItemType Directory (Join-Path $TestDrive "named$($_.Length)")).FullName
        foreach ($named in @{ OUTPUTPATH = $_ }, @{ Set = @{ OUTPUTPATH = $_ } }) {
            { Import-FsrParameter $config @named } | Should -Throw -ErrorId 'OverrideInvalid,*' -ExpectedMessage "'$_' is a folder of Windows*"
        }
    }

    It 'are read from files of another system where they are relative, by the file''s place' {
        $place = (New-Item -ItemType Directory (Join-Path $TestDrive 'windows')).FullName
        $config = New-TestSeries $place
        (Get-Content $config) -replace '^OUTPUTPATH=.*', 'OUTPUTPATH=.\sub\results' | Set-Content $config
        Push-Location $TestDrive
        try {
            $null = Invoke-FsrRun $config -Iterations 1 -WarningAction Ignore
        }
        finally {
            Pop-Location
        }

        Join-Path $place 'sub/results/out.wav' | Should -Exist
    }
}
