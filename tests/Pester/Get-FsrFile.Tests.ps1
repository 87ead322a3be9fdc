BeforeAll {
    . $PSScriptRoot/common.ps1
    $config = New-TestSeries (Join-Path $TestDrive 'series')
    $stack = Import-FocalSeries $config | Export-FocalSeries (Join-Path $TestDrive 'stack.mrc')
}

Describe 'Get-FsrFile' {
    It 'tells shape, type and scale without reading the pixels' {
        $info = Get-FsrFile $stack
        $info | Should -BeOfType FsRec.Formats.Images.ImageFileInfo
        $info.Format | Should -BeLike 'MRC*'
        $info.Frames, $info.Rows, $info.Columns | Should -Be 6, 64, 64
        "$($info.PixelType)" | Should -Be 'Float32'
        $info | Format-Table | Out-String -Width 200 | Should -BeLike '*64×64*'
        $info | Format-List | Out-String -Width 200 | Should -BeLike '*Sampling*'
    }

    It 'shows the size of a pixel in one line at 80 columns' {
        $fine = Import-FocalSeries $config -Sampling 0.01234, 0.01235 -Limit 4 | Export-FocalSeries (Join-Path $TestDrive 'series/fine.mrc')
        $text = (Get-FsrFile $fine | Out-String -Width 80) -replace "\e\[[\d;]*m"
        $text | Should -Match '0\.01234×0\.01235'
        @($text.Trim() -split "`n") | Should -HaveCount 3
    }

    It 'takes files of the pipeline and wildcards' {
        $null = Copy-Item $stack (Join-Path $TestDrive 'other.mrc')
        @(Get-FsrFile (Join-Path $TestDrive '*.mrc')) | Should -HaveCount 2
        @(Get-ChildItem $TestDrive -Filter *.mrc | Get-FsrFile) | Should -HaveCount 2
    }

    It 'asks for what a file without a header does not tell' {
        $raw = Join-Path $TestDrive 'series/frames/test_000.raw'
        (Get-CommandError { Get-FsrFile $raw }).FullyQualifiedErrorId | Should -BeLike 'DataInvalid,*'
        (Get-FsrFile $raw -Dimensions 64, 64).Frames | Should -Be 1
        (Get-FsrFile $raw -Dimensions 32, 64 -PixelType UInt16).Frames | Should -Be 4
        (Get-FsrFile $raw -Dimensions 63, 64 -HeaderBytes 256).Frames | Should -Be 1
    }

    It 'says what is wrong with a file, and goes on with the next' {
        $short = Join-Path $TestDrive 'short.mrc'
        [IO.File]::WriteAllBytes($short, [IO.File]::ReadAllBytes($stack)[0..2000])
        $errors = $null
        $infos = @($short, $stack.FullName | Get-FsrFile -ErrorVariable errors -ErrorAction SilentlyContinue)
        $infos | Should -HaveCount 1
        $errors | Should -HaveCount 1
        "$errors" | Should -BeLike '*short.mrc*'
    }
}
