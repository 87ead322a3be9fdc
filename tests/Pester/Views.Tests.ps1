BeforeDiscovery {
    . $PSScriptRoot/common.ps1
    $formats = @(Get-ChildItem (Join-Path $repository 'module/FsRec') -Filter '*.format.ps1xml' | ForEach-Object { @{ Name = $_.Name; Path = $_.FullName } })
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    $made = New-FsrSimulatedSeries (Join-Path $TestDrive 'made') -Size 96 -FrameCount 6 -Drift 0.5
    $history = $made | Import-FocalSeries | Invoke-FsrPrealignment -IncludeHistory
    $linear = $history | Invoke-FsrReconstruction -Iterations 2 -WarningAction Ignore
    $wiener = $history | Invoke-FsrReconstruction -Iterations 2 -Method Wiener -WarningAction Ignore
    $run = Invoke-FsrRun $made.ParameterFile -Iterations 1 -WarningAction Ignore

    # As a terminal of 80 columns shows it.
    function Show($Object, [int] $Width = 80) {
        ($Object | Out-String -Width $Width) -replace "\e\[[\d;]*m"
    }

    # The headings of the first table of a text.
    function Get-Heading([string] $Text) {
        $lines = $Text -split "`n"
        $rule = 0..($lines.Count - 1) | Where-Object { $lines[$_] -match '^ *-[- ]*\s*$' } | Select-Object -First 1
        -split $lines[$rule - 1]
    }
}

Describe 'Headings of <Name>' -ForEach $formats {
    It 'are names of properties' {
        foreach ($view in ([xml](Get-Content -Raw $Path)).Configuration.ViewDefinitions.View) {
            $name = $view.ViewSelectedBy.TypeName
            $type = $name -eq 'FsRec.WrittenFile' ? [IO.FileInfo] : ($name -as [type])
            $known = @($type.GetProperties().Name) + @((Get-TypeData $name).Members.Keys)
            if ($name -eq 'FsRec.Parameters.ReconstructionParameters') {
                $known += [FsRec.Parameters.ReconstructionParameters]::new().PSObject.Properties.Name
            }
            elseif ($name -eq 'FsRec.Simulation.SimulatedSeries') {
                # Which New-FsrSimulatedSeries adds.
                $known += 'ParameterFile'
            }

            $labels = @($view.SelectNodes('.//TableColumnHeader/Label | .//ListItem/Label') | ForEach-Object InnerText)
            $labels | Where-Object { $_ -notin $known } | Should -BeNullOrEmpty -Because $name
            (Get-TypeData $name).DefaultDisplayPropertySet.ReferencedProperties | Where-Object { $_ -notin $known } | Should -BeNullOrEmpty -Because $name
            (Get-TypeData $name).PropertySerializationSet.ReferencedProperties | Where-Object { $_ -notin $known } | Should -BeNullOrEmpty -Because $name
        }
    }

    It 'leave no number to the culture' {
        ([xml](Get-Content -Raw $Path)).SelectNodes('//FormatString') | Should -HaveCount 0
    }
}

Describe 'Tables of <Name> fit <Width> columns' -ForEach @(foreach ($format in $formats) { 80, 100, 120 | ForEach-Object { @{ Name = $format.Name; Path = $format.Path; Width = $_ } } }) {
    It 'with whole headings and whole numbers' {
        foreach ($view in ([xml](Get-Content -Raw $Path)).Configuration.ViewDefinitions.View | Where-Object { $_.SelectSingleNode('TableControl') }) {
            $name = $view.ViewSelectedBy.TypeName
            $used = 0
            $left = @()
            foreach ($column in $view.SelectNodes('.//TableColumnHeader')) {
                $given = $column.SelectSingleNode('Width')
                $label = $column.SelectSingleNode('Label').InnerText
                if (-not $given) {
                    $left += $label
                    $used++
                    continue
                }

                $room = $Width - $used - ($used -gt 0 ? 1 : 0)
                # PowerShell leaves columns out from the right, and narrows the last of those that it shows: there must be no room for a part of one that needs it all.
                if ([int] $given.InnerText -gt $room) {
                    if ($room -ge [Math]::Max($label.Length, 20)) {
                        break
                    }

                    $room | Should -BeLessThan 1 -Because "$label of $name would be cut to $room of $($given.InnerText) columns"
                    break
                }

                $label.Length | Should -BeLessOrEqual ([int] $given.InnerText) -Because "$label of $name"
                $used += [int] $given.InnerText + ($used -gt 0 ? 1 : 0)
            }

            # What is left over is divided among columns without a width.
            foreach ($label in $left) {
                [Math]::Floor(($Width - $used) / $left.Count) | Should -BeGreaterOrEqual $label.Length -Because "$label of $name"
            }
        }
    }
}

