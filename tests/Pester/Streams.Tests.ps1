BeforeAll {
    . $PSScriptRoot/common.ps1
    $made = New-FsrSimulatedSeries (Join-Path $TestDrive 'series') -Size 96 -FrameCount 5 -Drift 0.5 -Name made
    $series = $made | Import-FocalSeries
    $result = $series | Invoke-FsrReconstruction -Iterations 1
    $null = $result | Export-FsrWave
    # A series that was put together in memory has no name for its results.
    $nameless = (New-FsrSimulatedSeries -Size 64 -FrameCount 3 -Specimen Weak -Drift 0).Series
    $names = $nameless.Parameters.Files
    $names.GetType().GetProperty('OutputFileName').SetValue($names, '')
}

Describe 'The verbose stream' {
    It 'tells figures of <_>' -ForEach @(
        'Import-FsrParameter $made.ParameterFile', '$made | Import-FocalSeries', '$series | Invoke-FsrPrealignment'
        '$series | Invoke-FsrReconstruction -Iterations 1', '$result | Measure-FsrFocusStep', '$result | Invoke-FsrAutofocus', '$result | Compare-FsrWave $made'
        'New-FsrSimulatedSeries -Size 64 -FrameCount 3 -Specimen Weak', 'Invoke-FsrRun $made.ParameterFile -Iterations 1', 'Import-FsrWave -Parameter $series.Parameters'
        '$result | Export-FsrWave', '$result | Export-FsrImage'
    ) {
        $records = @(& ([scriptblock]::Create("$_ -Verbose 4>&1 3>`$null")) | Where-Object { $_ -is [Management.Automation.VerboseRecord] })
        @($records.Message -match '\d|out') | Should -Not -BeNullOrEmpty
        @(& ([scriptblock]::Create("$_ 4>&1 3>`$null")) | Where-Object { $_ -is [Management.Automation.VerboseRecord] }) | Should -BeNullOrEmpty
    }

    It 'tells the steps of a reconstruction in their order' {
        $records = @($series | Invoke-FsrReconstruction -Iterations 2 -Set @{ Methprealign = 'sequential' } -Verbose 4>&1 3>$null | Where-Object { $_ -is [Management.Automation.VerboseRecord] })
        $text = $records.Message -join "`n"
        $text | Should -Match '(?s)Pre-alignment \d/\d: largest move [\d.]+ px.*Reconstruction 1/2: .*Reconstruction 2/2: largest move [\d.]+ px, scattered [\d.]+ %.*residual [\d.]+'
    }
}

Describe 'The debug stream' {
    It 'saves the intermediates with -Debug and says where: <Name>' -ForEach @(
        @{ Name = 'Invoke-FsrReconstruction'; Call = { param($more) $series | Invoke-FsrReconstruction -Iterations 1 -Set @{ OUTPUTFILENAME = 'dbg' } @more } }
        @{ Name = 'Invoke-FsrRun'; Call = { param($more) Invoke-FsrRun $made.ParameterFile -Iterations 1 -Set @{ OUTPUTFILENAME = 'dbg' } -Confirm:$false @more } }
    ) {
        $folder = Join-Path $TestDrive 'series/results/dbg_debug'
        Remove-Item $folder -Recurse -ErrorAction Ignore
        # A preference alone makes no files.
        $DebugPreference = 'Continue'
        $null = & $Call @{} 5>$null
        $folder | Should -Not -Exist
        $DebugPreference = 'SilentlyContinue'

        $records = @(& $Call @{ Debug = $true } 5>&1 | Where-Object { $_ -is [Management.Automation.DebugRecord] })
        $index = Join-Path $folder 'index.csv'
        @($records.Message) -like "*$index*" | Should -HaveCount 1
        $rows = Import-Csv $index
        @($rows | Where-Object file -Like 'simulated_*') | Should -HaveCount 5
        $rows | ForEach-Object { Join-Path $folder $_.file | Should -Exist }
    }

    It 'saves those of a series in memory at PowerShell''s location' {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'here')).FullName
        Push-Location $folder
        try {
            $null = New-FsrSimulatedSeries -Size 64 -FrameCount 3 -Specimen Weak -Drift 0 | Invoke-FsrReconstruction -Iterations 1 -Debug -Set @{ Prealignment = 'Off' } 5>$null
        }
        finally {
            Pop-Location
        }

        Join-Path $folder 'results/simulated_debug/index.csv' | Should -Exist
    }
}

