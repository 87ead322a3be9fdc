BeforeDiscovery {
    . $PSScriptRoot/common.ps1
    $keyed = @(Get-Command -Module FsRec | Where-Object { $_.Parameters.ContainsKey('Set') -and $_.Parameters['Set'].ParameterType -eq [Collections.IDictionary] } | ForEach-Object { @{ Name = $_.Name } })
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    $folder = Join-Path $TestDrive 'binding'
    $config = New-TestSeries $folder
    $series = Import-FocalSeries $config
    $aligned = $series | Invoke-FsrPrealignment
    $reconstruction = $aligned | Invoke-FsrReconstruction -Iterations 1

    # A parameter that stands for a key has no property behind it.
    function Get-KeyParameter([string] $Name) {
        (Get-Command $Name).Parameters.Values | Where-Object IsDynamic
    }
}

Describe 'Keys by name on <Name>' -ForEach $keyed {
    It 'has parameters of the names of keys, each with its type' {
        $parameters = @(Get-KeyParameter $Name)
        $parameters.Count | Should -BeGreaterThan 4
        foreach ($parameter in $parameters) {
            $key = [FsRec.Parameters.ParameterKeys]::Find($parameter.Name)
            $parameter.Name | Should -BeExactly $key.Name
            $expected = switch ($key.Kind) {
                Boolean { [switch] }
                Number { [double] }
                WholeNumber { [int] }
                WholeNumberPair { [int[]] }
                ImageRange { [object[]] }
                ChoiceList { [string[]] }
                { $_ -in 'NumberPair', 'Band', 'NumberList' } { [double[]] }
                default { [string] }
            }
            $parameter.ParameterType | Should -Be $expected -Because $key.Name
        }
    }
}

Describe 'Numbers' {
    It 'are told of decimals behind a comma by every parameter of every cmdlet, which PowerShell takes for thousands' {
        foreach ($command in Get-Command -Module FsRec) {
            foreach ($parameter in $command.Parameters.Values) {
                $type = $parameter.ParameterType
                $plain = [Nullable]::GetUnderlyingType($type) ?? ($type.IsArray ? $type.GetElementType() : $type)
                if ($plain -in [int], [long], [double], [float], [uint] -and $parameter.Name -notin [Management.Automation.PSCmdlet]::CommonParameters) {
                    $attribute = @($parameter.Attributes | Where-Object { $_ -is [FsRec.PowerShell.NumberArgumentAttribute] -or $_ -is [FsRec.PowerShell.KeyArgumentAttribute] })
                    $attribute | Should -HaveCount 1 -Because "$($command.Name) -$($parameter.Name)"
                    if ($attribute[0] -is [FsRec.PowerShell.NumberArgumentAttribute]) {
                        $attribute[0].IsList, $attribute[0].IsWhole | Should -Be $type.IsArray, ($plain -notin [double], [float]) -Because "$($command.Name) -$($parameter.Name)"
                    }

                    foreach ($given in ($type.IsArray ? @(('-270,5', '-90,5'), @('64,5'), [object[]](1, '0,042'), [Collections.ArrayList]('0,5', '4')) : @('0,5'))) {
                        { $attribute[0].Transform($ExecutionContext, $given) } | Should -Throw '*Found *; expected * number *' -Because "$($command.Name) -$($parameter.Name) $given"
                    }
                }
            }
        }
    }

    It 'with decimals behind a comma are refused in one sentence: <Call>' -ForEach @(
        @{ Call = { Import-FsrParameter $config -Sampling '0,045' }; Text = "*Found '0,045'; expected a decimal point, as in 0.045.*" }
        @{ Call = { Import-FsrParameter $config -Sampling 0,045 }; Text = '*expected a decimal point*' }
        @{ Call = { Import-FsrParameter $config -Focusspread '3,5' }; Text = "*Found '3,5'; expected a number with a decimal point, as in 3.5.*" }
        @{ Call = { Import-FsrParameter $config -Focusspread 3,5 }; Text = '*Found 3,5; expected one number, with a decimal point*' }
        @{ Call = { Import-FsrParameter $config -Set @{ Focusspread = '3,5' } }; Text = "*Focusspread: Found '3,5'; expected a decimal point, as in 3.5.*" }
        @{ Call = { Import-FsrParameter $config -Set @{ Focusspread = 3, 5 } }; Text = '*Focusspread: Found *3,5*decimal point*' }
        @{ Call = { Import-FsrParameter $config -Alignmentfilter '0,5,4' }; Text = "*Found '0,5,4'; expected a decimal point, as in ?0.5,4?.*" }
        @{ Call = { Import-FsrParameter $config -Foci '-270,5', '-90,5' }; Text = "*Foci*Found '-270,5'; expected a number with a decimal point, as in -270.5.*" }
        @{ Call = { Import-FocalSeries $config -Foci ('Fokus;x', '-270,5;1', '-90,5;2' | ConvertFrom-Csv -Delimiter ';').Fokus }; Text = "*Foci*Found '-270,5'; expected a number with a decimal point*" }
        @{ Call = { New-FsrParameter (Join-Path $TestDrive 'comma') -Foci '-270,5', '-90,5' }; Text = "*Foci*Found '-270,5'; expected a number with a decimal point*" }
        @{ Call = { Import-FsrParameter $config -Sampling '0,042', '0,042' }; Text = "*Found '0,042'; expected a number with a decimal point, as in 0.042.*" }
        @{ Call = { Import-FsrParameter $config -Dimensions '64', '64,5' }; Text = "*Found '64,5'; expected a whole number without commas.*" }
        @{ Call = { Import-FsrParameter $config -Set @{ Foci = '-270,5', '-90,5', '-80,5' } }; Text = "*Foci: Found '?-270,5;-90,5;-80,5?'; expected a decimal point, as in ?-270.5,-90.5,-80.5?.*" }
        @{ Call = { Import-FsrParameter $config -Set @{ Outputfilter = '0,5', 4 } }; Text = "*Outputfilter: Found '?0,5;4?'; expected a decimal point, as in ?0.5,4?.*" }
        @{ Call = { [pscustomobject]@{ Path = $config; Foci = '-270,5', '-90,5', '-80,5' } | Import-FsrParameter }; Text = "*Foci: Found*expected a decimal point*" }
        @{ Call = { Import-FsrParameter $config -LinearIterations '5,0' }; Text = "*Found '5,0'; expected a whole number without commas.*" }
        @{ Call = { New-FsrSimulatedSeries (Join-Path $TestDrive 'comma') -Dose '1,5' }; Text = "*Found '1,5'; expected a number with a decimal point, as in 1.5.*" }
        @{ Call = { New-FsrSimulatedSeries (Join-Path $TestDrive 'comma') -Dose 1,5 }; Text = '*Found 1,5; expected one number, with a decimal point*' }
        @{ Call = { New-FsrSimulatedSeries (Join-Path $TestDrive 'comma') -Size '64,64' }; Text = "*Found '64,64'; expected a whole number without commas.*" }
        @{ Call = { [pscustomobject]@{ Path = $config; Sampling = '0,045' } | Import-FsrParameter }; Text = "*Sampling: Found '0,045'; expected a decimal point, as in 0.045.*" }
        @{ Call = { [pscustomobject]@{ Path = $config; Iterations = '1,5' } | Invoke-FsrRun }; Text = "*Iterations*'1,5'*" }
    ) {
        $record = try { & $Call 2>&1 } catch { $_ }
        "$record" | Should -BeLike $Text
        Join-Path $TestDrive 'comma' | Should -Not -Exist
    }

    It 'without decimals are taken as they were' {
        (Import-FsrParameter $config -Alignmentfilter '0.5,2').Alignmentfilter | Should -Be 0.5, 2
        (Import-FsrParameter $config -Dimensions '64,64').Dimensions | Should -Be 64, 64
        (Import-FsrParameter $config -Sampling '0.1').Sampling | Should -Be 0.1, 0.1
    }
}

