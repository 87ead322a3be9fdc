BeforeDiscovery {
    . $PSScriptRoot/common.ps1

    # Every type of ours that a cmdlet puts out, or that can be reached from one by its properties.
    $types = [ordered]@{}
    function Add-OutputType([type] $Type) {
        if ($Type.IsArray) {
            Add-OutputType $Type.GetElementType()
        }
        elseif ($Type.IsGenericType) {
            $Type.GetGenericArguments() | ForEach-Object { Add-OutputType $_ }
        }
        elseif ($Type.Namespace -like 'FsRec*' -and -not $Type.IsEnum -and -not $types.Contains($Type.FullName)) {
            $types[$Type.FullName] = $Type
            $Type.GetProperties('Public,Instance') | ForEach-Object { Add-OutputType $_.PropertyType }
        }
    }

    Get-Command -Module FsRec | ForEach-Object OutputType | Where-Object Type | ForEach-Object { Add-OutputType $_.Type }
    # What the examples compare displacements by.
    Add-OutputType ([FsRec.Comparison.DisplacementComparison])
    $cases = $types.Values | ForEach-Object { @{ Type = $_; Name = $_.FullName } }
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    $made = New-FsrSimulatedSeries (Join-Path $TestDrive 'made') -Size 96 -FrameCount 6 -Drift 0.5
    $history = $made | Import-FocalSeries | Invoke-FsrPrealignment -IncludeHistory
    $result = $history | Invoke-FsrReconstruction -Iterations 2
    $steps = $result | Measure-FsrFocusStep -WarningAction SilentlyContinue
    $focused = $result | Invoke-FsrAutofocus -WarningAction SilentlyContinue
    $comparison = $result | Compare-FsrWave $made
    $run = Invoke-FsrRun $made.ParameterFile -Iterations 1 -WarningAction SilentlyContinue
    $findings = $result.Series.Parameters | Test-FsrParameter -Set @{ Limit = 100 }
    $displacements = [FsRec.Comparison.DisplacementComparison]::Compare($result.Displacements, $made.TrueDisplacements, $made.Series.Foci)

    # Every object of ours in an object, itself first, as its properties have them.
    function Get-Part($Object, [Collections.Generic.HashSet[object]] $Seen) {
        if ($null -eq $Object -or -not $Seen.Add($Object)) {
            return
        }

        if ($Object -is [Collections.IEnumerable] -and $Object -isnot [string]) {
            $Object | Select-Object -First 2 | ForEach-Object { Get-Part $_ $Seen }
        }
        elseif ($Object.GetType().Namespace -like 'FsRec*' -and $Object -isnot [enum]) {
            , $Object
            foreach ($property in $Object.GetType().GetProperties('Public,Instance')) {
                Get-Part $property.GetValue($Object) $Seen
            }
        }
    }

    $results = $made, $history, $result, $steps, $focused, $comparison, $run, $findings, $displacements
    $parts = @($results | ForEach-Object { Get-Part $_.PSObject.BaseObject ([Collections.Generic.HashSet[object]]::new([Collections.Generic.ReferenceEqualityComparer]::Instance)) })
}

