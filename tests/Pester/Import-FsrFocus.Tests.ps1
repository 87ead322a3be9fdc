BeforeAll {
    . $PSScriptRoot/common.ps1
    $config = New-TestSeries (Join-Path $TestDrive 'series')
    $series = Import-FocalSeries $config
}

Describe 'Import-FsrFocus' {
    It 'reads what it is given, by path, from the pipeline, or by parameters' {
        $file = $series | Export-FsrFocus
        @(Import-FsrFocus $file) | Should -HaveCount 6
        @($file | Import-FsrFocus) | Should -HaveCount 6
        @(Import-FsrParameter $config | Import-FsrFocus) | Should -HaveCount 6
    }

    It 'reads what Export-Csv makes of foci' {
        $path = Join-Path $TestDrive 'exported.csv'
        $foci = $series | Export-FsrFocus | Import-FsrFocus
        $foci | Export-Csv $path
        Import-FsrFocus $path | Should -Be $foci
    }

    It 'says what is wrong with a file, and where' {
        $path = Join-Path $TestDrive 'bad.csv'
        Set-Content $path '# x', '0,-100', '1,'
        $record = Get-CommandError { Import-FsrFocus $path }
        $record.FullyQualifiedErrorId | Should -BeLike 'DataInvalid,*'
        "$record" | Should -BeLike '*line 3*'
    }
}