Describe 'At 80 and 120 columns' {
    It '<Name> is shown whole, and with more where there is room' -ForEach @(
        @{ Name = 'a simulated series'; Make = { $made } }, @{ Name = 'a series'; Make = { Import-FocalSeries $made.ParameterFile } }, @{ Name = 'an aligned series'; Make = { $history.Aligned } }
        @{ Name = 'an alignment'; Make = { $history } }, @{ Name = 'a reconstruction'; Make = { $linear, $wiener } }, @{ Name = 'a run'; Make = { $run } }
        @{ Name = 'frames'; Make = { $wiener.Uncertainty.Frames } }, @{ Name = 'uncertainty'; Make = { $wiener.Uncertainty } }
        @{ Name = 'foci'; Make = { $linear | Measure-FsrFocusStep -WarningAction Ignore } }, @{ Name = 'an autofocus'; Make = { $linear | Invoke-FsrAutofocus -WarningAction Ignore } }
        @{ Name = 'a resolution'; Make = { $linear | Measure-FsrResolution -WarningAction Ignore } }, @{ Name = 'parameters'; Make = { Import-FsrParameter $made.ParameterFile } }
        @{ Name = 'a microscope'; Make = { $made.Series.Microscope } }, @{ Name = 'a file'; Make = { $made | Import-FocalSeries | Export-FocalSeries (Join-Path $TestDrive 'stack.mrc') | Get-FsrFile } }
        @{ Name = 'a comparison'; Make = { $made | Import-FocalSeries | Invoke-FsrReconstruction -Iterations 1 -WarningAction Ignore | Compare-FsrWave $made.TrueWave } }
        @{ Name = 'a sweep'; Make = { Invoke-FsrSweep $made.ParameterFile -Set @{ Limit = 4, 5 } -Iterations 1 -SkipChiSquare -WarningAction Ignore } }
    ) {
        $object = & $Make
        ($narrow, $middle, $wide) = 80, 100, 120 | ForEach-Object { Show $object $_ }
        ($few, $many) = (Get-Heading $narrow), (Get-Heading $wide)
        $narrow + $middle + $wide | Should -Not -Match '…'
        $many.Count | Should -BeGreaterThan $few.Count
        $many[0..($few.Count - 1)] | Should -Be $few
        # Names as a whole: one line of headings, the rule below it.
        $known = @($object[0].PSObject.Properties.Name) + @([FsRec.Parameters.ParameterKeys]::All.Name)
        $many | Where-Object { $_ -notin $known } | Should -BeNullOrEmpty
    }
}

