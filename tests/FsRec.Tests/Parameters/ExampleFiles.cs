namespace FsRec.Tests.Parameters;

/// <summary>Parameter files as they occur.</summary>
internal static class ExampleFiles
{
    /// <summary>
    /// The example printed in PyFSRec's documentation, with the comments that its page wraps onto lines of their own.
    /// </summary>
    public const string Documentation = """
        #
        # PyFSRec input file
        #

        [INPUT/OUTPUT]
        INPUTPATH=F:/Dropbox (Weizmann Institute)/ImagesEM/test/ #Input files directory..
        INPUTFILENAME=basename_ # Image file basename, digits 000, 001 are added by the program.
        NImages=298 # Number of images.
        OUTPUTPATH=F:/Dropbox (Weizmann Institute)/ImagesEM/results/ #Output files directory.
        OUTPUTFILENAME=outname # Basename of output files.

        [IMAGEDATA]
        Dimensions=[512, 512] # Pixel dimensions of input images.
        Sampling=[0.0429873,0.0429873] # Input image sampling in nm per pixel
        Offset=[0,0] # Alignment area offset from the center location of the images
        AREA=[256,256] # Area from alignment within the images.
        Range=[[180,297]] # Range of images from the input directory used for the reconstruction.
        Fixhotpix=No # Option to fix outlier and dead pixel values

        [ALIGNMENT]
        Comkernel=3 # Radius of the center-of-mass support in the correlation image in pixels. [3]
        Maxprealign=5 # Maximum count of pre-alignment iterations. [5]
        Raverage=5 # Range length for boxcar averaging during pre-alignment, used when 'Commonframe' is on. [5]
        Commonframe=True # Do an initial pre-alignment over running averages of images, averaging length is specified by 'Raverage'.
        [False]
        Methprealign=sequential-com # Method used for pre-alignment, so far sequential center of mass correlation only. [sequential-com]
        Invertprealign=No # Invert contrast of images during pre-alignment following the sign of the imaginary part of the contrast transfer
        function. [No]

        [OPTICS]
        Voltage=300 # Microscope HT in kV.
        C3=2.7E6 # Spherical aberration constant in nm. [few um] for an aberration corrected instrument, [few mm] for a non-corrected
        instrument
        C5=0. # Spherical aberration constant higher order in nm.
        Semiconvergence=0.05 # Semi-convergence angle in mrad..[0.05] – [0.2]
        Focusspread=6 # Focus spread in nm. [3]-[10]
        Imagespread=20. # Image spread parameter in pm. [20]
        Foci=[0 ,200.0] # Start and end value of image defocus values, starting from the defocus value of the first image in the
        reconstruction.

        [RECONSTRUCTION]
        Limit=6 # Reconstruction limit in reciprocal nm. [Microscope information limit]
        Filtercutoff=0.1 # Lower cut-off for the reconstruction filter. To Avoid divide by zero scaling error for small filter function values.
        [0.1]
        Prealignment=On # Toggle pre-alignment of input images. [On]
        Envelopes=On # Toggle for including partial coherence envelopes in the reconstruction.[On]
        Alignmentfilter=[0.5,4] # Alignment tophat filter parameters in reciprocal nm.
        Alignmentprecision=0.1 # Target precision for refined subpixel alignment, in pixel. [ 0.1]
        LinearIterations=15 # Number of reconstruction iterations. [20].
        Savealigned=No # Optional output of aligned images. [No]
        Saveintermediaterec=No # Optional output of intermediate reconstructions. [No]
        Outputfilter=[0.8,6] # Optional: output of a filtered wavefunction using these tophat filter parameters. [Lower reconstruction limit,
        Microscope information limit].

        [STEPREFINEMENT]
        Rangemultiplier=1.5 # Search range for focus refinement in units of the input range from the first to the last image. [1.5]
        Stepmultiplier=0.3 # Search increment for the focus in units of the input focus step. [0.3]
        Refinementfilter=[0.8,6] # Optional: step refinement and autofocus are done using these tophat filter parameters. [Lower
        reconstruction limit, Reconstruction limit]

        [AUTOCORRECTION]
        Autofocusrange=180 # Half-range of focus search in nm. A value of 50 means that a range between +-50 nm is tested. [50]
        Autofocusfilter=[1.1,5.] # Tophat filter parameters for the focus search. [1,5]

        #
        # End
        #
        """;

    /// <summary>
    /// The file of PyFSRec's example series. Its tab behind [IMAGEDATA] and its space behind Outputfilter are put in
    /// by <see cref="Series"/>, where no editor can lose them.
    /// </summary>
    private const string SeriesText = """
        #
        # Python FSR input file
        #

        [INPUT/OUTPUT]
        INPUTPATH=/the/path/to/your/image/files/ # on Wondows: C:\the\path\to\your\image\files\
        INPUTFILENAME=exampleframe_
        NImages=30
        OUTPUTPATH=/the/path/to/your/reconstruction/files/
        OUTPUTFILENAME=Rec-bin2-av10

        [IMAGEDATA]
        Dimensions=[512, 512]
        Sampling=[0.04198,0.04198]
        Offset=[0,0]
        AREA=[128,128]
        Range=[[0,29]]

        [OPTICS]
        Voltage=300
        C3=2.7E6
        C5=0.
        Semiconvergence=0.05
        Focusspread=6
        Imagespread=20.
        Foci=[-270,-90]

        [ALIGNMENT]
        Comkernel=3
        Maxprealign=10
        Methprealign=sequential-com
        RAVERAGE=0
        Invertprealign=Off
        Commonframe=No

        [RECONSTRUCTION]
        Limit=5.5
        Filtercutoff=0.1
        Prealignment=On
        Envelopes=On
        Alignmentfilter=[1.,4.]
        Alignmentprecision=0.1
        LinearIterations=20
        Savealigned=No
        Saveintermediaterec=No
        Outputfilter=[0.5,5]

        [STEPREFINEMENT]
        Rangemultiplicator=2
        Stepmultiplicator=0.2

        [AUTOCORRECTION]
        Autofocusrange=180
        Autofocusfilter=[1.1,3.5]
        """;

    /// <summary>The file of PyFSRec's example series: a tab behind a section, no line feed at the end.</summary>
    public static string Series { get; } = SeriesText
        .Replace("[IMAGEDATA]", "[IMAGEDATA]\t", StringComparison.Ordinal)
        .Replace("Outputfilter=[0.5,5]", "Outputfilter=[0.5,5] ", StringComparison.Ordinal);
}
