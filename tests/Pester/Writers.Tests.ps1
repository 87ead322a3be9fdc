# What holds of every cmdlet that writes files, by the rules of PowerShell's own writers.
BeforeDiscovery {
    . $PSScriptRoot/common.ps1

    # How each writes into a folder, and the file that it writes there. Splatting adds the parameters of the test.
    $writers = @(
        @{ Name = 'Export-FocalSeries'; File = 'new.tif'; Write = { param($folder, $more) $result | Export-FocalSeries (Join-Path $folder new.tif) @more } }
        @{ Name = 'Export-FsrBoxcar'; File = 'made_boxcar_3.fsr'; Write = { param($folder, $more) $result | Export-FsrBoxcar 3 $folder @more } }
        @{ Name = 'Export-FsrDisplacement'; File = 'made_dxy.csv'; Write = { param($folder, $more) $result | Export-FsrDisplacement $folder @more } }
        @{ Name = 'Export-FsrFocus'; File = 'made_foci.csv'; Write = { param($folder, $more) $result | Export-FsrFocus $folder @more } }
        @{ Name = 'Export-FsrImage'; File = 'made_phase.png'; Write = { param($folder, $more) $result | Export-FsrImage $folder @more } }
        @{ Name = 'Export-FsrParameter'; File = 'new.fsr'; Write = { param($folder, $more) $result.Series.Parameters | Export-FsrParameter (Join-Path $folder new.fsr) @more } }
        @{ Name = 'Export-FsrPlot'; File = 'made_drift.svg'; Write = { param($folder, $more) $result | Export-FsrPlot $folder -Kind Drift @more } }
        @{ Name = 'Export-FsrReport'; File = 'made_report.html'; Write = { param($folder, $more) $result | Export-FsrReport $folder -NoResolution @more } }
        @{ Name = 'Export-FsrWave'; File = 'made_filt.wav'; Write = { param($folder, $more) $result | Export-FsrWave $folder @more } }
        @{ Name = 'Invoke-FsrRun'; File = 'made.wav'; Write = { param($folder, $more) Invoke-FsrRun $made.ParameterFile -Iterations 1 -Set @{ OUTPUTPATH = $folder; Prealignment = 'Off' } @more } }
        @{ Name = 'New-FsrParameter'; File = 'fresh.fsr'; Write = { param($folder, $more) New-FsrParameter (Join-Path $folder fresh.fsr) @more } }
    )
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    $made = New-FsrSimulatedSeries (Join-Path $TestDrive 'series') -Size 64 -FrameCount 6 -Specimen Weak -Drift 0 -Name made
    $result = $made | Import-FocalSeries | Invoke-FsrReconstruction -Iterations 1 -Set @{ Prealignment = 'Off' }

    function New-Folder {
        (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
    }
}

Describe 'Writers' {
    It 'are all here' {
        $known = 'Export-FocalSeries', 'Export-FsrBoxcar', 'Export-FsrDisplacement', 'Export-FsrFocus', 'Export-FsrImage', 'Export-FsrParameter', 'Export-FsrPlot', 'Export-FsrReport', 'Export-FsrWave', 'Invoke-FsrRun', 'New-FsrParameter'
        # New-FsrSimulatedSeries has tests of its own below; a sweep is runs, each of which goes by these rules.
        $others = 'New-FsrSimulatedSeries', 'Invoke-FsrSweep'
        $all = Get-Command -Module FsRec | Where-Object { $_.Verb -eq 'Export' -or $_.Parameters.ContainsKey('WhatIf') } | ForEach-Object Name
        $all | Where-Object { $_ -notin $others } | Sort-Object | Should -Be $known
    }
}

Describe 'Writing by <Name>' -ForEach $writers {
    BeforeEach {
        $folder = New-Folder
        $path = Join-Path $folder $File
    }

    It 'makes the file, and folders that are missing' {
        $deep = Join-Path $folder 'deep/er'
        if ($Name -notin 'Export-FocalSeries', 'Export-FsrParameter', 'Invoke-FsrRun') {
            # A path that is no folder yet names files; one that ends in a separator, or is there, names a folder.
            $null = New-Item -ItemType Directory $deep
        }

        $null = & $Write $deep @{}
        Join-Path $deep $File | Should -Exist
    }

    It 'replaces what is there' -Skip:($Name -eq 'New-FsrParameter') {
        Set-Content $path 'old'
        $null = & $Write $folder @{}
        (Get-Item $path).Length | Should -BeGreaterThan 4
    }

    It 'writes and puts out nothing with -WhatIf, whatever else is given' {
        & $Write $folder @{ WhatIf = $true } | Should -BeNullOrEmpty
        if ((Get-Command $Name).Parameters.ContainsKey('PassThru')) {
            & $Write $folder @{ WhatIf = $true; PassThru = $true } | Should -BeNullOrEmpty
        }

        Set-Content $path 'old'
        (Get-Item $path).IsReadOnly = $true
        & $Write $folder @{ WhatIf = $true; Force = $true } | Should -BeNullOrEmpty
        (Get-Item $path).IsReadOnly | Should -BeTrue
        Get-Content $path | Should -Be 'old'
        @(Get-ChildItem $folder) | Should -HaveCount 1
    }

    It 'asks with -Confirm, and does not ask without' {
        # Where nobody can be asked, the question is an error and nothing is written.
        $shell = New-TestShell '$made, $result = $a.made, $a.result; . ([scriptblock]::Create($a.write)) $a.folder @{ Confirm = $true }' @{
            made = $made; result = $result; write = "$Write"; folder = $folder
        }
        { $shell.Invoke() } | Should -Throw '*prompt*'
        $shell.Dispose()
        @(Get-ChildItem $folder) | Should -HaveCount 0
        $null = & $Write $folder @{ Confirm = $false }
        $path | Should -Exist
    }

    It 'leaves what is there with -NoClobber, even with -Force, as Out-File does' {
        Set-Content $path 'old'
        foreach ($more in @{ NoClobber = $true }, @{ NoClobber = $true; Force = $true }) {
            $record = Get-CommandError { & $Write $folder $more }
            $record | Should -HaveCount 1
            $record.FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
            $record.CategoryInfo.Category | Should -Be ResourceExists
            $record.TargetObject | Should -Be $path
            # All or none.
            @(Get-ChildItem $folder) | Should -HaveCount 1
            Get-Content $path | Should -Be 'old'
        }

        Remove-Item $path
        $null = & $Write $folder @{ NoClobber = $true }
        $path | Should -Exist
    }

    It 'replaces what is read-only with -Force only, and leaves it read-only, as Export-Csv does' {
        Set-Content $path 'old'
        (Get-Item $path).IsReadOnly = $true
        (Get-CommandError { & $Write $folder @{} }).FullyQualifiedErrorId | Should -BeLike ($Name -like 'New-*' ? 'FileExists,*' : 'FileReadOnly,*')
        Get-Content $path | Should -Be 'old'
        @(Get-ChildItem $folder) | Should -HaveCount 1
        $null = & $Write $folder @{ Force = $true }
        (Get-Item $path).Length | Should -BeGreaterThan 4
        (Get-Item $path).IsReadOnly | Should -BeTrue
        (Get-Item $path).IsReadOnly = $false
    }

    It 'puts out files, or its input with -PassThru' -Skip:($Name -in 'Invoke-FsrRun', 'New-FsrParameter') {
        $files = @(& $Write $folder @{})
        $files | Should -BeOfType System.IO.FileInfo
        $files.FullName | Should -Contain $path
        $passed = @(& $Write $folder @{ PassThru = $true })
        $passed | Should -HaveCount 1
        $passed[0].GetType().Namespace | Should -BeLike 'FsRec*'
    }
}

Describe 'Two inputs of one name in one call of <Name>' -ForEach @(
    @{ Name = 'Export-FocalSeries'; Write = { param($folder, $more) $input | Export-FocalSeries (Join-Path $folder one.mrc) @more } }
    @{ Name = 'Export-FsrBoxcar'; Write = { param($folder, $more) $input | Export-FsrBoxcar 3 $folder @more } }
    @{ Name = 'Export-FsrDisplacement'; Write = { param($folder, $more) $input | Export-FsrDisplacement $folder @more } }
    @{ Name = 'Export-FsrFocus'; Write = { param($folder, $more) $input | Export-FsrFocus $folder @more } }
    @{ Name = 'Export-FsrImage'; Write = { param($folder, $more) $input | Export-FsrImage $folder -Kind Phase @more } }
    @{ Name = 'Export-FsrParameter'; Write = { param($folder, $more) $input | ForEach-Object Series | Export-FsrParameter (Join-Path $folder one.fsr) @more } }
    @{ Name = 'Export-FsrPlot'; Write = { param($folder, $more) $input | Export-FsrPlot $folder @more } }
    @{ Name = 'Export-FsrReport'; Write = { param($folder, $more) $input | Export-FsrReport (Join-Path $folder one.html) -NoResolution @more } }
    @{ Name = 'Export-FsrWave'; Write = { param($folder, $more) $input | Export-FsrWave $folder @more } }
) {
    BeforeAll {
        $third = $made | Import-FocalSeries -OUTPUTFILENAME third | Invoke-FsrReconstruction -Iterations 1 -Set @{ Prealignment = 'Off' }
        $second = New-FsrSimulatedSeries (Join-Path $TestDrive "second-$Name") -Size 64 -FrameCount 6 -Specimen Weak -Drift 0 -Name made -Seed 2 |
            Import-FocalSeries | Invoke-FsrReconstruction -Iterations 1 -Set @{ Prealignment = 'Off' }
    }

    It 'are two files or an error that names both, whatever -Force says, and the others go on' {
        foreach ($more in @{}, @{ Force = $true }) {
            $folder = New-Folder
            $null = , $result | & $Write $folder @{}
            # Records tell when they were made.
            $before = Get-ChildItem $folder -Exclude *.json | Get-FileHash
            Get-ChildItem $folder | Remove-Item
            $records = @(Get-CommandError { $result, $second, $third | & $Write $folder $more })
            # A folder gives the third a name of its own.
            $own = (Get-ChildItem $folder -Filter 'third*').Count -gt 0
            $own | Should -Be ($Name -notin 'Export-FocalSeries', 'Export-FsrParameter', 'Export-FsrReport')
            $records | Should -HaveCount ($own ? 1 : 2)
            $records[0].FullyQualifiedErrorId | Should -BeLike "OutputTwice,*"
            $records[0].TargetObject | Should -BeIn $before.Path
            "$($records[0])" | Should -BeLike "'$($records[0].TargetObject)' was written*of input 1 ('$(Join-Path $TestDrive series made)*of input 2 ('$(Join-Path $TestDrive "second-$Name" made)*$Name PATH*"
            if ($Name -ne 'Export-FsrReport') {
                ($before | ForEach-Object { Get-FileHash $_.Path }).Hash | Should -Be $before.Hash
            }
        }
    }

    It 'are written over by a second call, as before, and by a second time of the same' {
        $folder = New-Folder
        Get-CommandError { $result, $result | & $Write $folder @{} } | Should -BeNullOrEmpty
        Get-CommandError { , $second | & $Write $folder @{} } | Should -BeNullOrEmpty
    }
}

Describe 'What New- makes' {
    It 'replaces nothing that is there without -Force, as New-Item does' {
        $folder = New-Folder
        $made = @{ Size = 64; FrameCount = 4; Specimen = 'Weak'; Name = 'x' }
        foreach ($there in 'x.fsr', 'x000.raw', 'x003.raw', 'x_truth.wav', 'x_truth_dxy.csv', 'x_truth_foci.csv') {
            $path = Join-Path $folder $there
            Set-Content $path 'old'
            $record = Get-CommandError { New-FsrSimulatedSeries $folder @made }
            $record | Should -HaveCount 1 -Because $there
            $record.FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
            $record.TargetObject | Should -Be $path
            "$record" | Should -BeLike '*Use Force*'
            @(Get-ChildItem $folder) | Should -HaveCount 1
            Remove-Item $path
        }

        $config = Join-Path $folder 'own.fsr'
        Set-Content $config 'old'
        (Get-CommandError { New-FsrParameter $config }).FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        Get-Content $config | Should -Be 'old'
        $null = New-FsrParameter $config -Force
        (Get-Item $config).Length | Should -BeGreaterThan 4
    }

    It 'replaces what is read-only with -Force, and leaves it read-only' {
        $folder = New-Folder
        $made = @{ Size = 64; FrameCount = 4; Specimen = 'Weak'; Name = 'x' }
        $null = New-FsrSimulatedSeries $folder @made
        $frame = Get-Item (Join-Path $folder 'x001.raw')
        $before = (Get-FileHash $frame).Hash
        $frame.IsReadOnly = $true
        $null = New-FsrSimulatedSeries $folder @made -Seed 5 -Force
        (Get-Item $frame).IsReadOnly | Should -BeTrue
        (Get-FileHash $frame).Hash | Should -Not -Be $before
    }
}

Describe 'Endings that say the format' {
    It 'are listed where <_> does not know one' -ForEach 'Export-FsrWave', 'Export-FsrImage', 'Export-FsrPlot', 'Export-FsrReport', 'Export-FocalSeries' {
        $folder = New-Folder
        $record = Get-CommandError { $result | & $_ (Join-Path $folder 'i.xyz') }
        $record | Should -HaveCount 1
        "$record" | Should -BeLike '*.xyz*expected one of*.*'
        @(Get-ChildItem $folder) | Should -HaveCount 0
    }

    It 'are not what follows the point of a number' {
        $folder = New-Folder
        $null = $result | Export-FsrWave (Join-Path $folder 'wave_1.2')
        Join-Path $folder 'wave_1.2.wav' | Should -Exist
    }
}

Describe 'PowerShell''s own writers' {
    It 'have the semantics that ours are held to' {
        $path = Join-Path (New-Folder) 'own.csv'
        Set-Content $path 'old'
        { 1 | Export-Csv $path -NoClobber -Force } | Should -Throw '*already exists*'
        (Get-Item $path).IsReadOnly = $true
        [pscustomobject]@{ a = 1 } | Export-Csv $path -Force
        (Get-Item $path).IsReadOnly | Should -BeTrue
        (Get-Item $path).IsReadOnly = $false
        'x' | Set-Content $path -PassThru -WhatIf | Should -BeNullOrEmpty
    }
}