Describe 'At 80 columns' {
    It 'files that were written show folder, length and name' {
        $text = Show ($linear | Export-FsrWave)
        $text | Should -Match "(?m)^ +Directory: $([regex]::Escape((Join-Path $TestDrive 'made/results')))"
        $text | Should -Match '(?m)^LastWriteTime +Length Name'
        $text | Should -Match '(?m)\d +73728 simulated\.wav$'
        $text | Should -Match '(?m) simulated_filt\.wav$'
        ($linear | Export-FsrWave)[0] | Should -BeOfType IO.FileInfo
    }

    It 'findings are whole and name the folder' {
        $bad = Join-Path $TestDrive 'bad.fsr'
        Set-Content $bad 'Limit=fast'
        $findings = Test-FsrParameter $bad
        $text = (Show $findings) -replace '\s'
        $text | Should -BeLike "*File:$($bad -replace '\s')*"
        foreach ($finding in $findings) {
            $parts = $finding.Message -replace '\s'
            # The message stands in a column, line below line, with other columns' words between at most.
            $text.Contains($parts.Substring(0, 20)) | Should -BeTrue -Because $finding.Message
            $text.Contains($parts.Substring($parts.Length - 8)) | Should -BeTrue -Because $finding.Message
        }

        (Show $findings) | Should -Not -Match '…\s*$'
    }

    It 'a Wiener result looks different from a linear one' {
        $text = Show ($linear, $wiener)
        $text | Should -Match '(?m)Linear .*0\.\d+ +$'
        $text | Should -Match '(?m)Wiener .*0\.\d+ +\d+\.\d+'
        Show ($wiener | Format-List) | Should -Match '(?m)^ReducedChiSquare +: \d'
    }

    It 'parameters show every key' {
        $text = Show (Import-FsrParameter $made.ParameterFile | Format-List)
        foreach ($key in [FsRec.Parameters.ParameterKeys]::All.Name) {
            $text | Should -Match "(?m)^$key +:" -Because $key
        }
    }

    It 'truth values have one form, in parameters too' {
        $text = Show (Import-FsrParameter $made.ParameterFile | Format-List)
        foreach ($key in [FsRec.Parameters.ParameterKeys]::All | Where-Object Kind -EQ Boolean) {
            $text | Should -Match "(?m)^$($key.Name) +: (True|False) *$" -Because $key.Name
        }
    }

    It 'results of two names are told apart' {
        $other = Invoke-FsrRun $made.ParameterFile -Iterations 1 -OUTPUTFILENAME other -Method Wiener -WarningAction Ignore
        $text = Show ($run, $other)
        $text | Should -Match '(?m)^simulated +Linear'
        $text | Should -Match '(?m)^other +Wiener'
    }

    It '<Name> is cut nowhere' -ForEach @(
        @{ Name = 'a series'; Make = { Import-FocalSeries $made.ParameterFile } }, @{ Name = 'an alignment'; Make = { $history } }, @{ Name = 'a run'; Make = { $run } }
        @{ Name = 'a reconstruction'; Make = { $wiener } }, @{ Name = 'iterations'; Make = { $linear.History } }, @{ Name = 'frames'; Make = { $wiener.Uncertainty.Frames } }
        @{ Name = 'rings'; Make = { $wiener.Uncertainty.Rings } }, @{ Name = 'foci'; Make = { $linear | Measure-FsrFocusStep -WarningAction Ignore } }
        @{ Name = 'a sweep'; Make = { Invoke-FsrSweep $made.ParameterFile -Set @{ Focusspread = 3, 4 } -Iterations 1 -WarningAction Ignore } }
    ) {
        Show (& $Make) | Should -Not -Match '…'
    }

    # What follows another kind of object in one output, as of a script, PowerShell lists by these properties, or by all that there are.
    It 'the columns of a table are what a script shows of <_>' -ForEach @(
        @((Get-Command -Module FsRec).OutputType.Type.FullName | Sort-Object -Unique | Where-Object { $_ -like 'FsRec.*' -and (Get-FormatData $_) })
    ) {
        $columns = @((Get-FormatData $_).FormatViewDefinition.Control | Where-Object { $_ -is [Management.Automation.TableControl] })[0].Headers.Label
        $shown = (Get-TypeData $_).DefaultDisplayPropertySet.ReferencedProperties
        $shown | Should -Not -BeNullOrEmpty
        if ($_ -ne 'FsRec.Results.Reconstruction') {
            $shown | Should -Be $columns
        }
    }

    It 'a resolution after a reconstruction, as a script puts them out, is a few lines' {
        $text = Show @($linear, ($linear | Measure-FsrResolution))
        $text | Should -Match 'HalfBitResolution'
        $text | Should -Not -Match 'CentralFraction|Procedure|IndependentShare'
    }

    It 'the folder of a sweep is whole' {
        $long = Join-Path $TestDrive ('a' * 70)
        $null = Invoke-FsrSweep $made.ParameterFile -Set @{ Limit = , 4 } -SkipChiSquare -LinearIterations 1 -Destination $long -WarningAction Ignore
        (Show (Receive-FsrSweep $long -Status)) -replace '\s' | Should -Match ('a' * 70)
    }

    It 'has one decimal sign, whatever the culture' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $shown = (Import-FocalSeries $made.ParameterFile), $history.Aligned, $wiener, $wiener.History, $wiener.Uncertainty.Frames, $run, ($wiener | Format-List)
            $text = ($shown | ForEach-Object { Show $_ }) -join "`n"
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }

        $text | Should -Match '\d\.\d'
        $text | Should -Not -Match '\d,\d'
    }
}

