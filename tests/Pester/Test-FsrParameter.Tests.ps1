BeforeAll {
    . $PSScriptRoot/common.ps1
    $config = New-TestSeries (Join-Path $TestDrive 'series') -Count 2
    $bad = Join-Path $TestDrive 'bad.fsr'
    Set-Content $bad @(Get-Content $config | ForEach-Object { $_ -replace '^Limit=.*', 'Limit=fast' -replace '^NImages=.*', 'NImages=0' })
}

Describe 'Test-FsrParameter' {
    It 'says nothing about a good file' {
        Test-FsrParameter $config | Should -BeNullOrEmpty
    }

    It 'puts out one finding for each problem with file, line, key, message and severity' {
        $findings = @(Test-FsrParameter $bad)
        $findings.Count | Should -BeGreaterOrEqual 2
        $findings | Should -BeOfType FsRec.Parameters.ParameterFinding
        $limit = $findings | Where-Object Key -EQ 'Limit'
        $limit.File | Should -Be $bad
        $limit.Line | Should -Be (Select-String -Path $bad -Pattern '^Limit').LineNumber
        $limit.Severity | Should -Be Error
        $limit.Message | Should -BeLike '*fast*'
    }

    It 'leaves no error record, as problems are its output' {
        Get-CommandError { Test-FsrParameter $bad } | Should -BeNullOrEmpty
    }

    It 'answers yes or no with -Quiet, one answer a file' {
        Test-FsrParameter $config -Quiet | Should -BeTrue
        Test-FsrParameter $bad -Quiet | Should -BeFalse
        @(Test-FsrParameter $config, $bad -Quiet) | Should -Be $true, $false
    }

    It 'checks parameters and values put over them' {
        $parameters = Import-FsrParameter $config
        $parameters | Test-FsrParameter -Quiet | Should -BeTrue
        $finding = $parameters | Test-FsrParameter -Set @{ Limit = 100 }
        $finding.Key | Should -Be 'Limit'
        $finding.Severity | Should -Be Error
    }

    It 'checks many files of the pipeline' {
        @(Get-ChildItem $TestDrive -Recurse -Filter *.fsr | Test-FsrParameter -Quiet) | Should -HaveCount 2
    }
}