Describe 'The warning stream' {
    It 'tells of drift near the edge' {
        $near = New-TestSeries (Join-Path $TestDrive 'near') -Count 4 -Drift 5, 0 -Set @{ AREA = '[48,48]' }
        $null = Import-FocalSeries $near | Invoke-FsrPrealignment -WarningVariable warnings -WarningAction SilentlyContinue
        @($warnings.Message) -like '*near the frame''s edge*' | Should -HaveCount 1
        $far = New-TestSeries (Join-Path $TestDrive 'room') -Count 4 -Drift 0.5, 0
        $null = Import-FocalSeries $far | Invoke-FsrPrealignment -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
    }

    It 'tells of iterations that do not converge, once all are made: <Name>' -ForEach @(
        @{ Name = 'Invoke-FsrReconstruction'; Call = { param($set, $more) $series | Invoke-FsrReconstruction -Set $set -WarningVariable script:told -WarningAction SilentlyContinue @more } }
        @{ Name = 'Invoke-FsrRun'; Call = { param($set, $more) Invoke-FsrRun $made.ParameterFile -Set (@{ OUTPUTFILENAME = 'conv' } + $set) -WarningVariable script:told -WarningAction SilentlyContinue @more } }
    ) {
        $null = & $Call @{ LinearIterations = 2; Alignmentprecision = 1e-6 } @{}
        @($told.Message) -like 'NotConverged: the last of 2 iterations*px*' | Should -HaveCount 1
        $null = & $Call @{ LinearIterations = 2; Alignmentprecision = 50 } @{}
        @($told.Message) -like 'NotConverged*' | Should -BeNullOrEmpty
        $null = & $Call @{ LinearIterations = 20; Alignmentprecision = 1e-6 } @{ Iterations = 2 }
        @($told.Message) -like 'NotConverged*' | Should -BeNullOrEmpty
    }

    It 'tells how the foci were read' {
        $null = Import-FsrParameter $made.ParameterFile -Set @{ Range = , @(1, 3) } -WarningVariable warnings -WarningAction SilentlyContinue
        @($warnings.Message) -like '*Foci*ramp*selection*' | Should -HaveCount 1
    }
}

Describe 'The error stream' {
    It 'goes on with the next item of a pipeline' {
        $bad = Join-Path $TestDrive 'bad.fsr'
        Set-Content $bad 'Limit=fast'
        $errors = $null
        $read = @($made.ParameterFile, (Join-Path $TestDrive 'none.fsr'), $bad, $made.ParameterFile | Import-FocalSeries -ErrorVariable errors -ErrorAction SilentlyContinue -WarningAction SilentlyContinue)
        $read | Should -HaveCount 2
        $errors.FullyQualifiedErrorId | ForEach-Object { ($_ -split ',')[0] } | Should -Be 'PathNotFound', 'ParameterFileInvalid'
        $far = New-TestSeries (Join-Path $TestDrive 'far') -Drift 5, 0 -Set @{ AREA = '[60,60]' }
        Add-Content $far "[RECONSTRUCTION]`nMethprealign=sequential"
        $done = @($far, $made.ParameterFile | Import-FocalSeries | Invoke-FsrReconstruction -Iterations 1 -ErrorVariable errors -ErrorAction SilentlyContinue -WarningAction SilentlyContinue)
        $done | Should -HaveCount 1
        @($errors)[0].FullyQualifiedErrorId | Should -BeLike 'AlignmentFailed,*'
    }

    It 'has the id <Id>' -ForEach @(
        @{ Id = 'PathNotFound'; Call = { Import-FsrParameter (Join-Path $TestDrive 'none.fsr') } }
        @{ Id = 'PathIsFolder'; Call = { Import-FsrParameter $TestDrive } }
        @{ Id = 'PathNotFileSystem'; Call = { Import-FsrParameter env:PATH } }
        @{ Id = 'ParameterFileInvalid'; Call = { Set-Content (Join-Path $TestDrive 'x.fsr') 'Limit=a'; Import-FsrParameter (Join-Path $TestDrive 'x.fsr') 3>$null } }
        @{ Id = 'OverrideInvalid'; Call = { $series | Invoke-FsrPrealignment -Set @{ Limit = -1 } } }
        @{ Id = 'DataNotFound'; Call = { Import-FocalSeries $made.ParameterFile -Set @{ INPUTFILENAME = 'none' } } }
        @{ Id = 'DataInvalid'; Call = { Set-Content (Join-Path $TestDrive 'x.wav') 'short'; Import-FsrWave (Join-Path $TestDrive 'x.wav') -Calibration $series } }
        @{ Id = 'CalibrationMissing'; Call = { Set-Content (Join-Path $TestDrive 'x.wav') 'short'; Import-FsrWave (Join-Path $TestDrive 'x.wav') } }
        @{ Id = 'ImageNotInSeries'; Call = { $series | Export-FsrImage $TestDrive -ImageNumber 99 } }
        @{ Id = 'NoOutputName'; Call = { $nameless | Export-FsrFocus } }
        @{ Id = 'OperationFailed'; Call = { New-FsrSimulatedSeries -Size 64 -Limit 100 } }
        @{ Id = 'WriteFailed'; Call = { Set-Content (Join-Path $TestDrive 'file') 'x'; $result | Export-FsrWave (Join-Path $TestDrive 'file/x.wav') } }
    ) {
        $record = Get-CommandError $Call
        $record | Should -HaveCount 1
        $record.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $record.Exception.Message.Length | Should -BeGreaterThan 20
    }
}