Describe 'Views of <Name>' -ForEach $cases {
    It 'has a table and a list, and says what it is' {
        $views = @((Get-FormatData -TypeName $Name).FormatViewDefinition)
        @($views.Control | Where-Object { $_ -is [Management.Automation.TableControl] }) | Should -HaveCount 1
        @($views.Control | Where-Object { $_ -is [Management.Automation.ListControl] }) | Should -HaveCount 1
        $toString = $Type.GetMethod('ToString', [type]::EmptyTypes)
        $toString.DeclaringType | Should -Be $Type
        # What the compiler makes of a record names every property and no unit.
        $toString.CustomAttributes.AttributeType.Name | Should -Not -Contain 'CompilerGeneratedAttribute'
    }

    It 'names only what there is' {
        $known = @($Type.GetProperties().Name) + @((Get-TypeData $Name).Members.Keys) + 'ParameterFile'
        if ($Type -eq [FsRec.Parameters.ReconstructionParameters]) {
            # Keys.
            $known += $Type::new().PSObject.Properties.Name
        }

        foreach ($view in (Get-FormatData -TypeName $Name).FormatViewDefinition) {
            $entries = $view.Control -is [Management.Automation.TableControl] ? $view.Control.Rows.Columns.DisplayEntry : $view.Control.Entries.Items.DisplayEntry
            $entries.Count | Should -BeGreaterThan 0
            $entries | Where-Object ValueType -EQ Property | ForEach-Object { $_.Value | Should -BeIn $known }
        }
    }

    It 'expands no pixels' {
        $large = $Type.GetProperties('Public,Instance') | Where-Object {
            $_.PropertyType -in [float[]], [double[]] -or $_.PropertyType.IsByRefLike
        }
        $large.Name | Where-Object { $_ -ne 'Patch' } | Should -BeNullOrEmpty
    }
}

