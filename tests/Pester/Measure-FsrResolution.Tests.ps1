BeforeAll {
    . $PSScriptRoot/common.ps1
    $simulated = New-FsrSimulatedSeries -Specimen Crystal -Size 128 -Dose 100
    $reconstruction = $simulated | Invoke-FsrReconstruction -Iterations 3
}

Describe 'Measure-FsrResolution' {
    It 'tells the resolution with its rings, its window and its method' {
        $found = $reconstruction | Measure-FsrResolution
        $found | Should -BeOfType FsRec.Resolution.ResolutionMeasurement
        $found.Resolution | Should -BeGreaterThan 0.1
        $found.Method | Should -Be 'Linear'
        $found.Frames | Should -Be 10, 10
        $found.Rings.Count | Should -BeGreaterThan 10
        $found.Procedure | Should -BeLike '*alternate frames*window*independent*'
        ($reconstruction | Measure-FsrResolution -Method Wiener).Method | Should -Be 'Wiener'
    }

    It 'is a table of 80 columns without anything cut' {
        $text = $reconstruction | Measure-FsrResolution | Out-String -Width 80
        $text | Should -Not -Match '…'
        $text | Should -Match 'Resolution'
        ($reconstruction | Measure-FsrResolution).Rings[0..2] | Out-String -Width 80 | Should -Not -Match '…'
    }

    It 'is told as a bound where the halves agree to the end of the band, in every view' {
        $found = $simulated | Invoke-FsrReconstruction -Iterations 3 -Limit 1.5 | Measure-FsrResolution -WarningAction Ignore
        $found.FrequencyAtOneSeventh | Should -BeNullOrEmpty
        $found | Out-String -Width 80 | Should -Match '0\.667 or better +end of the band'
        $found | Format-List | Out-String | Should -Match 'Resolution +: 0\.6667 or better'
        # As a script lists it behind another object.
        $reconstruction, $found | Out-String | Should -Match 'AgreesTo +: 1\.5 1/nm or better, where the band ends'
        $found | Export-Clixml (Join-Path $TestDrive 'found.xml')
        Import-Clixml (Join-Path $TestDrive 'found.xml') | Out-String -Width 80 | Should -Match '0\.667 or better'
        $sharp = $reconstruction | Measure-FsrResolution
        if ($null -ne $sharp.FrequencyAtOneSeventh) {
            ($sharp | Format-List | Out-String) -split "`n" -match '^Resolution' | Should -Not -Match 'better'
        }
    }

    It 'says that there is none where halves of noise agree by chance only' {
        $random = [Random]::new(3)
        $path = Join-Path $TestDrive 'noise'
        $config = New-TestSeries $path -Count 6
        foreach ($file in Get-ChildItem (Join-Path $path frames)) {
            $pixels = [float[]]::new($file.Length / 4)
            for ($i = 0; $i -lt $pixels.Length; $i++) { $pixels[$i] = 100 + 20 * ($random.NextDouble() + $random.NextDouble() - 1) }
            $bytes = [byte[]]::new($file.Length)
            [Buffer]::BlockCopy($pixels, 0, $bytes, 0, $bytes.Length)
            [IO.File]::WriteAllBytes($file, $bytes)
        }

        $noise = Import-FocalSeries $config -Set @{ Prealignment = 'Off' } | Invoke-FsrReconstruction -Iterations 1 -WarningAction Ignore
        $found = $noise | Measure-FsrResolution -WarningVariable told -WarningAction SilentlyContinue
        $found.HalvesAgree | Should -BeFalse
        [double]::IsNaN($found.Resolution) | Should -BeTrue
        "$found" | Should -BeLike 'no resolution: the two halves*'
        "$told" | Should -BeLike 'HalvesDisagree: *'
        $found.AgreesTo | Should -Be 'nowhere'
        foreach ($text in ($found | Out-String -Width 80), ($found | Format-List | Out-String)) {
            $text | Should -Match '\bnone\b'
            $text | Should -Not -Match 'NaN|or better|end of'
        }

        $page = $noise | Export-FsrReport (Join-Path $TestDrive 'noise.html') -WarningAction Ignore
        Get-Content -Raw $page | Should -Match 'agree nowhere from'
        $noise | Measure-FsrResolution -WarningAction Ignore | Export-FsrPlot (Join-Path $TestDrive 'noise') | Should -HaveCount 1
    }

    It 'warns of frames that share noise' {
        $folder = Join-Path $TestDrive 'averages'
        $config = New-TestSeries $folder -Count 8 -Size 64
        $random = [Random]::new(5)
        $noise = foreach ($n in 0..8) { , [float[]](1..4096).ForEach{ $random.NextDouble() - 0.5 } }
        foreach ($n in 0..7) {
            $file = Join-Path $folder ('frames/test_{0:000}.raw' -f $n)
            $pixels = [float[]]::new(4096)
            [Buffer]::BlockCopy([IO.File]::ReadAllBytes($file), 0, $pixels, 0, 16384)
            for ($i = 0; $i -lt 4096; $i++) { $pixels[$i] += $noise[$n][$i] + $noise[$n + 1][$i] }
            $bytes = [byte[]]::new(16384)
            [Buffer]::BlockCopy($pixels, 0, $bytes, 0, 16384)
            [IO.File]::WriteAllBytes($file, $bytes)
        }

        $averages = Import-FocalSeries $config -Set @{ Prealignment = 'Off' } | Invoke-FsrReconstruction -Iterations 1
        $found = $averages | Measure-FsrResolution -WarningVariable told -WarningAction SilentlyContinue
        $found.HasSharedNoise | Should -BeTrue
        "$told" | Should -BeLike 'SharedNoise:*'
    }

    It 'says that three frames make no halves' {
        $three = Import-FocalSeries (New-TestSeries (Join-Path $TestDrive 'three') -Count 3) | Invoke-FsrReconstruction -Iterations 1
        (Get-CommandError { $three | Measure-FsrResolution }).Exception.Message | Should -BeLike '*at least four frames*'
    }
}