Describe 'Copies from another process or a file' {
    It 'show what they hold: <Name>' -ForEach @(
        @{ Name = 'a series'; Make = { Import-FocalSeries $made.ParameterFile } }, @{ Name = 'an aligned series'; Make = { $history.Aligned } }
        @{ Name = 'a pre-alignment'; Make = { $history } }, @{ Name = 'a reconstruction'; Make = { $wiener } }, @{ Name = 'a run'; Make = { $run } }, @{ Name = 'a simulated series'; Make = { $made } }
        @{ Name = 'a wave'; Make = { $wiener.Wave } }, @{ Name = 'an autofocus'; Make = { $linear | Invoke-FsrAutofocus -WarningAction Ignore } }
        @{ Name = 'foci'; Make = { $linear | Measure-FsrFocusStep -WarningAction Ignore } }, @{ Name = 'iterations'; Make = { $linear.History } }, @{ Name = 'frames'; Make = { $wiener.Uncertainty.Frames } }
        @{ Name = 'a row of a sweep'; Make = { Invoke-FsrSweep $made.ParameterFile -Set @{ Limit = 5 } -Iterations 1 -SkipChiSquare -WarningAction Ignore } }
        @{ Name = 'a resolution'; Make = { $linear | Measure-FsrResolution -WarningAction Ignore } }, @{ Name = 'parameters'; Make = { Import-FsrParameter $made.ParameterFile } }
    ) {
        $object = & $Make
        $path = Join-Path $TestDrive 'copy.xml'
        $object | Export-Clixml $path
        $copy = Import-Clixml $path
        Show ($copy | Format-Table) | Should -Be (Show ($object | Format-Table))
        Show ($copy | Format-Table) 120 | Should -Be (Show ($object | Format-Table) 120)
    }

    It 'of parameters list every key as the parameters do' {
        $parameters = Import-FsrParameter $made.ParameterFile -Range '[[0,3],5]' -Fixhotpix
        $path = Join-Path $TestDrive 'copy.xml'
        $parameters | Export-Clixml $path
        Show (Import-Clixml $path | Format-List) | Should -Be (Show ($parameters | Format-List))
    }

    It 'are taken for the object, with the same result: <Cmdlet>' -ForEach @(
        @{ Cmdlet = 'Invoke-FsrPrealignment'; Make = { Import-FocalSeries $made.ParameterFile }; Result = { ($_ | Invoke-FsrPrealignment).Displacements | ForEach-Object { $_.Dx, $_.Dy } } }
        @{ Cmdlet = 'Invoke-FsrReconstruction'; Make = { $history.Aligned }; Result = { -join ($_ | Invoke-FsrReconstruction -Iterations 1 -WarningAction Ignore).Wave.GetInterleaved() } }
        @{ Cmdlet = 'Measure-FsrResolution'; Make = { $wiener }; Result = { $measured = $_ | Measure-FsrResolution -WarningAction Ignore; $measured.Frequency; $measured.Rings | ForEach-Object Frequency } }
        @{ Cmdlet = 'Export-FsrWave'; Make = { $wiener }; Result = { Get-Written { $object | Export-FsrWave (Join-Path $folder 'a.wav') } -Exclude *_run.json } }
        @{ Cmdlet = 'Show-FsrImage'; Make = { $wiener.Wave }; Result = { -join ($_ | Show-FsrImage -Kind Phase -Width 10 -PassThru).GetInterleaved() } }
        @{ Cmdlet = 'Export-FsrReport'; Make = { $run.Reconstruction }; Result = { Get-Written { $object | Export-FsrReport (Join-Path $folder 'a.html') -WarningAction Ignore } } }
        @{ Cmdlet = 'Invoke-FsrRun'; Make = { $wiener.Series.Parameters }; Result = { Get-Written { $object | Invoke-FsrRun -OUTPUTPATH $folder -Iterations 1 -WarningAction Ignore } -Filter *.wav } }
        @{ Cmdlet = 'Export-FsrPlot'; Make = { $wiener }; Result = { Get-Written { $object | Export-FsrPlot (Join-Path $folder 'a.svg') } } }
    ) {
        # The files that a command writes: the name and the content of each.
        function Get-Written([scriptblock] $Command, [string] $Filter = '*', [string] $Exclude) {
            $object = $_
            $folder = Join-Path $TestDrive 'written'
            $null = New-Item -ItemType Directory $folder
            try {
                $null = & $Command
                Get-ChildItem $folder -File -Filter $Filter | Where-Object Name -NotLike "$Exclude" | ForEach-Object { $_.Name; (Get-FileHash $_).Hash }
            }
            finally {
                Remove-Item -Recurse -Force $folder
            }
        }

        $object = & $Make
        $path = Join-Path $TestDrive 'copy.xml'
        $object | Export-Clixml $path
        $copy = Import-Clixml $path
        $copy.PSTypeNames[0] | Should -BeLike 'Deserialized.FsRec.*'
        $of = @($object | ForEach-Object $Result)
        $of.Count | Should -BeGreaterThan 0
        @($copy | ForEach-Object $Result) | Should -Be $of
    }

    It 'without what makes the object again are refused, with how to get it: <Cmdlet>' -ForEach @(
        @{ Cmdlet = 'Invoke-FsrPrealignment'; Make = { $made.Series }; Way = '*Import-FocalSeries*' }, @{ Cmdlet = 'Invoke-FsrReconstruction'; Make = { $history.Aligned }; Way = '*-UsePrevious*' }
        @{ Cmdlet = 'Measure-FsrResolution'; Make = { $wiener }; Way = '*Start-ThreadJob*' }, @{ Cmdlet = 'Export-FsrWave'; Make = { $wiener }; Way = '*Export-FsrWave*' }
        @{ Cmdlet = 'Show-FsrImage'; Make = { $wiener.Wave }; Way = '*Import-FsrWave*' }, @{ Cmdlet = 'Export-FsrReport'; Make = { $run }; Way = '*Invoke-FsrRun*' }
        @{ Cmdlet = 'Invoke-FsrRun'; Make = { $wiener.Series.Parameters }; Way = '*Import-FsrParameter*' }, @{ Cmdlet = 'Export-FsrPlot'; Make = { $wiener }; Way = '*Start-ThreadJob*' }
    ) {
        $path = Join-Path $TestDrive 'copy.xml'
        & $Make | Export-Clixml $path
        $copy = Import-Clixml $path
        # As of frames in files that could not be read any more, or as an older version left it.
        $copy.PSObject.Properties.Remove('CopyState')
        $record = @(Get-CommandError { $copy | & $Cmdlet })
        $record.Count | Should -BeGreaterThan 0
        "$($record[0])" | Should -BeLike '*copy of *'
        "$($record[0])" | Should -BeLike $Way
    }
}