Describe 'Objects' {
    It 'are met in the views'' test nearly all' {
        # Those that no simulated run has: specimens of one's own, and refinements.
        $met = @($parts | ForEach-Object { $_.GetType().FullName } | Sort-Object -Unique)
        $met.Count | Should -BeGreaterThan 28
    }

    It 'are shown in table and list without an error, and with a text' {
        $error.Clear()
        foreach ($object in $parts | Group-Object { $_.GetType().FullName } | ForEach-Object { $_.Group[0] }) {
            $type = $object.GetType().Name
            $object | Format-Table | Out-String -Width 200 | Should -Match '(?m)^ *-[ -]*$' -Because $type
            $object | Format-List | Out-String -Width 200 | Should -Match ' : ' -Because $type
            "$object" | Should -Not -Match 'FsRec\.|System\.|^\s*$' -Because $type
        }

        $error | Should -HaveCount 0
        $result | Format-Table | Out-String -Width 200 | Should -BeLike '*simulated*Linear*'
    }

    It 'hold their lists as arrays, which can be indexed from the end' {
        $count = 0
        foreach ($object in $parts) {
            foreach ($property in $object.GetType().GetProperties('Public,Instance')) {
                $value = $property.GetValue($object)
                if ($value -is [Collections.IEnumerable] -and $value -isnot [string]) {
                    $what = "$($object.GetType().Name).$($property.Name)"
                    ($value -is [array] -or $property.Name -eq 'Files') | Should -BeTrue -Because $what
                    if ($value.Count) {
                        [object]::Equals($value[-1], @($value)[-1]) | Should -BeTrue -Because $what
                        $count++
                    }
                }
            }
        }

        $count | Should -BeGreaterThan 15
    }

    It 'in rows are sorted, measured and filtered: <What>' -ForEach @(
        @{ What = 'displacements'; Rows = { $result.Displacements }; Property = 'Dx' }
        @{ What = 'foci'; Rows = { $steps.RefinedFoci }; Property = 'Defocus' }
        @{ What = 'iterations'; Rows = { $result.History }; Property = 'ResidualRms' }
        @{ What = 'rounds'; Rows = { $history.Rounds }; Property = 'LargestMove' }
        @{ What = 'frames'; Rows = { $steps.Frames }; Property = 'Refined' }
        @{ What = 'contrast curve'; Rows = { $focused.Curve }; Property = 'Contrast' }
        @{ What = 'rings'; Rows = { $comparison.Rings }; Property = 'Correlation' }
    ) {
        $list = & $Rows
        $list.Count | Should -BeGreaterThan 1
        $measured = $list | Measure-Object $Property -Minimum -Maximum
        $measured.Count | Should -Be $list.Count
        $sorted = @($list | Sort-Object $Property)
        $sorted[0].$Property | Should -Be $measured.Minimum
        $sorted[-1].$Property | Should -Be $measured.Maximum
        @($list | Where-Object $Property -LT $measured.Maximum).Count | Should -BeLessThan $list.Count

        # To CSV, which Export-Csv writes in the culture of the user, and JSON and back the numbers are the same.
        $file = Join-Path $TestDrive 'rows.csv'
        $list | Export-Csv $file
        $read = @(Import-Csv $file)
        $read.Count | Should -Be $list.Count
        [double]::Parse($read[-1].$Property, [cultureinfo]::CurrentCulture) | Should -Be $list[-1].$Property
        $json = @($list | ConvertTo-Json -Depth 3 | ConvertFrom-Json)
        $json[-1].$Property | Should -Be $list[-1].$Property
        ($list | Select-Object -First 1 -Property $Property).$Property | Should -Be $list[0].$Property
    }

    It 'with their parts come through JSON with figures where there is room and texts where there is none' {
        $json = $result | ConvertTo-Json -Depth 2 -WarningAction SilentlyContinue
        $json.Length | Should -BeLessThan 20000
        $json | Should -Not -Match '"(FsRec|System)\.'
        $back = $json | ConvertFrom-Json
        $back.ScatteredFraction | Should -Be $result.ScatteredFraction
        $back.Wave.Calibration.Rows | Should -Be 96
        $back.History[1].ResidualRms | Should -Be $result.History[1].ResidualRms
        ($comparison | ConvertTo-Json | ConvertFrom-Json).FittedShift.X | Should -Be $comparison.FittedShift.X
        ($result.Series.Parameters | ConvertTo-Json | ConvertFrom-Json).Linear.Limit | Should -Be 6
    }

    It 'select like any other' {
        $row = $result | Select-Object Iterations, ScatteredFraction, @{ n = 'Name'; e = { $_.Series.Parameters.Files.InputFileName } }
        $row.Iterations | Should -Be 2
        $row.Name | Should -Be 'simulated'
        $csv = $row | ConvertTo-Csv
        $csv[1] | Should -BeLike '"2",*"simulated"'
    }

    It 'of waves give amplitude, phase and intensity on request, row by row' {
        $wave = $result.Wave
        $wave.PSObject.Properties.Name | Sort-Object | Should -Be 'Calibration', 'ScatteredRms'
        $data = $wave.GetInterleaved()
        $data.Count | Should -Be (2 * 96 * 96)
        foreach ($pixel in 0, 100, 9215) {
            $re, $im = $data[2 * $pixel], $data[2 * $pixel + 1]
            $wave.GetAmplitude()[$pixel] | Should -BeLessThan ([Math]::Sqrt($re * $re + $im * $im) + 1e-6)
            [Math]::Abs($wave.GetIntensity()[$pixel] - $re * $re - $im * $im) | Should -BeLessThan 1e-5
            [Math]::Abs($wave.GetPhase()[$pixel] - [Math]::Atan2($im, $re)) | Should -BeLessThan 1e-5
        }

        ($wave | ConvertTo-Json).Length | Should -BeLessThan 500
    }
}

Describe 'Objects do not change under a script' {
    It 'as <Name> does not' -ForEach $cases {
        $settable = @($Type.GetProperties('Public,Instance') | Where-Object { $_.SetMethod -and $_.SetMethod.IsPublic })
        if ($settable) {
            [FsRec.PowerShell.ReadOnlyAdapter].IsAssignableFrom((Get-TypeData $Name).TypeAdapter) | Should -BeTrue
        }
    }

    It 'and say so' {
        $wave = $result.Wave
        { $result.Wave = $null } | Should -Throw '*Wave*'
        { $result.Series.Parameters.Linear = $null } | Should -Throw
        { $result.Displacements[0].Dx = 3 } | Should -Throw
        { $run.Files = @() } | Should -Throw
        [object]::ReferenceEquals($result.Wave, $wave) | Should -BeTrue
        $result.PSObject.Properties['Wave'].IsSettable | Should -BeFalse
    }
}
