# What help says of each cmdlet. Parameters are described by the comments on their properties; write-help.ps1 joins both.
@{
    'Compare-FsrRun' = @{
        Synopsis    = 'Says what differs between two runs.'
        Description = 'Takes the records of two runs - OUTPUTFILENAME_run.json, a folder with one, what fsrec --json printed, or what Invoke-FsrRun gave - and puts out an object for each thing that differs, those that explain others first: version, processor, what was done, parameters, frames by their content, outcome, warnings, figures, files. Relative is how far a figure moved. Of a figure that every image has, as its displacement, the image that differs most is put out, and each with -EveryImage. Two runs that agree give nothing.'
        Inputs      = 'FsRec.Runs.RunRecord', 'FsRec.Runs.RunResult', 'System.String', 'System.IO.FileInfo'
        Examples    = @(
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
$a = Invoke-FsrRun demo/simulated.fsr -OUTPUTFILENAME four -Limit 4
$b = Invoke-FsrRun demo/simulated.fsr -OUTPUTFILENAME five -Limit 5
Compare-FsrRun $a $b -Kind Parameter, Warning'; Remarks = 'Says in which parameters and warnings two runs differ.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
$null = Invoke-FsrRun demo/simulated.fsr -OUTPUTFILENAME four -Limit 4
$null = Invoke-FsrRun demo/simulated.fsr -OUTPUTFILENAME five -Limit 5
Compare-FsrRun demo/results/four_run.json demo/results/five_run.json | Group-Object What'; Remarks = 'Counts the differences of two records by kind.' }
        )
    }
    'Compare-FsrWave' = @{
        Synopsis    = 'Compares an exit wave with a known one.'
        Description = 'Takes out what a focal series cannot tell - a common translation, the global phase, a common defocus and, if asked, a tilt of the illumination - and then gives the relative error, the correlation and the Fourier ring correlation within a band. The band is that between the lower reconstruction limit and Limit of the parameters, unless Band is given.'
        Inputs      = 'FsRec.Results.Reconstruction', 'FsRec.ExitWave'
        Examples    = @(
            @{ Code = '$truth = New-FsrSimulatedSeries -Size 128 -FrameCount 8
$truth | Invoke-FsrReconstruction | Compare-FsrWave $truth'; Remarks = 'Reconstructs a simulated series and holds it against the wave it was made from.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
$p = Import-FsrParameter demo/simulated.fsr
$null = Import-FocalSeries demo/simulated.fsr | Invoke-FsrReconstruction -Iterations 3 | Export-FsrWave a.wav
$null = Import-FocalSeries demo/simulated.fsr | Invoke-FsrReconstruction -Method Wiener -Iterations 3 | Export-FsrWave b.wav
Import-FsrWave a.wav -Calibration $p | Compare-FsrWave (Import-FsrWave b.wav -Calibration $p) -Parameter $p -Band 1, 4'; Remarks = 'Reconstructs a simulated series in two ways and compares the waves of both files between 1 and 4 1/nm.' }
        )
    }
    'Export-FocalSeries' = @{
        Synopsis    = 'Writes the frames of a series into one file for other programs.'
        Description = 'Writes the frames as they were recorded, in single precision, with scale and with what made the file where the format has a place for it. The ending says the format: .tif is float TIFF that Fiji opens with its scale, .mrc MRC2014, .npy NumPy (which has no scale), .hspy a HyperSpy signal, .emd the EMD of NCEM. The frames that PyFSRec takes are written by Export-FsrParameter -Raw.'
        Inputs      = 'FsRec.Series.FocalSeries'
        Examples    = @(
            @{ Code = 'New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Export-FocalSeries series.tif'; Remarks = 'Makes a stack for Fiji of a series.' }
            @{ Code = 'New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Export-FocalSeries series.hspy -NoClobber'; Remarks = 'Writes the frames of a parameter file as a HyperSpy signal; an existing file is left as it is.' }
        )
    }
    'Get-FsrFile' = @{
        Synopsis    = 'Tells what is in files of images.'
        Description = 'Reads format, shape, number type, axes, pixel size, voltage, exposure and foci of Gatan, MRC, TIFF, HDF5 (Velox, NCEM, HyperSpy, NeXus), SER, NumPy and PNG files, and of a SerialEM .mdoc beside them, without reading the pixels: one object for each stack of images in a file. Content decides what a file is, not its name. Foci are as the file writes them in RecordedFoci, and in nm with underfocus negative in Foci; DefocusSource says by which unit and sign.'
        Inputs      = 'System.String', 'System.IO.FileInfo'
        Examples    = @(
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Export-FocalSeries stack.mrc
Get-FsrFile *.mrc'; Remarks = 'Lists the MRC files of a folder with shape and scale.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Export-FocalSeries stack.mrc
Get-FsrFile stack.mrc | Format-List'; Remarks = 'Shows everything that is known of a stack.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
Get-FsrFile demo/simulated000.raw -Dimensions 128, 128 -PixelType Float32'; Remarks = 'Tells how many images a file without a header holds.' }
        )
    }
    'Get-FsrMicroscope' = @{
        Synopsis    = 'Lists the microscopes that Import-FocalSeries knows by name.'
        Description = 'Lists usual values of microscopes: those that come with the module, then those of files fsrec/microscopes.json in the system''s and the user''s folder of application data and of the files that the environment variable FSREC_MICROSCOPES names, which replace others of the same name. A file looks as { "microscopes": [ { "name": "ours", "voltage": 300, "c3": -8000, "c5": 0, "semiconvergence": 0.2, "focusSpread": 4, "imageSpread": 20 } ] }, with kV, nm, nm, mrad, nm, pm. The values are nominal; measured ones are better.'
        Inputs      = 'System.String'
        Examples    = @(
            @{ Code = 'Get-FsrMicroscope *corrected*'; Remarks = 'Lists the corrected microscopes.' }
            @{ Code = 'Set-Content facility.json ''{ "microscopes": [ { "name": "ours", "voltage": 300, "c3": -8000, "c5": 0, "semiconvergence": 0.2, "focusSpread": 4, "imageSpread": 20 } ] }''
Get-FsrMicroscope -Path ./facility.json'; Remarks = 'Reads a facility''s own file as well.' }
        )
    }
    'Export-FsrBoxcar' = @{
        Synopsis    = 'Writes sums of neighbouring aligned frames.'
        Description = 'Aligns the frames by their displacements and sums Size neighbours each. Frames that do not fill a sum are left out, with a warning. The sums are written as OUTPUTFILENAME_boxcar_m_float32_NNN.raw, with a parameter file OUTPUTFILENAME_boxcar_m.fsr that reconstructs them as it stands.'
        Inputs      = 'FsRec.Series.AlignedSeries'
        Examples    = @(
            @{ Code = 'New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrPrealignment | Export-FsrBoxcar 4'; Remarks = 'Sums four frames each of a pre-aligned series.' }
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrReconstruction
$files = $reconstruction | Export-FsrBoxcar 2 ./sums
Import-FocalSeries $files[-1] | Invoke-FsrReconstruction'; Remarks = 'Sums by the displacements of a reconstruction and reconstructs the sums.' }
        )
    }
    'Export-FsrDisplacement' = @{
        Synopsis    = 'Writes the displacements of a series.'
        Description = 'Writes image number, dx and dy in px, as PyFSRec does in OUTPUTFILENAME_dxy.csv. dx is along columns, dy along rows; the aligned frame is the frame moved by (-dx, -dy).'
        Inputs      = 'FsRec.Series.AlignedSeries', 'FsRec.Results.Reconstruction', 'FsRec.FrameDisplacement'
        Examples    = @(
            @{ Code = 'New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrPrealignment | Export-FsrDisplacement'; Remarks = 'Pre-aligns a series and writes its displacements where --useprevious looks for them.' }
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrReconstruction
$reconstruction.Displacements | Export-FsrDisplacement found.csv -NoClobber'; Remarks = 'Writes displacements to a new file; an existing one is left as it is.' }
        )
    }
    'Export-FsrFocus' = @{
        Synopsis    = 'Writes the foci of a series.'
        Description = 'Writes image number and defocus in nm, as PyFSRec does in OUTPUTFILENAME_foci.csv: the foci of a series, or the refined ones of an analysis of focus steps.'
        Inputs      = 'FsRec.Series.FocalSeries', 'FsRec.FrameFocus', 'FsRec.Focus.FocusStepAnalysis'
        Examples    = @(
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrReconstruction
$reconstruction | Measure-FsrFocusStep | Export-FsrFocus foci.csv'; Remarks = 'Writes the refined foci that a focus-step analysis found; those on the fitted line are its FittedFoci, which go in as well.' }
            @{ Code = 'New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Export-FsrFocus'; Remarks = 'Writes the foci of a series frame by frame.' }
        )
    }
    'Export-FsrImage' = @{
        Synopsis    = 'Draws waves and frames with scale bar and colour bar, or writes their values.'
        Description = 'Draws amplitude, phase, intensity, real and imaginary part, the complex wave as hue and brightness, its power spectrum with the transferred band, or a montage of the propagated wave; frames of a series with the reference area; and, with ImageNumber on a reconstruction, a frame beside the image that the wave predicts for it and their difference. A figure has a title, a scale bar of a round length and a colour bar with the unit; Plain draws the pixels alone, in the size of the data. The range is that of the data less a small share of its extremes; Range fixes it, for the same contrast over many pictures. BitDepth 16 writes grey of 16 bits with the range in the file, Format Tiff the values as floats, Format Svg text and lines as such. Files are named after OUTPUTFILENAME or Path: _amplitude.png, _phase.png and so on, with _filt before it for the filtered wave, and _frame_NNN.png. Given parameters or a row of a sweep, it reads the wave of their earlier results.'
        Inputs      = 'FsRec.Results.Reconstruction', 'FsRec.ExitWave', 'FsRec.Series.FocalSeries', 'FsRec.Parameters.ReconstructionParameters', 'FsRec.Sweeps.SweepRow'
        Examples    = @(
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrReconstruction
$reconstruction | Export-FsrImage -Filtered -Kind Phase'; Remarks = 'Draws the phase of the filtered wave beside the results.' }
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrReconstruction
$reconstruction | Export-FsrImage . -Kind Phase -Unwrap -Reference 0, 96, 128, 32 -ColorMap Viridis'; Remarks = 'Draws the unwrapped phase, its ramp and level taken from 128 by 32 px of vacuum along the right edge.' }
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrReconstruction
$reconstruction | Export-FsrImage . -ImageNumber 0, 5'; Remarks = 'Draws two frames, each beside what the wave predicts for it.' }
            @{ Code = 'New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Export-FsrImage . -ShowArea'; Remarks = 'Draws the first frame with the reference area into the current folder, as --showarea does.' }
        )
    }
    'Export-FsrParameter' = @{
        Synopsis    = 'Writes parameters as a commented parameter file.'
        Description = 'Writes every key with a comment that says what it means, its unit and its default. Relative folders are written in full when the file goes to another folder than the one they are relative to. Of a series its parameters are written, with all that its files told; with Raw its frames too, as PyFSRec takes them.'
        Inputs      = 'FsRec.Parameters.ReconstructionParameters', 'FsRec.Series.FocalSeries'
        Examples    = @(
            @{ Code = 'New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Export-FsrParameter ./for-pyfsrec/series.fsr -Raw'; Remarks = 'Writes a parameter file and the float32 frames that PyFSRec takes.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
Import-FsrParameter demo/simulated.fsr | Export-FsrParameter tidy.fsr'; Remarks = 'Writes a parameter file anew, with all keys and comments.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
Import-FsrParameter demo/simulated.fsr | Export-FsrParameter limit5.fsr -Limit 5'; Remarks = 'Writes a variant with another reconstruction limit.' }
        )
    }
    'Export-FsrPlot' = @{
        Synopsis    = 'Writes plots of drift, convergence, foci, autofocus, chi-square, uncertainty, transfer and resolution.'
        Description = 'Plots, as SVG or PNG, what the input has: of a reconstruction its displacements with and without the part linear in defocus, the convergence, the foci with their errors and the line through them, the chi-square of each frame, amplitude and error of the wave by frequency, and the transfer of the series with its envelopes; of a focus-step analysis the foci found; of an autofocus its curve; of a measured resolution the correlation of the halves. Files are named after OUTPUTFILENAME or Path: _drift.svg and so on, that of a focus-step analysis _steps.svg.'
        Inputs      = 'FsRec.Results.Reconstruction', 'FsRec.Series.AlignedSeries', 'FsRec.Series.FocalSeries', 'FsRec.Focus.FocusStepAnalysis', 'FsRec.Focus.AutofocusResult', 'FsRec.Resolution.ResolutionMeasurement', 'FsRec.Runs.RunResult'
        Examples    = @(
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrReconstruction
$reconstruction | Export-FsrPlot . -Kind Drift, Convergence -Format Png'; Remarks = 'Plots drift and convergence as PNG into the current folder.' }
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrReconstruction
$reconstruction | Measure-FsrResolution | Export-FsrPlot'; Remarks = 'Plots the Fourier ring correlation of two halves beside the results, as SVG.' }
        )
    }
    'Export-FsrReport' = @{
        Synopsis    = 'Writes what a run, a reconstruction or a sweep found as one HTML page.'
        Description = 'One page that needs no other file and no network: the verdict first (resolution, how far to trust it, warnings), then the wave and its spectrum, frames beside what the wave predicts for them, the wave through focus, drift, convergence, foci and errors, the parameters and where each came from, times, versions and files. It can be read without scripts, is light or dark as the browser is, and prints on A4. With scripts, values are told under the pointer, and frames and foci can be leafed through. Rows of a sweep become one page: a table that can be sorted, with a picture of each wave.'
        Inputs      = 'FsRec.Runs.RunResult', 'FsRec.Results.Reconstruction', 'FsRec.Focus.AutofocusResult', 'FsRec.Focus.FocusStepAnalysis', 'FsRec.Sweeps.SweepRow'
        Examples    = @(
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
Invoke-FsrRun demo/simulated.fsr | Export-FsrReport -ParameterFile demo/simulated.fsr'; Remarks = 'Runs a parameter file and writes the report beside the results. Invoke-Item opens what it puts out.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
Invoke-FsrSweep demo/simulated.fsr -Set @{ Limit = 4, 5, 6 } | Export-FsrReport sweep.html'; Remarks = 'One page with all runs of a sweep.' }
        )
    }
    'Export-FsrWave' = @{
        Synopsis    = 'Writes an exit wave, and of a reconstruction the filtered wave and the displacements.'
        Description = 'Writes OUTPUTFILENAME.wav, OUTPUTFILENAME_filt.wav and OUTPUTFILENAME_dxy.csv into OUTPUTPATH, or under the name that Path gives. Waves are complex64, row by row, without a header. With a Path that ends in .tif, .mrc, .npy, .hspy or .emd they are written for other programs: as complex numbers, in TIFF as amplitude and phase in two slices that Fiji opens with their scale; Representation chooses. With Savealigned=On the aligned frames are written too. Existing files are replaced unless NoClobber is given, and then none is written.'
        Inputs      = 'FsRec.Results.Reconstruction', 'FsRec.ExitWave'
        Examples    = @(
            @{ Code = 'New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrReconstruction -Iterations 2 | Export-FsrWave wave.tif'; Remarks = 'Writes amplitude and phase for Fiji: wave.tif, and wave_filt.tif of the filtered wave.' }
            @{ Code = 'New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrReconstruction | Export-FsrWave'; Remarks = 'Reconstructs and writes the three files that PyFSRec writes.' }
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrReconstruction -Limit 5
$reconstruction | Export-FsrWave ./variants/limit5.wav -PassThru | Export-FsrImage ./variants/limit5'; Remarks = 'Writes under another name and goes on with the reconstruction.' }
        )
    }
    'Import-FocalSeries' = @{
        Synopsis    = 'Reads the frames of a series: those that a parameter file names, or files as they left the microscope.'
        Description = 'Takes parameter files, or files of images (Gatan, MRC, TIFF, HDF5, SER, NumPy, PNG, a SerialEM .mdoc, raw numbers of any type), which together are one series; a folder and a wildcard are taken in natural order. Files of bare numbers take Dimensions and, unless they are Float32, Pixeltype, which makes a folder''s .raw, .bin, .dat and .img files its frames. Series of image files are restored by Wiener unless Restoration, or Method of a later cmdlet, says otherwise. Shape, number, pixel size, voltage and foci come from the files where they have them and need not be given; a value that is given wins, with a warning where it differs by more than 1 %. What nobody says of the microscope is assumed for its voltage, with a warning that names each value, unless Microscope names one; a C3 that Gatan files state stands before the assumed one. Reads the frames that Range selects, repairs outliers when Fixhotpix is on, and divides each frame by its mean, so that the vacuum is 1. The parameters travel with the series; later cmdlets need not be told again.'
        Inputs      = 'System.String', 'System.IO.FileInfo', 'FsRec.Parameters.ReconstructionParameters'
        Examples    = @(
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Export-FocalSeries stack.mrc
Import-FocalSeries stack.mrc -Foci -250, -60 -C3 1.2e6 -Semiconvergence 0.1 -Focusspread 4 -Imagespread 20'; Remarks = 'Reads a stack as it left the microscope, with the two ends of its ramp of foci in nm and the values of the microscope, here those of the simulation. -Microscope gives the usual values of one by its name.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
Import-FocalSeries demo/simulated.fsr'; Remarks = 'Reads the series of a parameter file, here that of a simulated series.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Export-FsrFocus refined.csv
Import-FocalSeries demo/simulated.fsr -Range (2..4) -Focus (Import-FsrFocus refined.csv)'; Remarks = 'Reads frames 2 to 4 only, with their foci of a file.' }
        )
    }
    'Import-FsrDisplacement' = @{
        Synopsis    = 'Reads the displacements of a series.'
        Description = 'Reads image number, dx and dy in px from a _dxy.csv file, one object a frame. Given parameters, it reads those of their earlier results.'
        Inputs      = 'System.String', 'System.IO.FileInfo', 'FsRec.Parameters.ReconstructionParameters'
        Examples    = @(
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrPrealignment | Export-FsrDisplacement found.csv
Import-FsrDisplacement found.csv | Sort-Object Dx -Descending | Select-Object -First 3'; Remarks = 'Shows the three frames that lie farthest to the right.' }
            @{ Code = '$series = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries
$null = $series | Invoke-FsrPrealignment | Export-FsrDisplacement
$series | Invoke-FsrReconstruction -Displacement ($series | Import-FsrDisplacement)'; Remarks = 'Starts a reconstruction from the displacements of an earlier one.' }
        )
    }
    'Import-FsrFocus' = @{
        Synopsis    = 'Reads the refined foci of a series.'
        Description = 'Reads image number and defocus in nm from a _foci.csv file, one object a frame. Given parameters, it reads those of their earlier results.'
        Inputs      = 'System.String', 'System.IO.FileInfo', 'FsRec.Parameters.ReconstructionParameters'
        Examples    = @(
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Export-FsrFocus
Import-FocalSeries demo/simulated.fsr -Focus (Import-FsrParameter demo/simulated.fsr | Import-FsrFocus)'; Remarks = 'Reads a series with the foci that an earlier analysis wrote.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Export-FsrFocus foci.csv
Import-FsrFocus foci.csv | Measure-Object Defocus -Minimum -Maximum | Format-Table Count, Minimum, Maximum'; Remarks = 'Tells the range of the foci.' }
        )
    }
    'Import-FsrParameter' = @{
        Synopsis    = 'Reads parameter files (PRM) of PyFSRec.'
        Description = 'Reads a parameter file into one immutable object. Doubtful lines are warnings with their line numbers; errors are listed together in one error record about the file, and there are no parameters then. Keys are those of PyFSRec''s documentation, in any case. Each is a property of the object as well, with its value as PowerShell takes it: numbers, truth values, arrays; one that is not given and has no number or word for a default has none.'
        Inputs      = 'System.String', 'System.IO.FileInfo'
        Examples    = @(
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
Import-FsrParameter demo/simulated.fsr | Format-List'; Remarks = 'Shows what a parameter file says.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
(Import-FsrParameter demo/simulated.fsr).Focusspread'; Remarks = 'The value of one key.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
Get-ChildItem *.fsr -Recurse | Import-FsrParameter -Limit 5 -Alignmentfilter 0.5, 4'; Remarks = 'Reads all parameter files below the folder with another limit and alignment filter.' }
        )
    }
    'Import-FsrWave' = @{
        Synopsis    = 'Reads exit waves.'
        Description = 'Reads a .wav file of complex64, or of two float16 a pixel, which its size tells apart, or complex numbers of another format. A .wav has no header: shape and scale come from the _run.json of the run beside it, and where there is none they must be given: by Calibration, for which parameters, a series or another wave may stand. Given parameters alone, it reads the wave of their earlier results.'
        Inputs      = 'System.String', 'System.IO.FileInfo', 'FsRec.Parameters.ReconstructionParameters'
        Examples    = @(
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrReconstruction | Export-FsrWave
Import-FsrParameter demo/simulated.fsr | Import-FsrWave -Filtered'; Remarks = 'Reads the filtered wave of an earlier run.' }
            @{ Code = '$series = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries
$null = $series | Invoke-FsrReconstruction | Export-FsrWave other.wav
Import-FsrWave other.wav -Calibration $series'; Remarks = 'Reads a wave of the shape of a series.' }
        )
    }
    'Invoke-FsrAutofocus' = @{
        Synopsis    = 'Finds the focus of least contrast of a wave and corrects wave and foci by it.'
        Description = 'Propagates the wave over plus and minus Autofocusrange and takes the focus at which the real part of the wave has least contrast inside the reference area, after Autofocusfilter. The result holds the corrected reconstruction, which Invoke-FsrReconstruction and the Export cmdlets take from the pipeline, and the corrected foci as a value of the key Foci. Use it once, then reconstruct again.'
        Inputs      = 'FsRec.Results.Reconstruction', 'FsRec.ExitWave'
        Examples    = @(
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrReconstruction
$focused = $reconstruction | Invoke-FsrAutofocus
$focused.FociText'; Remarks = 'Shows the corrected foci for the parameter file.' }
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrReconstruction
$reconstruction | Invoke-FsrAutofocus -Autofocusrange 100 | Invoke-FsrReconstruction | Export-FsrWave'; Remarks = 'Searches 100 nm to either side, reconstructs again and writes the result.' }
        )
    }
    'Invoke-FsrPrealignment' = @{
        Synopsis    = 'Finds the displacements of a focal series before there is a wave to compare with.'
        Description = 'Aligns each frame to the one before, or with Commonframe to an averaged frame, inside the reference area and after Alignmentfilter; with Methprealign=model, the default where the contrast transfer changes sign inside the series, each frame to the image that the others predict for it. The displacements come out mean-free. A frame that drifts so far that the reference area lies over its edge is an error that names it.'
        Inputs      = 'FsRec.Series.FocalSeries'
        Examples    = @(
            @{ Code = '$aligned = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrPrealignment
$aligned.Displacements'; Remarks = 'Pre-aligns a series and shows the displacements in px.' }
            @{ Code = '$series = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force -Dose 50 | Import-FocalSeries
(Invoke-FsrPrealignment $series -Commonframe -Raverage 4 -IncludeHistory).Rounds'; Remarks = 'Pre-aligns a low-dose series to averages of four frames and shows the rounds.' }
        )
    }
    'Invoke-FsrReconstruction' = @{
        Synopsis    = 'Reconstructs the exit wave of a focal series.'
        Description = 'Iterates alignment, back-projection and simulation, then restores the wave by the method that the key Restoration or -Method names: Linear is PyFSRec''s back-projection, Wiener is least squares for low dose, Nonlinear fits the full images with displacements and foci. The last two state their own errors in Uncertainty. A series that is not aligned is pre-aligned first, unless its parameters say Prealignment=Off or displacements are given; then it starts from those, or from zero. A previous reconstruction is continued from its wave and displacements. With Saveintermediaterec=On the wave of every iteration is written. Ctrl+C stops at once and leaves no half-written file.'
        Inputs      = 'FsRec.Series.FocalSeries', 'FsRec.Series.AlignedSeries', 'FsRec.Results.Reconstruction'
        Examples    = @(
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrReconstruction -Verbose
$reconstruction.History'; Remarks = 'Reconstructs a series, telling each iteration, and shows the history.' }
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrReconstruction
$reconstruction | Invoke-FsrReconstruction -Iterations 5 -Limit 5 -Focusspread 4'; Remarks = 'Continues with five iterations under another limit.' }
            @{ Code = '$careful = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrReconstruction -Method Wiener
$careful.Uncertainty.Frames'; Remarks = 'Restores by least squares and shows the standard errors of each frame.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrReconstruction | Export-FsrWave
Import-FocalSeries demo/simulated.fsr | Invoke-FsrReconstruction -UsePrevious'; Remarks = 'Continues from the files of an earlier run, as --useprevious does.' }
        )
    }
    'Invoke-FsrRun' = @{
        Synopsis    = 'Runs a parameter file from end to end, as PyFSRec''s main program does.'
        Description = 'Reads the frames, aligns, reconstructs and writes the results under OUTPUTPATH. The switches are PyFSRec''s options. What is found comes back as an object with the list of files written. A table drives runs: columns of the names of keys are values of these, row by row, beside Path or Parameters; an empty cell says nothing, and a column that is no parameter is a warning.'
        Inputs      = 'System.String', 'System.IO.FileInfo', 'FsRec.Parameters.ReconstructionParameters'
        Examples    = @(
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
Invoke-FsrRun demo/simulated.fsr'; Remarks = 'Does what "PyFSRec.py --prm demo/simulated.fsr" does.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
Invoke-FsrRun demo/simulated.fsr -Method Wiener -Resume'; Remarks = 'Restores by least squares; a run that was stopped is taken up.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
$null = Invoke-FsrRun demo/simulated.fsr
Invoke-FsrRun demo/simulated.fsr -StepAnalysis -UsePrevious -LinIter 4'; Remarks = 'Makes four more iterations from the previous output, then analyses the focus steps.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
''Path,Limit,OUTPUTFILENAME'', ''demo/simulated.fsr,5,five'', ''demo/simulated.fsr,6,six'' | Set-Content sweep.csv
Import-Csv sweep.csv | Invoke-FsrRun -Iterations 3'; Remarks = 'Runs each row of a table.' }
        )
    }
    'Invoke-FsrSweep' = @{
        Synopsis    = 'Reconstructs a series with every combination of some values of its parameters.'
        Description = 'Runs the grid that Set spans and puts out one row a run as it finishes: the swept values, chi-square, residual, scattered fraction, highest transferred frequency, time and folder. Sort values of the microscope, such as Focusspread, C3 or Imagespread, by ModelChiSquare: the chi-square of the full image model, fitted to the frames under the run''s values, over the degrees of freedom that the fit leaves, whatever the way of restoration; 1 where the model explains all but the noise, however much of the noise the fit follows. It tells what frames tell: the focus step in every series, Focusspread and Semiconvergence where the specimen scatters enough for its beams to interfere with one another, C3 the least: in a small frame the wave outside of it makes up for another C3 (six simulated series of 128×128 px of 0.045 nm preferred 0.8 mm to the true 1.2 mm, by 1.2 to 2.8 times what noise makes of a difference; the same in frames that are their own surroundings by 0.3 to 1.0), and a detector that passes little hides it; a detector''s MTF that is not given is taken for focus spread in part. Of simulated series Semiconvergence and C3 are found in those of -SpatialCoherence Tilts. Noise alone makes rows differ by 2·√p/N, of p numbers of the wave and N pixels of all frames; three times that, ChiSquareTolerance of a row, tells rows apart, and a warning, SweepUndecided, names those that differ by no more, between which the series does not decide. Do not sort by ResidualRms: the linear wave makes up for whatever weakens all frames alike, so that a wrong value can leave less over. Do not choose Limit or Range by either figure, as more frequencies always explain more and other frames have other noise: Measure-FsrResolution says to which Limit a series goes. The fit goes on until what is left of it is less than noise makes of the difference of two rows; it takes a few times as long as a linear run, most of a sweep of these, and SkipChiSquare leaves it out (two runs of 20 frames: 1.7 s in place of 15.9 s). The frames are read once, and the pre-alignment is shared by runs that agree in what it looks at. Each run writes wave, filtered wave, displacements and a parameter file into a folder of its own, named after its values. A run that is complete there, from the same frames, parameters and version, is read back instead of done again, so that a sweep that was stopped goes on where it was, a run that was stopped in it too; Force does all anew. A run that fails is an error with its values, and the others go on. Relative files among the values, as of MTF, go by the current location. With On Slurm the runs are done by a cluster, as one job array, and the rows come as they arrive; the folder must be one that the nodes see, and the session may end: Receive-FsrSweep takes the sweep up, as it does one of this computer that was stopped. See about_FsRec_Cluster. Rows go into Export-FsrImage, Import-FsrWave and Import-FocalSeries.'
        Inputs      = 'System.String', 'System.IO.FileInfo', 'FsRec.Parameters.ReconstructionParameters'
        Examples    = @(
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
Invoke-FsrSweep demo/simulated.fsr -LinearIterations 3 -Set @{ Focusspread = 2, 4, 6 } | Sort-Object ModelChiSquare'; Remarks = 'Three reconstructions, the one whose focus spread explains the frames best first.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
$p = Import-FsrParameter demo/simulated.fsr
Invoke-FsrSweep -Parameter $p -Set @{ Alignmentfilter = (0.5, 3), (1, 4) } -LinearIterations 5 -ThrottleLimit 2 | Export-FsrImage -Kind Phase'; Remarks = 'Tries two alignment filters, two runs at a time, and draws the phase of each in its folder.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
Invoke-FsrSweep demo/simulated.fsr -Set @{ Focusspread = 1..9; Limit = 4, 5 } -On Slurm -Partition long -TimeLimit 2:00:00 -MaxRunning 200 -WhatIf'; Remarks = 'Prints the batch script with which a cluster would do the runs; without WhatIf it is submitted.' }
        )
    }
    'Measure-FsrFocusStep' = @{
        Synopsis    = 'Finds the focus of every frame by the reconstructed wave, and the focus step.'
        Description = 'Simulates the image of the wave over Rangemultiplier times the focal range and takes for each frame the focus whose image differs least. A line through all of them gives the step; frames far off it are marked as outliers. RefinedFociText and FittedFociText are values of the key Foci.'
        Inputs      = 'FsRec.Results.Reconstruction'
        Examples    = @(
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrReconstruction
$analysis = $reconstruction | Measure-FsrFocusStep
$analysis.Frames | Where-Object IsOutlier'; Remarks = 'Analyses the foci and shows the frames that deserve a look.' }
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrReconstruction
$reconstruction | Measure-FsrFocusStep -Set @{ Rangemultiplier = 2; Stepmultiplier = 0.2 } | Format-List'; Remarks = 'Searches a wider range in finer steps.' }
        )
    }
    'Measure-FsrResolution' = @{
        Synopsis    = 'Tells how fine the detail is that a series tells, by two halves of it.'
        Description = 'Restores the wave of every other frame twice, at the displacements and foci of the whole series, and correlates the two in rings of spatial frequency. The halves agree by 1/7 where the wave of all frames agrees with the truth by one half. Also the half-bit criterion, and the signal to noise of the frames from what the wave leaves of them. A window that falls to 0 at the edge keeps what wrapped round from counting; the half-bit criterion counts the frequencies that stay independent under it. Halves agree by their noise where frames share it, as running averages do: that is noticed, with a warning. Two halves tell the noise, not what both get wrong alike: a resolution is no sign that foci, pixel size, voltage or aberrations are right.'
        Inputs      = 'FsRec.Results.Reconstruction'
        Examples    = @(
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrReconstruction
$reconstruction | Measure-FsrResolution'; Remarks = 'The resolution by both criteria.' }
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrReconstruction
($reconstruction | Measure-FsrResolution -Method Wiener).Rings'; Remarks = 'The correlation ring by ring, with halves restored by least squares.' }
        )
    }
    'New-FsrParameter' = @{
        Synopsis    = 'Writes a parameter file to begin with.'
        Description = 'Writes every key with a comment that says what it means, its unit and its default. What is given by name or by Set has its value, other keys have their defaults, and those that are needed and not given are left open as comments; Test-FsrParameter names them. Results go to the folder results beside the file. Of files that tell their shape, number and scale, INPUTFILENAME and Foci are all that is needed besides a microscope.'
        Inputs      = 'None'
        Examples    = @(
            @{ Code = '$null = New-FsrParameter config.fsr -Force
Test-FsrParameter config.fsr'; Remarks = 'Writes a template and lists what is to be filled in.' }
            @{ Code = '$null = New-FsrSimulatedSeries . -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Export-FocalSeries stack.mrc
$null = New-FsrParameter config.fsr -Force -INPUTFILENAME stack.mrc -Foci -250, -60 -Limit 6 -Voltage 300 -C3 1.2e6 -Semiconvergence 0.1 -Focusspread 4
Import-FocalSeries config.fsr | Invoke-FsrReconstruction'; Remarks = 'Points a template at a stack, and reconstructs it.' }
        )
    }
    'New-FsrSimulatedSeries' = @{
        Synopsis    = 'Simulates the focal series that a microscope records of a known specimen.'
        Description = 'Simulates frames with drift, noise and the full image model. Given a folder, it writes frames, a parameter file and the truth; the object then has the parameter file''s path, and Import-FocalSeries takes it from the pipeline. What is not given is the demonstration''s: a thin crystal, 20 frames of 384 x 384 px. Microscope takes a name, as those that Get-FsrMicroscope lists. The same seed gives the same series.'
        Inputs      = 'None'
        Examples    = @(
            @{ Code = 'New-FsrSimulatedSeries ./demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrReconstruction'; Remarks = 'Writes the demonstration''s series and reconstructs it.' }
            @{ Code = 'New-FsrSimulatedSeries -Size 128 -FrameCount 6 -DoseSpread 0.2 -FocusOffset 5 -Background 0.05'; Remarks = 'Simulates a series whose doses differ, whose foci are all off by 5 nm, and whose detector adds 5 % everywhere.' }
            @{ Code = 'New-FsrSimulatedSeries -Size 128 -FrameCount 8 -MTF 1, 0.9, 0.7, 0.5 -NPS 1, 0.81, 0.49, 0.25'; Remarks = 'Simulates a scintillator, which passes half of the image at the Nyquist frequency and blurs the noise of its electrons alike.' }
            @{ Code = 'New-FsrSimulatedSeries -Specimen GoldParticle -Size 256 -FrameCount 12 -Dose 500 -Seed 7'; Remarks = 'Simulates another series in memory.' }
        )
    }
    'Receive-FsrSweep' = @{
        Synopsis    = 'Takes a sweep up that another session began, and puts out its rows.'
        Description = 'Reads where the sweep in a folder stands, whatever does its runs, and puts out a row for each run that is done, as Invoke-FsrSweep does, and an error for each that failed. Of a sweep on a cluster it submits again what died, within bounds. Wait goes on until all runs have ended; those of a sweep that is not on a cluster, and whose session has ended, are then done here. Without Wait it gives the rows there are. Status gives where the sweep stands instead. sweep.csv in the folder has all runs with their figures, state and error. See about_FsRec_Cluster.'
        Inputs      = 'System.String', 'FsRec.Sweeps.SweepStatus'
        Examples    = @(
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
$null = Invoke-FsrSweep demo/simulated.fsr -LinearIterations 3 -Set @{ Focusspread = 2, 4, 6 } -Destination demo/sweep | Select-Object -First 1
Receive-FsrSweep demo/sweep -Wait | Sort-Object ModelChiSquare'; Remarks = 'Stops a sweep after its first row, and takes it up: what is done is not done again.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
$null = Invoke-FsrSweep demo/simulated.fsr -LinearIterations 3 -Set @{ Limit = 4, 5 } -SkipChiSquare -Destination demo/sweep
Receive-FsrSweep demo/sweep -Status'; Remarks = 'Tells how many runs are done, and of a cluster how many tasks run and wait.' }
        )
    }
    'Show-FsrImage' = @{
        Synopsis    = 'Shows a wave or a frame in the terminal.'
        Description = 'Draws by the protocol of Kitty or by Sixel where the terminal answers that it can, and with half-block characters in 24-bit colours elsewhere and over SSH. A line below tells range and size. Nothing is put out unless PassThru is given.'
        Inputs      = 'FsRec.Results.Reconstruction', 'FsRec.ExitWave', 'FsRec.Series.FocalSeries'
        Examples    = @(
            @{ Code = '$reconstruction = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrReconstruction
$reconstruction | Show-FsrImage -Kind Phase -PassThru'; Remarks = 'Shows the phase, and puts the reconstruction out.' }
            @{ Code = 'New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Show-FsrImage -PassThru | Invoke-FsrReconstruction | Show-FsrImage -Kind Amplitude -PassThru'; Remarks = 'Shows the first frame, goes on, and shows the amplitude.' }
        )
    }
    'Test-FsrParameter' = @{
        Synopsis    = 'Says what is wrong or doubtful about parameter files or parameters.'
        Description = 'Puts out one finding for each problem, with file, line, key, message and severity; nothing for a file without any. With Quiet it puts out only whether there is no error.'
        Inputs      = 'System.String', 'System.IO.FileInfo', 'FsRec.Parameters.ReconstructionParameters'
        Examples    = @(
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
Set-Content wrong.fsr "[OPTICS]", "Voltag=300"
Get-ChildItem -Recurse *.fsr | Test-FsrParameter | Format-Table'; Remarks = 'Lists the problems of all parameter files below the folder.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
if (Test-FsrParameter demo/simulated.fsr -Quiet) { Invoke-FsrRun demo/simulated.fsr }'; Remarks = 'Runs a parameter file only if it has no error.' }
        )
    }
    'Test-FsrReconstruction' = @{
        Synopsis    = 'Leaves images out, reconstructs from the others and predicts what was left out.'
        Description = 'The check of a reconstruction that needs no known wave. Every so many-th image is left out, the wave is reconstructed from the others by the method of the parameters or by Method, and the images that were left out are predicted from it at their defocus. Puts out the correlation of each with its prediction inside the band of the wave, and its reduced chi-square. Noise lowers the correlation: compare methods and parameters on one series. Displacements of the images that are left out are taken from the series and refined.'
        Inputs      = 'FsRec.Series.AlignedSeries', 'FsRec.Results.Reconstruction'
        Examples    = @(
            @{ Code = 'New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrPrealignment | Test-FsrReconstruction -Every 4'; Remarks = 'Predicts every fourth image from the others.' }
            @{ Code = '$aligned = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Invoke-FsrPrealignment
''Linear'', ''Wiener'', ''Nonlinear'' | ForEach-Object { $aligned | Test-FsrReconstruction -Method $_ }'; Remarks = 'Compares the three ways of restoration by how they predict what they have not seen.' }
        )
    }
    'Watch-FsrFolder' = @{
        Synopsis    = 'Reconstructs every series that appears in a folder, once it is complete.'
        Description = 'Looks for series in a folder and all below it: parameter files, and frames that none of them names - those of a folder whose names differ by a number only, a stack, or what an .mdoc lists, whose order and foci are used as those in file tags are. A series is complete when the frames that its parameter file asks for are there and unchanged at two looks; where a Sentinel is asked for, when that file is there; with FrameCount, when there are so many; with Quiet, when nothing of it has changed for so long. What was done is kept in a journal, a line a series, on the disk before the next one begins: the same frames with the same parameters are reconstructed once, after a restart or a kill too. No series replaces the results of another: of day1/img.mrc and day1/img.tif the later one is called img_tif, and keeps that name (OutputFolder, OutputName); of two parameter files with the same OUTPUTPATH and OUTPUTFILENAME the later one fails (OutputTaken) until one of them says another. A series that fails is recorded with its error, which is an error of the cmdlet as well (SeriesFailed), and the next one comes; one that ends the process three times counts as failed. What is not whole is told of after Patience seconds and with Once (SeriesNotWhole). So are frames without a header, .raw, that lie in a folder alone and of which nobody says the shape; those that are there as the watch begins are told of at once. They are run once Dimensions and Pixeltype, Sampling, Voltage and Foci are given to the watch, or a parameter file lies beside them. A series that is called as a result of another, img_filt beside img, has the ending of its files in its name too, img_filt_mrc. File system events bring the next look forward, but what counts is what a look sees: network shares lose events. AsService prints the text by which systemd, or Windows'' task scheduler, keeps this watch going.'
        Inputs      = 'System.String', 'System.IO.DirectoryInfo'
        Examples    = @(
            @{ Code = '$null = New-FsrSimulatedSeries incoming/one -Size 128 -FrameCount 8 -Force
Watch-FsrFolder incoming -Once -Interval 0.1'; Remarks = 'Reconstructs what is complete now and ends. Without Once it goes on until Ctrl+C.' }
            @{ Code = '$null = New-Item -ItemType Directory stacks -Force
$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force | Import-FocalSeries | Export-FocalSeries stacks/one.mrc
Watch-FsrFolder stacks -Quiet 0.5 -Interval 0.1 -Method Wiener -Metrics fsrec.prom -Once'; Remarks = 'Reconstructs stacks without parameter files half a second after they last changed, and writes metrics for Prometheus.' }
            @{ Code = '$null = New-Item -ItemType Directory incoming -Force
Watch-FsrFolder incoming -Sentinel ''{name}.done'' -AsService Systemd'; Remarks = 'Prints the unit by which systemd runs such a watch.' }
        )
    }
    'Watch-FsrSeries' = @{
        Synopsis    = 'Reconstructs a series while it is recorded.'
        Description = 'Takes each frame in as soon as its file is whole and puts out an object with the wave of all frames so far, its errors, and what to tell the operator: whether the series is enough, which foci would add most - by the same curvature that gives the stated errors -, and which frames do not show what the others do. A frame costs its own work and not that of the series: it is placed where the others predict it and added to the sums of the Wiener restoration, while a few earlier ones are placed anew; with the last one all are. The wave is that of the linear theory: of a weak object it is the one that Invoke-FsrReconstruction -Method Wiener makes, of a strong one what the scattered beams make with one another is left in it, and its stated errors are those of the noise alone (ErrorByNoise, as RelativeError of a live wave): ErrorByNoise 0.005 does not say that such a wave is right to half a per cent, as it may be wrong by half. Once the last frame has come the whole series is run as Invoke-FsrRun runs it, with its results written: the last object (IsFinal) holds that run (Run) and its wave, and says how far the wave that grew was from it (LiveError). SkipRun leaves it out. Report writes a page, OUTPUTFILENAME_live.html, anew with each frame, which a browser reads again by itself. The parameter file says how many images there will be and at which foci; with files as INPUTFILENAME their tags may say the foci, and Quiet ends what has no number. Frames of files are taken in the natural order of their names: a link that leads to nothing yet is waited for, as are a file that is being written or replaced and a folder that cannot be read for a moment. After Patience seconds without a frame a warning says what is wrong, or, as long as there is none at all, what is waited for (SeriesNotWhole); Verbose says it at once. Where a file comes that stands before some that were taken already, all are taken anew in their order (FramesReordered), and Frames begins at 1 again.'
        Inputs      = 'System.String', 'System.IO.FileInfo', 'FsRec.Parameters.ReconstructionParameters'
        Examples    = @(
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
Watch-FsrSeries demo/simulated.fsr -RelativeError 0.1'; Remarks = 'Follows a series, here one that is there already, and says when noise leaves less than a tenth of the wave unknown.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
$last = Watch-FsrSeries demo/simulated.fsr | Select-Object -Last 1
$last.BestFoci
$last.Reconstruction | Export-FsrImage . -Kind Phase'; Remarks = 'Shows which foci would have added most, and draws the phase of the wave of the whole series.' }
            @{ Code = '$null = New-FsrSimulatedSeries demo -Size 128 -FrameCount 8 -Force
Watch-FsrSeries demo/simulated.fsr -Restoration Wiener -Report | Select-Object Frames, ErrorByNoise, LiveError'; Remarks = 'Writes demo/results/simulated_live.html anew with each frame, and at the end the results and the report of the whole series.' }
        )
    }
}