Describe 'Texts in tables, whatever the language of the session is' {
    # PowerShell wraps words itself in English and some other languages, and cuts through them in the invariant culture, which a system without a language has.
    It 'are wrapped between words in <Language>, at <Width> columns' -ForEach @(foreach ($language in '', 'en-US', 'nl-NL') { 80, 120 | ForEach-Object { @{ Language = $language; Width = $_ } } }) {
        $update = @($made | Select-Object -ExpandProperty ParameterFile | Watch-FsrSeries -WarningAction Ignore | Where-Object { $_.Advice.Length -gt 60 })
        $update | Should -Not -BeNullOrEmpty
        $bad = Join-Path $TestDrive 'words.fsr'
        Set-Content $bad 'Limit=fast'
        $stack = Join-Path $TestDrive 'words.mrc'
        $null = $made | Import-FocalSeries | Export-FocalSeries $stack
        $cases = @(
            @{ Object = $update[0]; Texts = @($update[0].Advice) }
            @{ Object = Get-FsrMicroscope titan-300-corrected; Texts = @((Get-FsrMicroscope titan-300-corrected).Description) }
            @{ Object = (Test-FsrParameter $bad)[0]; Texts = @((Test-FsrParameter $bad)[0].Message) }
            @{ Object = Get-FsrFile $stack; Texts = @((Get-FsrFile $stack).Format) }
        )
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = $Language
            foreach ($case in $cases) {
                $shown = -split (Show $case.Object $Width)
                foreach ($word in -split ($case.Texts -join ' ')) {
                    $shown | Should -Contain $word
                }
            }
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }
}

Describe 'A text in a column' {
    It 'is broken between words, and behind a sign in a name that is longer than the column' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = ''
            [FsRec.PowerShell.ViewText]::Wrap('go on; most would add', 11) | Should -BeExactly "go on; most`nwould add"
            [FsRec.PowerShell.ViewText]::Wrap('of before_K2_000_bright.dm4', 12) | Should -BeExactly "of`nbefore_K2_`n000_bright.`ndm4"
            [FsRec.PowerShell.ViewText]::Wrap('withoutanysign', 5) | Should -BeExactly 'withoutanysign'
            [FsRec.PowerShell.ViewText]::Wrap($null, 5) | Should -BeNullOrEmpty
            # Of words that fit, PowerShell makes lines as wide as the console lets it, where it does so between words.
            [cultureinfo]::CurrentCulture = 'en-US'
            [FsRec.PowerShell.ViewText]::Wrap('go on; most would add', 11) | Should -BeExactly 'go on; most would add'
            [FsRec.PowerShell.ViewText]::Wrap('of before_K2_000_bright.dm4', 12) | Should -BeExactly "of`nbefore_K2_`n000_bright.`ndm4"
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }
}
