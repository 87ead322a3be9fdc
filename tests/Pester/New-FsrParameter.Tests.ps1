BeforeAll {
    . $PSScriptRoot/common.ps1
    $folder = Join-Path $TestDrive 'new'
    $null = New-Item -ItemType Directory $folder
}

Describe 'New-FsrParameter' {
    It 'writes every key with a comment, and leaves open what nobody knows' {
        $file = New-FsrParameter (Join-Path $folder 'config.fsr')
        $text = Get-Content $file -Raw
        foreach ($key in [FsRec.Parameters.ParameterKeys]::All) {
            $text | Should -Match "(?m)^# .*\n#?$($key.Name)=" -Because $key.Name
        }

        # What would pass for a microscope's own value is not made up.
        $open = @((Test-FsrParameter $file | Where-Object Severity -EQ Error).Key)
        $open | Sort-Object | Should -Be 'C3', 'Dimensions', 'Foci', 'INPUTFILENAME', 'NImages', 'Sampling', 'Voltage'
    }

    It 'runs when it is pointed at frames' {
        $null = New-TestSeries $folder
        $file = New-FsrParameter (Join-Path $folder 'own.fsr') -Microscope titan-300-corrected -INPUTPATH (Join-Path $folder frames) -INPUTFILENAME test_ -NImages 6 -Dimensions 64, 64 -Sampling 0.1, 0.1 -Foci -120..-40 -Limit 4
        Test-FsrParameter $file -Quiet | Should -BeTrue
        (Import-FsrParameter $file).Microscope.Voltage | Should -Be 300
        Invoke-FsrRun $file.FullName -Iterations 1 -WarningAction Ignore | Should -Not -BeNullOrEmpty
        Join-Path $folder 'results/own.wav' | Should -Exist
    }

    It 'runs when it is pointed at a stack that tells its shape and scale' {
        $null = New-FsrSimulatedSeries (Join-Path $folder 'made') -Size 64 -FrameCount 6 | Import-FocalSeries | Export-FocalSeries (Join-Path $folder 'stack.mrc')
        $file = New-FsrParameter (Join-Path $folder 'stack.fsr') -Microscope titan-300-corrected -INPUTFILENAME stack.mrc -Foci -250, -60
        (Import-FocalSeries $file.FullName -WarningAction Ignore).Count | Should -Be 6
    }

    It 'refuses an unknown key with the nearest, a wrong value, a file that is there, and an unknown microscope' {
        $path = Join-Path $folder 'never.fsr'
        $record = Get-CommandError { New-FsrParameter $path -Set @{ Limt = 5 } }
        "$record" | Should -BeLike '*nearest key is Limit*'
        (Get-CommandError { New-FsrParameter $path -Set @{ Limit = 'fast' } }).FullyQualifiedErrorId | Should -BeLike 'ParametersInvalid,*'
        (Get-CommandError { New-FsrParameter $path -Microscope nobodys }).FullyQualifiedErrorId | Should -BeLike 'MicroscopeUnknown,*'
        $path | Should -Not -Exist
        $null = New-FsrParameter $path
        (Get-CommandError { New-FsrParameter $path -NoClobber }).FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        New-FsrParameter (Join-Path $folder 'what.fsr') -WhatIf | Should -BeNullOrEmpty
        Join-Path $folder 'what.fsr' | Should -Not -Exist
    }
}
