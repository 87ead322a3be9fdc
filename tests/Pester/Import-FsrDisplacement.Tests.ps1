BeforeAll {
    . $PSScriptRoot/common.ps1
    $config = New-TestSeries (Join-Path $TestDrive 'series')
    $series = Import-FocalSeries $config
    $aligned = $series | Invoke-FsrPrealignment
}

Describe 'Import-FsrDisplacement' {
    It 'says what is wrong with a file, and where' {
        $path = Join-Path $TestDrive 'bad.csv'
        Set-Content $path '# x', '0,1,2', '1,two,3'
        $record = Get-CommandError { Import-FsrDisplacement $path }
        $record.FullyQualifiedErrorId | Should -BeLike 'DataInvalid,*'
        "$record" | Should -BeLike '*line 3*'
        $record.TargetObject | Should -Be $path
    }

    It 'reads what Export-Csv makes of displacements' {
        $path = Join-Path $TestDrive 'exported.csv'
        $aligned.Displacements | Export-Csv $path
        Import-FsrDisplacement $path | Should -Be $aligned.Displacements
        $aligned.Displacements | Select-Object Dy, @{ n = 'Note'; e = { 'a, b' } }, Dx, imagenumber | Export-Csv $path -UseQuotes AsNeeded
        Import-FsrDisplacement $path | Should -Be $aligned.Displacements
    }

    It 'reads them where the numbers of the session have a comma' {
        $path = Join-Path $TestDrive 'comma.csv'
        $before = [cultureinfo]::CurrentCulture
        try {
            $comma = [cultureinfo]::InvariantCulture.Clone()
            $comma.NumberFormat.NumberDecimalSeparator = ','
            $comma.NumberFormat.NumberGroupSeparator = '.'
            [cultureinfo]::CurrentCulture = $comma
            $aligned.Displacements | Export-Csv $path
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }

        Get-Content -Raw $path | Should -Match '-?\d,\d{4,}'
        Import-FsrDisplacement $path | Should -Be $aligned.Displacements
    }

    It 'names a missing file' {
        (Get-CommandError { Import-FsrDisplacement nowhere.csv }).FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*'
        (Get-CommandError { Import-FsrParameter $config -Set @{ OUTPUTFILENAME = 'never' } | Import-FsrDisplacement }).FullyQualifiedErrorId |
            Should -BeLike 'DataNotFound,*'
    }
}
