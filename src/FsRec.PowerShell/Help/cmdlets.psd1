# What help says of each cmdlet. Parameters are described by the comments on their properties; write-help.ps1 joins both.
@{
    'Compare-FsrWave' = @{
        Synopsis    = 'Compares an exit wave with a known one.'
        Description = 'Takes out what a focal series cannot tell - a common translation, the global phase, a common defocus and, if asked, a tilt of the illumination - and then gives the relative error, the correlation and the Fourier ring correlation within a band. The band is that between the lower reconstruction limit and Limit of the parameters, unless Band is given.'
        Inputs      = 'FsRec.Results.Reconstruction', 'FsRec.ExitWave'
        Examples    = @(
            @{ Code = '$truth = New-FsrSimulatedSeries -Size 128 -FrameCount 8
$truth | Invoke-FsrReconstruction | Compare-FsrWave $truth'; Remarks = 'Reconstructs a simulated series and holds it against the wave it was made from.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8
$p = Import-FsrParameter demo/simulated.fsr
$null = Import-FocalSeries demo/simulated.fsr | Invoke-FsrReconstruction -Iterations 3 | Export-FsrWave a.wav
$null = Import-FocalSeries demo/simulated.fsr | Invoke-FsrReconstruction -Method Wiener -Iterations 3 | Export-FsrWave b.wav
Import-FsrWave a.wav -Calibration $p | Compare-FsrWave (Import-FsrWave b.wav -Calibration $p) -Parameter $p -Band 1, 4'; Remarks = 'Reconstructs a simulated series in two ways and compares the waves of both files between 1 and 4 1/nm.' }
        )
    }
    'Export-FsrBoxcar' = @{
        Synopsis    = 'Writes sums of neighbouring aligned frames.'
        Description = 'Aligns the frames by their displacements and sums Size neighbours each. Frames that do not fill a sum are left out, with a warning. The sums are written as OUTPUTFILENAME_boxcar_m_float32_NNN.raw, with a parameter file OUTPUTFILENAME_boxcar_m.fsr that reconstructs them as it stands.'
        Inputs      = 'FsRec.Series.AlignedSeries'
        Examples    = @(
            @{ Code = 'New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries | Invoke-FsrPrealignment | Export-FsrBoxcar 4'; Remarks = 'Sums four frames each of a pre-aligned series.' }
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries | Invoke-FsrReconstruction
$files = $reconstruction | Export-FsrBoxcar 2 ./sums
Import-FocalSeries $files[-1] | Invoke-FsrReconstruction'; Remarks = 'Sums by the displacements of a reconstruction and reconstructs the sums.' }
        )
    }
    'Export-FsrDisplacement' = @{
        Synopsis    = 'Writes the displacements of a series.'
        Description = 'Writes image number, dx and dy in px, as PyFSRec does in OUTPUTFILENAME_dxy.csv. dx is along columns, dy along rows; the aligned frame is the frame moved by (-dx, -dy).'
        Inputs      = 'FsRec.Series.AlignedSeries', 'FsRec.Results.Reconstruction', 'FsRec.FrameDisplacement'
        Examples    = @(
            @{ Code = 'New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries | Invoke-FsrPrealignment | Export-FsrDisplacement'; Remarks = 'Pre-aligns a series and writes its displacements where --useprevious looks for them.' }
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries | Invoke-FsrReconstruction
$reconstruction.Displacements | Export-FsrDisplacement found.csv -NoClobber'; Remarks = 'Writes displacements to a new file; an existing one is left as it is.' }
        )
    }
    'Export-FsrFocus' = @{
        Synopsis    = 'Writes the foci of a series.'
        Description = 'Writes image number and defocus in nm, as PyFSRec does in OUTPUTFILENAME_foci.csv.'
        Inputs      = 'FsRec.Series.FocalSeries', 'FsRec.FrameFocus'
        Examples    = @(
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries | Invoke-FsrReconstruction
($reconstruction | Measure-FsrFocusStep).RefinedFoci | Export-FsrFocus foci.csv'; Remarks = 'Writes the foci that a focus-step analysis found.' }
            @{ Code = 'New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries | Export-FsrFocus'; Remarks = 'Writes the foci of a series frame by frame.' }
        )
    }
    'Export-FsrImage' = @{
        Synopsis    = 'Draws amplitude and phase of a wave, or frames of a series, as PNG.'
        Description = 'Draws grey, or in the colours of ColorMap, over the range of the data less a small share of its extremes. Files are named after OUTPUTFILENAME or Path: _amplitude.png, _phase.png, with _filt before it for the filtered wave, and _frame_NNN.png. Given parameters or a row of a sweep, it reads the wave of their earlier results.'
        Inputs      = 'FsRec.Results.Reconstruction', 'FsRec.ExitWave', 'FsRec.Series.FocalSeries', 'FsRec.Parameters.ReconstructionParameters', 'FsRec.Sweeps.SweepRow'
        Examples    = @(
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries | Invoke-FsrReconstruction
$reconstruction | Export-FsrImage -Filtered -Kind Phase'; Remarks = 'Draws the phase of the filtered wave beside the results.' }
            @{ Code = 'New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries | Export-FsrImage . -ShowArea'; Remarks = 'Draws the first frame with the reference area into the current folder, as --showarea does.' }
        )
    }
    'Export-FsrParameter' = @{
        Synopsis    = 'Writes parameters as a commented parameter file.'
        Description = 'Writes every key with a comment that says what it means, its unit and its default. Relative folders are written in full when the file goes to another folder than the one they are relative to.'
        Inputs      = 'FsRec.Parameters.ReconstructionParameters'
        Examples    = @(
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8
Import-FsrParameter demo/simulated.fsr | Export-FsrParameter tidy.fsr'; Remarks = 'Writes a parameter file anew, with all keys and comments.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8
Import-FsrParameter demo/simulated.fsr | Export-FsrParameter limit5.fsr -Limit 5'; Remarks = 'Writes a variant with another reconstruction limit.' }
        )
    }
    'Export-FsrWave' = @{
        Synopsis    = 'Writes an exit wave, and of a reconstruction the filtered wave and the displacements.'
        Description = 'Writes OUTPUTFILENAME.wav, OUTPUTFILENAME_filt.wav and OUTPUTFILENAME_dxy.csv into OUTPUTPATH, or under the name that Path gives. Waves are complex64, row by row, without a header. With Savealigned=On the aligned frames are written too. Existing files are replaced unless NoClobber is given, and then none is written.'
        Inputs      = 'FsRec.Results.Reconstruction', 'FsRec.ExitWave'
        Examples    = @(
            @{ Code = 'New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries | Invoke-FsrReconstruction | Export-FsrWave'; Remarks = 'Reconstructs and writes the three files that PyFSRec writes.' }
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries | Invoke-FsrReconstruction -Limit 5
$reconstruction | Export-FsrWave ./variants/limit5.wav -PassThru | Export-FsrImage ./variants/limit5'; Remarks = 'Writes under another name and goes on with the reconstruction.' }
        )
    }
    'Import-FocalSeries' = @{
        Synopsis    = 'Reads the frames that a parameter file names.'
        Description = 'Reads the frames that Range selects, repairs outliers when Fixhotpix is on, and divides each frame by its mean, so that the vacuum is 1. The parameters travel with the series; later cmdlets need not be told again.'
        Inputs      = 'System.String', 'System.IO.FileInfo', 'FsRec.Parameters.ReconstructionParameters'
        Examples    = @(
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8
Import-FocalSeries demo/simulated.fsr'; Remarks = 'Reads the series of a parameter file, here that of a simulated series.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries | Export-FsrFocus refined.csv
Import-FocalSeries demo/simulated.fsr -Range (2..4) -Focus (Import-FsrFocus refined.csv | Where-Object ImageNumber -In (2..4))'; Remarks = 'Reads frames 2 to 4 only, with their foci of a file.' }
        )
    }
    'Import-FsrDisplacement' = @{
        Synopsis    = 'Reads the displacements of a series.'
        Description = 'Reads image number, dx and dy in px from a _dxy.csv file, one object a frame. Given parameters, it reads those of their earlier results.'
        Inputs      = 'System.String', 'System.IO.FileInfo', 'FsRec.Parameters.ReconstructionParameters'
        Examples    = @(
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries | Invoke-FsrPrealignment | Export-FsrDisplacement found.csv
Import-FsrDisplacement found.csv | Sort-Object Dx -Descending | Select-Object -First 3'; Remarks = 'Shows the three frames that lie farthest to the right.' }
            @{ Code = '$series = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries
$null = $series | Invoke-FsrPrealignment | Export-FsrDisplacement
$series | Invoke-FsrReconstruction -Displacement ($series | Import-FsrDisplacement)'; Remarks = 'Starts a reconstruction from the displacements of an earlier one.' }
        )
    }
    'Import-FsrFocus' = @{
        Synopsis    = 'Reads the refined foci of a series.'
        Description = 'Reads image number and defocus in nm from a _foci.csv file, one object a frame. Given parameters, it reads those of their earlier results.'
        Inputs      = 'System.String', 'System.IO.FileInfo', 'FsRec.Parameters.ReconstructionParameters'
        Examples    = @(
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries | Export-FsrFocus
Import-FocalSeries demo/simulated.fsr -Focus (Import-FsrParameter demo/simulated.fsr | Import-FsrFocus)'; Remarks = 'Reads a series with the foci that an earlier analysis wrote.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries | Export-FsrFocus foci.csv
Import-FsrFocus foci.csv | Measure-Object Defocus -Minimum -Maximum'; Remarks = 'Tells the range of the foci.' }
        )
    }
    'Import-FsrParameter' = @{
        Synopsis    = 'Reads parameter files (PRM) of PyFSRec.'
        Description = 'Reads a parameter file into one immutable object. Doubtful lines are warnings with their line numbers; errors are listed together in one error record about the file, and there are no parameters then. Keys are those of PyFSRec''s documentation, in any case.'
        Inputs      = 'System.String', 'System.IO.FileInfo'
        Examples    = @(
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8
Import-FsrParameter demo/simulated.fsr | Format-List'; Remarks = 'Shows what a parameter file says.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8
Get-ChildItem *.fsr -Recurse | Import-FsrParameter -Limit 5 -Alignmentfilter 0.5, 4'; Remarks = 'Reads all parameter files below the folder with another limit and alignment filter.' }
        )
    }
    'Import-FsrWave' = @{
        Synopsis    = 'Reads exit waves.'
        Description = 'Reads a .wav file of complex64, or of two float16 a pixel, which its size tells apart. The file has no header, so shape and scale must be given: by Calibration, for which parameters, a series or another wave may stand. Given parameters alone, it reads the wave of their earlier results.'
        Inputs      = 'System.String', 'System.IO.FileInfo', 'FsRec.Parameters.ReconstructionParameters'
        Examples    = @(
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries | Invoke-FsrReconstruction | Export-FsrWave
Import-FsrParameter demo/simulated.fsr | Import-FsrWave -Filtered'; Remarks = 'Reads the filtered wave of an earlier run.' }
            @{ Code = '$series = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries
$null = $series | Invoke-FsrReconstruction | Export-FsrWave other.wav
Import-FsrWave other.wav -Calibration $series'; Remarks = 'Reads a wave of the shape of a series.' }
        )
    }
    'Invoke-FsrAutofocus' = @{
        Synopsis    = 'Finds the focus of least contrast of a wave and corrects wave and foci by it.'
        Description = 'Propagates the wave over plus and minus Autofocusrange and takes the focus at which the real part of the wave has least contrast inside the reference area, after Autofocusfilter. The result holds the corrected reconstruction, which Invoke-FsrReconstruction and the Export cmdlets take from the pipeline, and the corrected foci as a value of the key Foci. Use it once, then reconstruct again.'
        Inputs      = 'FsRec.Results.Reconstruction', 'FsRec.ExitWave'
        Examples    = @(
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries | Invoke-FsrReconstruction
$focused = $reconstruction | Invoke-FsrAutofocus
$focused.FociText'; Remarks = 'Shows the corrected foci for the parameter file.' }
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries | Invoke-FsrReconstruction
$reconstruction | Invoke-FsrAutofocus -Autofocusrange 100 | Invoke-FsrReconstruction | Export-FsrWave'; Remarks = 'Searches 100 nm to either side, reconstructs again and writes the result.' }
        )
    }
    'Invoke-FsrPrealignment' = @{
        Synopsis    = 'Finds the displacements of a focal series before there is a wave to compare with.'
        Description = 'Aligns each frame to the one before, or with Commonframe to an averaged frame, inside the reference area and after Alignmentfilter; with Methprealign=model, the default where the contrast transfer changes sign inside the series, each frame to the image that the others predict for it. The displacements come out mean-free. A frame that drifts so far that the reference area lies over its edge is an error that names it.'
        Inputs      = 'FsRec.Series.FocalSeries'
        Examples    = @(
            @{ Code = '$aligned = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries | Invoke-FsrPrealignment
$aligned.Displacements'; Remarks = 'Pre-aligns a series and shows the displacements in px.' }
            @{ Code = '$series = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Dose 50 | Import-FocalSeries
(Invoke-FsrPrealignment $series -Commonframe $true -Raverage 4 -IncludeHistory).Rounds'; Remarks = 'Pre-aligns a low-dose series to averages of four frames and shows the rounds.' }
        )
    }
    'Invoke-FsrReconstruction' = @{
        Synopsis    = 'Reconstructs the exit wave of a focal series.'
        Description = 'Iterates alignment, back-projection and simulation, then restores the wave by the method that the key Restoration or -Method names: Linear is PyFSRec''s back-projection, Wiener is least squares for low dose, Nonlinear fits the full images with displacements and foci. The last two state their own errors in Uncertainty. A series that is not aligned is pre-aligned first, unless its parameters say Prealignment=Off or displacements are given; then it starts from those, or from zero. A previous reconstruction is continued from its wave and displacements. With Saveintermediaterec=On the wave of every iteration is written. Ctrl+C stops at once and leaves no half-written file.'
        Inputs      = 'FsRec.Series.FocalSeries', 'FsRec.Series.AlignedSeries', 'FsRec.Results.Reconstruction'
        Examples    = @(
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries | Invoke-FsrReconstruction -Verbose
$reconstruction.History'; Remarks = 'Reconstructs a series, telling each iteration, and shows the history.' }
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries | Invoke-FsrReconstruction
$reconstruction | Invoke-FsrReconstruction -Iterations 5 -Limit 5 -Focusspread 4'; Remarks = 'Continues with five iterations under another limit.' }
            @{ Code = '$careful = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries | Invoke-FsrReconstruction -Method Wiener
$careful.Uncertainty.Frames'; Remarks = 'Restores by least squares and shows the standard errors of each frame.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries | Invoke-FsrReconstruction | Export-FsrWave
Import-FocalSeries demo/simulated.fsr | Invoke-FsrReconstruction -UsePrevious'; Remarks = 'Continues from the files of an earlier run, as --useprevious does.' }
        )
    }
    'Invoke-FsrRun' = @{
        Synopsis    = 'Runs a parameter file from end to end, as PyFSRec''s main program does.'
        Description = 'Reads the frames, aligns, reconstructs and writes the results under OUTPUTPATH. The switches are PyFSRec''s options. What is found comes back as an object with the list of files written.'
        Inputs      = 'System.String', 'System.IO.FileInfo', 'FsRec.Parameters.ReconstructionParameters'
        Examples    = @(
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8
Invoke-FsrRun demo/simulated.fsr'; Remarks = 'Does what "PyFSRec.py --prm demo/simulated.fsr" does.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8
Invoke-FsrRun demo/simulated.fsr -Method Wiener -Resume'; Remarks = 'Restores by least squares; a run that was stopped is taken up.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8
$null = Invoke-FsrRun demo/simulated.fsr
Invoke-FsrRun demo/simulated.fsr -StepAnalysis -UsePrevious -LinIter 4'; Remarks = 'Makes four more iterations from the previous output, then analyses the focus steps.' }
        )
    }
    'Invoke-FsrSweep' = @{
        Synopsis    = 'Reconstructs a series with every combination of some values of its parameters.'
        Description = 'Runs the grid that Set spans and puts out one row a run as it finishes: the swept values, residual, scattered fraction, highest transferred frequency, time and folder. The frames are read once, and the pre-alignment is shared by runs that agree in what it looks at. Each run writes wave, filtered wave, displacements and a parameter file into a folder of its own, named after its values. A run that is complete there, from the same frames, parameters and version, is read back instead of done again, so that a sweep that was stopped goes on where it was; Force does all anew. A run that fails is an error with its values, and the others go on. Rows go into Export-FsrImage, Import-FsrWave and Import-FocalSeries.'
        Inputs      = 'System.String', 'System.IO.FileInfo', 'FsRec.Parameters.ReconstructionParameters'
        Examples    = @(
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8
Invoke-FsrSweep demo/simulated.fsr -LinearIterations 3 -Set @{ Limit = 3..5; Focusspread = 4, 6, 8 } | Sort-Object ResidualRms'; Remarks = 'Nine reconstructions, the one of least residual first.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8
$p = Import-FsrParameter demo/simulated.fsr
Invoke-FsrSweep -Parameter $p -Set @{ Alignmentfilter = (0.5, 3), (1, 4) } -LinearIterations 5 -ThrottleLimit 2 | Export-FsrImage -Kind Phase'; Remarks = 'Tries two alignment filters, two runs at a time, and draws the phase of each in its folder.' }
        )
    }
    'Measure-FsrFocusStep' = @{
        Synopsis    = 'Finds the focus of every frame by the reconstructed wave, and the focus step.'
        Description = 'Simulates the image of the wave over Rangemultiplier times the focal range and takes for each frame the focus whose image differs least. A line through all of them gives the step; frames far off it are marked as outliers. RefinedFociText and FittedFociText are values of the key Foci.'
        Inputs      = 'FsRec.Results.Reconstruction'
        Examples    = @(
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries | Invoke-FsrReconstruction
$analysis = $reconstruction | Measure-FsrFocusStep
$analysis.Frames | Where-Object IsOutlier'; Remarks = 'Analyses the foci and shows the frames that deserve a look.' }
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 | Import-FocalSeries | Invoke-FsrReconstruction
$reconstruction | Measure-FsrFocusStep -Set @{ Rangemultiplier = 2; Stepmultiplier = 0.2 } | Format-List'; Remarks = 'Searches a wider range in finer steps.' }
        )
    }
    'New-FsrSimulatedSeries' = @{
        Synopsis    = 'Simulates the focal series that a microscope records of a known specimen.'
        Description = 'Simulates frames with drift, noise and the full image model. Given a folder, it writes frames, a parameter file and the truth; the object then has the parameter file''s path, and Import-FocalSeries takes it from the pipeline. What is not given is the demonstration''s: a thin crystal, 20 frames of 384 x 384 px. The same seed gives the same series.'
        Inputs      = 'None'
        Examples    = @(
            @{ Code = 'New-FsrSimulatedSeries ./demo -Size 128 -FrameCount 8 | Import-FocalSeries | Invoke-FsrReconstruction'; Remarks = 'Writes the demonstration''s series and reconstructs it.' }
            @{ Code = 'New-FsrSimulatedSeries -Size 128 -FrameCount 6 -DoseSpread 0.2 -FocusOffset 5 -Background 0.05'; Remarks = 'Simulates a series whose doses differ, whose foci are all off by 5 nm, and whose detector adds 5 % everywhere.' }
            @{ Code = 'New-FsrSimulatedSeries -Specimen GoldParticle -Size 256 -FrameCount 12 -Dose 500 -Seed 7'; Remarks = 'Simulates another series in memory.' }
        )
    }
    'Test-FsrParameter' = @{
        Synopsis    = 'Says what is wrong or doubtful about parameter files or parameters.'
        Description = 'Puts out one finding for each problem, with file, line, key, message and severity; nothing for a file without any. With Quiet it puts out only whether there is no error.'
        Inputs      = 'System.String', 'System.IO.FileInfo', 'FsRec.Parameters.ReconstructionParameters'
        Examples    = @(
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8
Set-Content wrong.fsr "[OPTICS]", "Voltag=300"
Get-ChildItem -Recurse *.fsr | Test-FsrParameter | Format-Table'; Remarks = 'Lists the problems of all parameter files below the folder.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8
if (Test-FsrParameter demo/simulated.fsr -Quiet) { Invoke-FsrRun demo/simulated.fsr }'; Remarks = 'Runs a parameter file only if it has no error.' }
        )
    }
}
