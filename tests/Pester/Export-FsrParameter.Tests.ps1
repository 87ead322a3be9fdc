BeforeAll {
    . $PSScriptRoot/common.ps1
    $config = New-TestSeries (Join-Path $TestDrive 'series') -Count 2
    $parameters = Import-FsrParameter $config
}

Describe 'Export-FsrParameter' {
    It 'writes a file that reads back to the same parameters' {
        $path = Join-Path $TestDrive 'again' 'copy.fsr'
        $null = New-Item -ItemType Directory (Split-Path $path)
        $file = $parameters | Export-FsrParameter $path
        $file | Should -BeOfType System.IO.FileInfo
        $file.FullName | Should -Be $path
        $again = Import-FsrParameter $path
        $again.ResolvedInputPath | Should -Be $parameters.ResolvedInputPath
        $again.Linear | Should -Be $parameters.Linear
        $again.Foci | Should -Be $parameters.Foci
    }

    It 'puts values over' {
        $path = Join-Path $TestDrive 'set.fsr'
        $null = $parameters | Export-FsrParameter $path -Set @{ Limit = 3 }
        (Import-FsrParameter $path).Linear.Limit | Should -Be 3
    }

    It 'takes the parameters of a series by their property name' {
        $path = Join-Path $TestDrive 'series.fsr'
        Import-FocalSeries $config | Export-FsrParameter $path | Should -Not -BeNullOrEmpty
    }

    It 'writes nothing with -WhatIf' {
        $path = Join-Path $TestDrive 'whatif.fsr'
        $parameters | Export-FsrParameter $path -WhatIf | Should -BeNullOrEmpty
        $path | Should -Not -Exist
    }

    It 'keeps an existing file with -NoClobber, and replaces it without' {
        $path = Join-Path $TestDrive 'taken.fsr'
        Set-Content $path 'mine'
        $record = Get-CommandError { $parameters | Export-FsrParameter $path -NoClobber }
        $record.FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        $record.CategoryInfo.Category | Should -Be ResourceExists
        Get-Content $path | Should -Be 'mine'
        $null = $parameters | Export-FsrParameter $path
        (Import-FsrParameter $path).Linear.Limit | Should -Be 4
    }

    It 'passes the parameters on with -PassThru' {
        $parameters | Export-FsrParameter (Join-Path $TestDrive 'pass.fsr') -PassThru | Should -Be $parameters
    }

    It "writes relative to PowerShell's location" {
        Push-Location $TestDrive
        try {
            ($parameters | Export-FsrParameter here.fsr).FullName | Should -Be (Join-Path $TestDrive 'here.fsr')
        }
        finally {
            Pop-Location
        }
    }

    It 'refuses other providers' {
        (Get-CommandError { $parameters | Export-FsrParameter Env:/x }).FullyQualifiedErrorId | Should -BeLike 'PathNotFileSystem,*'
    }
}