Describe 'Keys by name' {
    It 'go over a parameter file''s' {
        $p = Import-FsrParameter $config -Limit 3 -Focusspread 4 -Alignmentfilter 0.5, 2 -AREA 30, 20 -Commonframe $true -Stopwhenaligned Yes -Foci (-120..-115)
        $p.Linear.Limit | Should -Be 3
        $p.Microscope.FocusSpread | Should -Be 4
        "$($p.Alignment.Filter)" | Should -BeLike '*0.5,2*'
        $p.Image.AreaRows, $p.Image.AreaColumns | Should -Be 30, 20
        $p.Alignment.CommonFrame, $p.Linear.StopWhenAligned | Should -Be $true, $true
        $p.Foci | Should -Be (-120..-115)
    }

    It 'mean Yes where a switch is named alone, and take Yes and No behind it in every way' {
        function Get-Fix([scriptblock] $Call) { (& $Call).Image.FixHotPixels }
        $yes = $true
        $word = 'No'
        Get-Fix { Import-FsrParameter $config -Fixhotpix } | Should -BeTrue
        Get-Fix { Import-FsrParameter -Fixhotpix $config } | Should -BeTrue
        Get-Fix { Import-FsrParameter $config -Fixhot -Limit 3 } | Should -BeTrue
        Get-Fix { Import-FsrParameter $config -Fixhotpix $true } | Should -BeTrue
        Get-Fix { Import-FsrParameter $config -Fixhotpix $yes } | Should -BeTrue
        Get-Fix { Import-FsrParameter $config -Fixhotpix:$yes } | Should -BeTrue
        Get-Fix { Import-FsrParameter $config -Fixhotpix Yes -Limit 3 } | Should -BeTrue
        Get-Fix { Import-FsrParameter $config -Fixhotpix $false } | Should -BeFalse
        Get-Fix { Import-FsrParameter $config -Fixhotpix:$false } | Should -BeFalse
        Get-Fix { Import-FsrParameter $config -Fixhotpix No } | Should -BeFalse
        Get-Fix { Import-FsrParameter $config -Fixhotpix $word } | Should -BeFalse
        Get-Fix { Import-FsrParameter $config -Fixhotpix 0 } | Should -BeFalse
        Get-Fix { Import-FsrParameter $config -Fixhotpix (1 -eq 1) } | Should -BeTrue
        Get-Fix { Import-FsrParameter $config `
                -Fixhotpix $true } | Should -BeTrue
        $table = @{ Fixhotpix = $true; Limit = 3 }
        Get-Fix { Import-FsrParameter $config @table } | Should -BeTrue
        $table = @{ Fixhotpix = 'No' }
        Get-Fix { Import-FsrParameter $config @table } | Should -BeFalse
        Get-Fix { Import-FsrParameter $config -Fixhotpix "$false" } | Should -BeFalse
        Get-Fix { Import-FsrParameter $config -Fixhotpix "$yes" } | Should -BeTrue
        Get-Fix { Import-FsrParameter $config -Fixhotpix:"False" } | Should -BeFalse
        Get-Fix { Import-FsrParameter $config -Fixhotpix:0 } | Should -BeFalse
        Get-Fix { Import-FsrParameter $config -Fixhotpix ([bool] 0) } | Should -BeFalse
        Get-Fix { Import-FsrParameter $config -Fixhotpix (-not $yes) } | Should -BeFalse
        Get-Fix { Import-FsrParameter $config -Fixhotpix (Test-Path $config) } | Should -BeTrue
        Get-Fix { Import-FsrParameter -Path $config -Fixhotpix (Test-Path nowhere) -Limit 3 } | Should -BeFalse
        $row = [pscustomobject]@{ Fix = $false; Path = $config }
        Get-Fix { Import-FsrParameter $config -Fixhotpix $row.Fix } | Should -BeFalse
        Get-Fix { $config | Import-FsrParameter -Fixhotpix ($row.Fix) } | Should -BeFalse
        # Of several in one line each has its own.
        (Import-FsrParameter $config -Fixhotpix $true), (Import-FsrParameter $config -Fixhotpix $false) | ForEach-Object { $_.Image.FixHotPixels } | Should -Be $true, $false
        $shell = [powershell]::Create('CurrentRunspace').AddCommand('Import-FsrParameter').AddArgument($config)
        $shell.AddParameter('Fixhotpix', $true).Invoke()[0].Image.FixHotPixels | Should -BeTrue
        $shell.Dispose()
    }

    It 'leave to the cmdlet what stands behind a switch and is what it works on' {
        function Get-Fix([scriptblock] $Call) { (& $Call).Image.FixHotPixels }
        $row = [pscustomobject]@{ Path = $config }
        $folder = Split-Path $config
        Get-Fix { Import-FsrParameter -Fixhotpix (Join-Path $folder (Split-Path $config -Leaf)) } | Should -BeTrue
        Get-Fix { Import-FsrParameter -Limit 3 -Fixhotpix $(Join-Path $folder (Split-Path $config -Leaf)) } | Should -BeTrue
        Get-Fix { Import-FsrParameter -Fixhotpix $row.Path } | Should -BeTrue
        Get-Fix { Import-FsrParameter -Fixhotpix ($row.Path) } | Should -BeTrue
        Get-Fix { Import-FsrParameter -Fixhotpix "$folder/$(Split-Path $config -Leaf)" } | Should -BeTrue
        Get-Fix { Import-FsrParameter -Fixhotpix ($folder + '/' + (Split-Path $config -Leaf)) } | Should -BeTrue
    }

    It 'are not given where nothing is given for a switch' {
        # The file says No by default; parameters that say Yes keep it.
        $yes = Import-FsrParameter $config -Fixhotpix
        $nothing = $null
        $table = @{ Fixhotpix = $null }
        (Import-FsrParameter $config -Fixhotpix:$null).Image.FixHotPixels | Should -BeFalse
        (Import-FsrParameter $config -Fixhotpix $null).Image.FixHotPixels | Should -BeFalse
        (Import-FsrParameter $config -Fixhotpix $nothing).Image.FixHotPixels | Should -BeFalse
        (Import-FsrParameter $config @table).Image.FixHotPixels | Should -BeFalse
        $copy = Join-Path $TestDrive 'yes.fsr'
        $yes | Export-FsrParameter $copy -Force
        (Import-FsrParameter $copy).Image.FixHotPixels | Should -BeTrue
        (Import-FsrParameter $copy -Fixhotpix:$null).Image.FixHotPixels | Should -BeTrue
        (Import-FsrParameter $copy -Fixhotpix $nothing).Image.FixHotPixels | Should -BeTrue
        (Import-FsrParameter $copy @table).Image.FixHotPixels | Should -BeTrue
        (Import-FsrParameter $copy -Fixhotpix $false).Image.FixHotPixels | Should -BeFalse
    }

    It 'take what a function passes on of its own call' {
        function Read-It { (Import-FsrParameter @args).Image.FixHotPixels }
        Read-It $config -Fixhotpix | Should -BeTrue
        Read-It $config -Fixhotpix $true | Should -BeTrue
        Read-It $config -Fixhotpix $false | Should -BeFalse
        Read-It $config -Fixhotpix:$false | Should -BeFalse
        Read-It $config -Fixhotpix No -Limit 3 | Should -BeFalse
        Read-It -Fixhotpix $config | Should -BeTrue
    }

    It 'take off a curve of the detector' {
        $p = Import-FsrParameter $config -MTF 1,0.8 -NPS '1,0.7,0.5'
        $p.Detector.Mtf.Values | Should -Be 1, 0.8
        $p.Detector.Nps.Values | Should -Be 1, 0.7, 0.5
        foreach ($off in { Import-FsrParameter $copy -MTF $null }, { Import-FsrParameter $copy -MTF None }, { Import-FsrParameter $copy -Set @{ MTF = $null } }, { Import-FsrParameter $copy -Set @{ MTF = 'none' } }) {
            $copy = Join-Path $TestDrive 'curves.fsr'
            $p | Export-FsrParameter $copy -Force
            $without = & $off
            $without.Detector.Mtf | Should -BeNullOrEmpty
            $without.Detector.Nps.Values | Should -Be 1, 0.7, 0.5
        }
    }

    It 'bind switches by the columns of a table, whatever word they use' {
        $csv = Join-Path $TestDrive 'switches.csv'
        Set-Content $csv 'Path,Fixhotpix,Savealigned', "$config,Yes,No", "$config,False,True", "$config,,1"
        $read = @(Import-Csv $csv | Import-FsrParameter)
        $read.Image.FixHotPixels | Should -Be $true, $false, $false
        @([pscustomobject]@{ Path = $config; Fixhotpix = $true } | Import-FsrParameter).Image.FixHotPixels | Should -BeTrue
    }

    It 'refuse what is neither Yes nor No' {
        { Import-FsrParameter $config -Fixhotpix:maybe } | Should -Throw '*Fixhotpix*'
    }

    It 'take one number for both directions' {
        $p = Import-FsrParameter $config -Sampling 0.04 -Dimensions 64
        $p.Image.Calibration.RowSampling, $p.Image.Calibration.ColumnSampling, $p.Image.Calibration.Rows, $p.Image.Calibration.Columns | Should -Be 0.04, 0.04, 64, 64
    }

    It 'take what a parameter file would say' {
        $p = Import-FsrParameter $config -Foci '[-100,-60]' -Alignmentfilter '[0.5,2]' -Prealignment Off
        $p.Foci | Should -Be -100, -60
        $p.Alignment.Filter.High | Should -Be 2
        $p.Alignment.Prealignment | Should -BeFalse
    }

    It 'take a list of words to choose from, and refuse others' {
        $p = Import-FsrParameter $config -Refineaberrations C3, A1
        "$($p.Restoration.RefineAberrations)" | Should -Be 'C3, A1'
        "$((Import-FsrParameter $config -Refineaberrations On).Restoration.RefineAberrations)" | Should -Be 'C3'
        "$((Import-FsrParameter $config -Refineaberrations Off).Restoration.RefineAberrations)" | Should -Be 'None'
        { Import-FsrParameter $config -Refineaberrations C3, C9 } | Should -Throw '*C9*C1, C3, A1, A2, B2*'
        $line = 'Import-FsrParameter x -Refineaberrations C3, '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'B2'
    }

    It 'go with the objects of a pipeline' {
        $p = Import-FsrParameter $config
        ($p | Import-FocalSeries -Limit 3).Parameters.Linear.Limit | Should -Be 3
        ($series | Invoke-FsrPrealignment -Commonframe $true -Raverage 2).Series.Parameters.Alignment.RunningAverage | Should -Be 2
        ($aligned | Invoke-FsrReconstruction -LinearIterations 2 -Focusspread 4).History | Should -HaveCount 2
        ($reconstruction | Measure-FsrFocusStep -Rangemultiplier 2).Reconstruction.Series.Parameters.StepRefinement.RangeMultiplier | Should -Be 2
        ($reconstruction | Invoke-FsrAutofocus -Autofocusrange 10 -WarningAction Ignore).Curve.Focus | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 10
        (Invoke-FsrRun $config -LinearIterations 1 -OUTPUTFILENAME named).Files | Should -Contain (Join-Path $folder 'results/named.wav')
        ($p | Export-FsrParameter (Join-Path $TestDrive 'named.fsr') -Limit 3 -PassThru).Linear.Limit | Should -Be 3
        Test-FsrParameter $config -Limit 100 | Where-Object Key -EQ Limit | Should -Not -BeNullOrEmpty
    }

    It 'and in -Set are put over together, but not twice' {
        $p = Import-FsrParameter $config -Limit 3 -Set @{ Comkernel = 5; Focusspread = 6 }
        $p.Linear.Limit, $p.Alignment.CenterOfMassRadius, $p.Microscope.FocusSpread | Should -Be 3, 5, 6
        (Get-CommandError { Import-FsrParameter $config -Limit 3 -Set @{ Limit = 3 } }).FullyQualifiedErrorId | Should -BeLike 'OverrideInvalid,*'
    }

    It 'name bounds and unit when a value is none' {
        { Import-FsrParameter $config -Limit -3 } | Should -Throw '*larger than 0 in 1/nm*'
        { Import-FsrParameter $config -Focusspread -1 } | Should -Throw '*of 0 or more in nm*'
        { Import-FsrParameter $config -Alignmentfilter 3, 1 } | Should -Throw '*lower frequency before the upper*1/nm*'
        { Import-FsrParameter $config -AREA 10, 10, 10 } | Should -Throw '*two whole numbers*rows and columns*'
        { Import-FsrParameter $config -Methprealign none } | Should -Throw '*sequential-com*'
        { New-FsrSimulatedSeries -Drift 2000 } | Should -Throw '*from 0 to 1000 px*'
    }

    It 'take ranges as PowerShell writes them, and as a parameter file does' {
        (Import-FocalSeries $config -Range (0..2), 5 -WarningAction Ignore).ImageNumbers | Should -Be 0, 1, 2, 5
        (Import-FocalSeries $config -Range 0..2 -WarningAction Ignore).ImageNumbers | Should -Be 0, 1, 2
        (Import-FocalSeries $config -Range 4 -Foci -80 -WarningAction Ignore).ImageNumbers | Should -Be 4
        (Import-FocalSeries $config -Range 3, 1 -WarningAction Ignore).ImageNumbers | Should -Be 3, 1
        (Import-FocalSeries $config -Range '[[0,3],5]' -WarningAction Ignore).ImageNumbers | Should -Be 0, 1, 2, 3, 5
        (Import-FocalSeries $config -Range '[2,4]' -WarningAction Ignore).ImageNumbers | Should -Be 2, 4
        (Import-FocalSeries $config -Set @{ Range = (0..2), 5 } -WarningAction Ignore).ImageNumbers | Should -Be 0, 1, 2, 5
        (Import-FocalSeries $config -Set @{ Range = '[[0,3],5]' } -WarningAction Ignore).ImageNumbers | Should -Be 0, 1, 2, 3, 5
    }

    It 'take folders from PowerShell''s location, by name and by -Set, where those in a file go by the file' {
        $other = New-Item -ItemType Directory -Force (Join-Path $TestDrive 'other')
        $null = New-PSDrive -Name Results -PSProvider FileSystem -Root $other.FullName
        Push-Location $other
        try {
            (Import-FsrParameter $config -OUTPUTPATH out).ResolvedOutputPath | Should -Be (Join-Path $other.FullName 'out')
            (Import-FsrParameter $config -OUTPUTPATH Results:/out).ResolvedOutputPath | Should -Be (Join-Path $other.FullName 'out')
            (Import-FsrParameter $config -OUTPUTPATH ~/out).ResolvedOutputPath | Should -Be (Join-Path (Resolve-Path ~).Path 'out')
            (Import-FsrParameter $config -Set @{ OUTPUTPATH = 'out'; MTF = 'mtf.csv' }).ResolvedOutputPath | Should -Be (Join-Path $other.FullName 'out')
            (Import-FsrParameter $config -Set @{ MTF = 'mtf.csv'; NPS = '[1,0.5]' }).ResolvedDetector.Mtf.Path | Should -Be (Join-Path $other.FullName 'mtf.csv')
            { Import-FsrParameter $config -Set @{ OUTPUTPATH = 'Env:/out' } } | Should -Throw -ErrorId 'OverrideInvalid,*'
            (Import-FsrParameter $config).ResolvedOutputPath | Should -BeLike "$folder*"
            { Import-FsrParameter $config -OUTPUTPATH Env:/out } | Should -Throw -ErrorId 'OverrideInvalid,*'
        }
        finally {
            Pop-Location
            Remove-PSDrive Results
        }
    }
}

Describe 'Completion of keys and files' {
    BeforeAll {
        function Complete([string] $Line) {
            @((TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText)
        }
    }

    It 'offers the parameters that stand for keys' {
        # In the order of the parameter file, after the cmdlet's own.
        Complete 'Import-FocalSeries -Foc' | Should -Be '-Focus', '-Focusspread', '-Foci'
        Complete 'Invoke-FsrReconstruction -Refinef' | Should -Be '-Refinefoci'
        Complete 'Invoke-FsrReconstruction -A2a' | Should -Be '-A2azimuth'
        Complete 'Invoke-FsrRun -NIm' | Should -Be '-NImages'
        Complete 'Invoke-FsrAutofocus -Lim' | Should -Be '-Limit'
        Complete 'Measure-FsrFocusStep -LinearI' | Should -BeNullOrEmpty
        Complete 'Invoke-FsrReconstruction -Lim' | Should -Be '-Limit'
    }

    It 'offers the words of a choice' {
        Complete 'Invoke-FsrPrealignment -Methprealign ' | Should -Be 'sequential-com', 'sequential', 'model'
    }

    It 'offers the files that a cmdlet reads' {
        Push-Location $folder
        try {
            $null = $reconstruction | Export-FsrWave ./mine.wav
            Complete 'Import-FsrParameter ' | Should -Contain './config.fsr'
            Complete 'Import-FsrParameter ' | Should -Not -Contain './mine.wav'
            Complete 'Import-FsrWave ./m' | Sort-Object | Should -Be './mine_filt.wav', './mine.wav'
            Complete 'Import-FsrDisplacement ./m' | Should -Be './mine_dxy.csv'
        }
        finally {
            Pop-Location
        }
    }
}

Describe 'Paths of <Name>' -ForEach @(
    @{ Name = 'Import-FsrParameter'; File = 'config.fsr' }, @{ Name = 'Test-FsrParameter'; File = 'config.fsr'; Quiet = $true }
    @{ Name = 'Import-FocalSeries'; File = 'config.fsr' }, @{ Name = 'Import-FsrWave'; File = 'kept.wav' }
    @{ Name = 'Import-FsrDisplacement'; File = 'kept_dxy.csv' }, @{ Name = 'Import-FsrFocus'; File = 'kept_foci.csv' }
    @{ Name = 'Invoke-FsrRun'; File = 'config.fsr' }
) {
    BeforeAll {
        # A name with brackets is a pattern for -Path and a name for -LiteralPath.
        $place = Join-Path $TestDrive 'a [b] c'
        $here = New-TestSeries $place -Count 2
        $null = $reconstruction | Export-FsrWave (Join-Path $TestDrive 'kept.wav')
        $null = $series | Export-FsrFocus (Join-Path $TestDrive 'kept_foci.csv')
        Get-ChildItem $TestDrive -Filter 'kept*' | ForEach-Object { [IO.File]::Copy($_.FullName, (Join-Path $place $_.Name), $true) }
        $more = switch ($Name) {
            'Import-FsrWave' { @{ Calibration = $series } }
            'Test-FsrParameter' { @{ Quiet = $true } }
            'Invoke-FsrRun' { @{ PrealignOnly = $true } }
            default { @{} }
        }
        $stem = $File -replace '\..*$'
        $ending = $File -replace '^.*\.'
    }

    It 'are relative to PowerShell''s location, and may be patterns, drives and ~' {
        $null = New-PSDrive -Name Series -PSProvider FileSystem -Root $place
        Push-Location -LiteralPath $place
        $home0 = (Get-PSProvider FileSystem).Home
        try {
            [Environment]::CurrentDirectory | Should -Not -Be $place
            & $Name $File @more | Should -Not -BeNullOrEmpty
            & $Name "./$($stem.Substring(0, $stem.Length - 1))?.$ending" @more | Should -Not -BeNullOrEmpty
            & $Name -LiteralPath $File @more | Should -Not -BeNullOrEmpty
            & $Name "Series:/$File" @more | Should -Not -BeNullOrEmpty
            & $Name -LiteralPath "Series:/$File" @more | Should -Not -BeNullOrEmpty
            (Get-PSProvider FileSystem).Home = $place
            & $Name -LiteralPath "~/$File" @more | Should -Not -BeNullOrEmpty
            & $Name "~/$File" @more | Should -Not -BeNullOrEmpty
        }
        finally {
            (Get-PSProvider FileSystem).Home = $home0
            Pop-Location
            Remove-PSDrive Series
        }
    }

    It 'may have brackets, come from the pipeline and by property, and a bad one is an error of its own' {
        $full = Join-Path $place $File
        & $Name -LiteralPath $full @more | Should -Not -BeNullOrEmpty
        Get-Item -LiteralPath $full | & $Name @more | Should -Not -BeNullOrEmpty
        [pscustomobject]@{ Path = [WildcardPattern]::Escape($full) } | & $Name @more | Should -Not -BeNullOrEmpty
        $missing = Join-Path $place 'no such file'
        (Get-CommandError { & $Name -LiteralPath $missing, $full @more }).FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*'
        @(& $Name -LiteralPath $missing, $full @more -ErrorAction Ignore).Count | Should -BeGreaterThan 0
    }
}

Describe 'Properties of an object' {
    It 'bind to what they are called' {
        ([pscustomobject]@{ Series = $series } | Invoke-FsrPrealignment).Displacements | Should -HaveCount 6
        ([pscustomobject]@{ Series = $series } | Invoke-FsrReconstruction -Iterations 1).History | Should -HaveCount 1
        ([pscustomobject]@{ Reconstruction = $reconstruction } | Invoke-FsrReconstruction -Iterations 1).History | Should -HaveCount 1
        ([pscustomobject]@{ Reconstruction = $reconstruction } | Measure-FsrFocusStep).Frames | Should -HaveCount 6
        [pscustomobject]@{ Reconstruction = $reconstruction } | Invoke-FsrAutofocus -WarningAction Ignore | Should -Not -BeNullOrEmpty
        [pscustomobject]@{ Wave = $reconstruction.Wave } | Compare-FsrWave $reconstruction.Wave | Should -Not -BeNullOrEmpty
        [pscustomobject]@{ Wave = $reconstruction.Wave } | Export-FsrWave (Join-Path $TestDrive 'property.wav') | Should -Exist
        [pscustomobject]@{ Wave = $reconstruction.Wave } | Export-FsrImage (Join-Path $TestDrive 'property') -Kind Phase | Should -Exist
        [pscustomobject]@{ Series = $series } | Export-FsrFocus (Join-Path $TestDrive 'property.csv') | Should -Exist
        [pscustomobject]@{ AlignedSeries = $aligned } | Export-FsrDisplacement (Join-Path $TestDrive 'property2.csv') | Should -Exist
    }

    It 'do not hide what the object is' {
        # A reconstruction has a series too, but is continued; an aligned one keeps its displacements.
        $unmoved = [FsRec.Series.AlignedSeries]::Unmoved($series)
        ($unmoved | Invoke-FsrReconstruction -Iterations 1).Displacements.Dx | Should -Be (, 0 * 6)
        $shifted = $unmoved | Invoke-FsrReconstruction -Iterations 1
        $continued = $shifted | Invoke-FsrReconstruction -Iterations 1
        $continued.History[0].LargestMove | Should -BeGreaterThan 0
        [Math]::Abs($continued.Displacements[0].Dx - $aligned.Displacements[0].Dx) | Should -BeGreaterThan 0.1
    }
}

Describe 'Keys in the table of -Set' {
    It 'complete: <Line>' -ForEach @(
        @{ Line = 'Import-FsrParameter x -Set @{ Li'; Word = 'Limit', 'LinearIterations'; At = 30 }
        @{ Line = 'Import-FocalSeries x.fsr -Set @{Foc'; Word = 'Foci', 'Focusspread'; At = 32 }
        @{ Line = '$s | Invoke-FsrReconstruction -Iterations 3 -Set @{ Limit = 5; Foci = (1..3), 4; Sem'; Word = @('Semiconvergence'); At = 81 }
        @{ Line = 'Invoke-FsrSweep x -Set @{ Limit = 4, 5; Lim'; Word = @(); At = 0 }
    ) {
        $found = TabExpansion2 $Line $Line.Length
        @($found.CompletionMatches.ListItemText) | Should -Be $Word
        if ($Word) {
            $found.CompletionMatches[0].CompletionText | Should -Be "$($Word[0]) = "
            $found.ReplacementIndex | Should -Be $At
            $found.CompletionMatches[0].ToolTip | Should -Not -BeNullOrEmpty
        }
    }

    It 'has its words completed: <Line>' -ForEach @(
        @{ Line = 'Invoke-FsrReconstruction -Set @{ Restoration = '; Word = "'Linear'", "'Wiener'", "'Nonlinear'" }
        @{ Line = 'Invoke-FsrSweep x -Set @{ Limit = 4, 5; Restoration = ''Linear'', ''W'; Word = @("'Wiener'") }
        @{ Line = 'Import-FsrParameter x -Set @{ Methprealign = '; Word = "'sequential-com'", "'sequential'", "'model'" }
    ) {
        @((TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText) | Should -Be $Word
    }

    It 'leave everything else to PowerShell, and go with the module' {
        (TabExpansion2 'Get-ChildIt' 11).CompletionMatches.CompletionText | Should -Contain 'Get-ChildItem'
        (TabExpansion2 'Some-Other -Set @{ Li' 21).CompletionMatches.Count | Should -Be 0
        (TabExpansion2 'Import-FsrParameter x -Set @{ Limit = Li' 40).CompletionMatches.CompletionText | Should -Not -Contain 'Limit = '
        Invoke-Fresh "`$a = `"`$function:TabExpansion2`"; Import-Module '$moduleFolder'; Remove-Module FsRec; `$a -eq `"`$function:TabExpansion2`"" | Should -Be 'True'
    }
}

Describe 'Numbers' {
    It 'are finite wherever a cmdlet takes one' {
        $tried = 0
        $taken = foreach ($command in Get-Command -Module FsRec -CommandType Cmdlet) {
            foreach ($parameter in $command.Parameters.Values) {
                $type = $parameter.ParameterType
                $element = if ($type.IsArray) { $type.GetElementType() } else { [Nullable]::GetUnderlyingType($type) ?? $type }
                if ($element -ne [double] -and $element -ne [float]) {
                    continue
                }

                foreach ($number in [double]::NaN, [double]::PositiveInfinity, [double]::NegativeInfinity) {
                    $tried++
                    $arguments = @{ $parameter.Name = $(if ($type.IsArray) { , (1.0, $number) } else { $number }); ErrorAction = 'Stop' }
                    try {
                        # The pipeline is empty, so that nothing is asked for and nothing done.
                        $null = @() | & $command @arguments
                        "$command -$($parameter.Name) $number"
                    }
                    catch {
                        if ($_.FullyQualifiedErrorId -notmatch '^(ParameterArgumentValidationError|ParameterArgumentTransformationError)') {
                            "$command -$($parameter.Name) ${number}: $($_.FullyQualifiedErrorId)"
                        }
                    }
                }
            }
        }

        $taken | Should -BeNullOrEmpty
        $tried | Should -BeGreaterThan 500
    }
}

Describe 'An object that a cmdlet does not take' {
    It 'is told what the cmdlet takes and which cmdlet makes it: <Call>' -ForEach @(
        @{ Call = { $series | Export-FsrWave x.wav }; Text = '*Export-FsrWave takes a reconstruction, of Invoke-FsrReconstruction, or a wave, of Import-FsrWave; this is a focal series.' }
        @{ Call = { $series | Export-FsrWave }; Text = '*Export-FsrWave takes a reconstruction*this is a focal series.' }
        @{ Call = { $series | Measure-FsrFocusStep }; Text = '*Measure-FsrFocusStep takes a reconstruction, of Invoke-FsrReconstruction; this is a focal series.' }
        @{ Call = { $series | Export-FsrDisplacement }; Text = '*takes an aligned series, of Invoke-FsrPrealignment, or a reconstruction, of Invoke-FsrReconstruction, or displacements, of Import-FsrDisplacement; this is a focal series.' }
        @{ Call = { $series | Measure-FsrResolution }; Text = '*a reconstruction, of Invoke-FsrReconstruction*' }
        @{ Call = { $series | Export-FsrBoxcar -Size 2 }; Text = '*an aligned series, of Invoke-FsrPrealignment; this is a focal series.' }
        @{ Call = { Get-FsrMicroscope titan-300-corrected | Invoke-FsrReconstruction }; Text = '*Invoke-FsrReconstruction takes a focal series, of Import-FocalSeries, or an aligned series, of Invoke-FsrPrealignment*; this is a microscope.' }
        @{ Call = { $config | Invoke-FsrReconstruction }; Text = "*a focal series, of Import-FocalSeries*this is the text '*config.fsr'." }
        @{ Call = { Get-Item $config | Invoke-FsrPrealignment }; Text = '*a focal series, of Import-FocalSeries; this is the file *' }
        @{ Call = { $reconstruction.Wave | Invoke-FsrPrealignment }; Text = '*Invoke-FsrPrealignment takes a focal series, of Import-FocalSeries; this is a wave.' }
        @{ Call = { 42 | Export-FsrWave }; Text = '*Export-FsrWave takes a reconstruction, of Invoke-FsrReconstruction, or a wave, of Import-FsrWave; this is the number 42.' }
        @{ Call = { @{ Limit = 5 } | Invoke-FsrReconstruction }; Text = '*a focal series, of Import-FocalSeries*; this is a hash table.' }
        @{ Call = { [pscustomobject] @{ Limit = 5 } | Export-FocalSeries x.mrc }; Text = '*takes a focal series, of Import-FocalSeries; this is an object with properties of its own.' }
        @{ Call = { $reconstruction.History[0] | Measure-FsrResolution }; Text = '*this is an iteration.' }
        @{ Call = { 42 | Export-FsrParameter x.fsr }; Text = '*Export-FsrParameter takes a focal series, of Import-FocalSeries, or parameters, of Import-FsrParameter; this is the number 42.' }
        @{ Call = { Measure-FsrFocusStep $series }; Text = '*takes a reconstruction, of Invoke-FsrReconstruction; this is a focal series.' }
        @{ Call = { Compare-FsrWave $series -Wave $reconstruction.Wave }; Text = '*Compare-FsrWave takes a reconstruction, of Invoke-FsrReconstruction, or a wave, of Import-FsrWave; this is a focal series.' }
    ) {
        $record = try { & $Call 2>&1 } catch { $_ }
        @($record)[0].FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        "$(@($record)[0])" | Should -BeLike $Text
    }

    It 'is a text to no cmdlet: <Call>' -ForEach @(
        @{ Call = { $reconstruction.History[0] | Import-FsrParameter }; Text = 'Import-FsrParameter takes the path of a file; this is an iteration.' }
        @{ Call = { $aligned | Invoke-FsrRun }; Text = 'Invoke-FsrRun takes the path of a file, or parameters, of Import-FsrParameter; this is an aligned series.' }
        @{ Call = { Get-Date | Get-FsrFile }; Text = 'Get-FsrFile takes the path of a file; this is an object of the type DateTime.' }
        @{ Call = { $reconstruction.History[0] | Receive-FsrSweep }; Text = 'Receive-FsrSweep takes the folder of a sweep; this is an iteration.' }
        @{ Call = { @{ Limit = 5 } | Watch-FsrFolder -Once }; Text = 'Watch-FsrFolder takes a folder; this is a hash table.' }
        @{ Call = { $reconstruction.History[0] | Get-FsrMicroscope }; Text = 'Get-FsrMicroscope takes the name of a microscope; this is an iteration.' }
    ) {
        $record = @(Get-CommandError $Call)
        $record | Should -HaveCount 1
        $record[0].FullyQualifiedErrorId | Should -BeLike 'InputNotTaken,*'
        "$($record[0])" | Should -BeExactly $Text
    }

    It 'is told in the words of the module by every cmdlet that takes something from the pipeline' {
        $run = (Invoke-FsrRun $config -Iterations 1 -OUTPUTFILENAME told -WarningAction Ignore).GetRecord()
        $others = @{ 'Compare-FsrRun' = @{ Reference = $run }; 'Compare-FsrWave' = @{ Reference = $reconstruction.Wave }; 'Export-FsrBoxcar' = @{ Size = 2 }; 'Invoke-FsrSweep' = @{ Set = @{ Limit = 3 } } }
        $tried = 0
        foreach ($command in Get-Command -Module FsRec -CommandType Cmdlet) {
            $sets = $command.Parameters.Values | Where-Object { $_.ParameterSets.Values.ValueFromPipeline -contains $true }
            if (-not $sets) {
                continue
            }

            $arguments = @{ ErrorAction = 'Stop' } + ($others[$command.Name] ?? @{})
            if ($command.Name -match '^Export-' -and $command.Parameters['Path'].ParameterSets.Values.IsMandatory -contains $true) {
                $arguments.Path = Join-Path $TestDrive 'never.mrc'
            }

            foreach ($given in 42, [Version]::new(1, 2), $reconstruction.History[0]) {
                $tried++
                $record = try { $given | & $command @arguments } catch { $_ }
                "$($record.FullyQualifiedErrorId.Split(',')[0]) $record" | Should -Not -Match 'InputObjectNotBound|IterationRecord|FsRec\.[A-Z]' -Because "$command of $($given.GetType().Name)"
            }
        }

        $tried | Should -BeGreaterThan 50
    }

    It 'is what every parameter looks at that takes objects of the module from the pipeline, for its own cmdlet' {
        foreach ($command in Get-Command -Module FsRec) {
            foreach ($property in $command.ImplementingType.GetProperties()) {
                $fromPipeline = $property.GetCustomAttributes([Management.Automation.ParameterAttribute], $true) | Where-Object ValueFromPipeline
                $type = $property.PropertyType.IsArray ? $property.PropertyType.GetElementType() : $property.PropertyType
                # Parameters stand for themselves on cmdlets that read a file as well, and these take any name.
                if ($fromPipeline -and $type.Namespace -like 'FsRec*' -and $type -ne [FsRec.Parameters.ReconstructionParameters]) {
                    $attribute = @($property.GetCustomAttributes([FsRec.PowerShell.PipelineArgumentAttribute], $true))
                    $attribute | Should -HaveCount 1 -Because "$($command.Name) -$($property.Name)"
                    $attribute[0].Cmdlet | Should -Be $command.ImplementingType
                }
            }
        }
    }
}
