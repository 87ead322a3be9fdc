# Installing as a user does, from a folder that is a repository, but for a user whose home is another folder.

# Makes a home and tells PowerShells that are started from now on that it is theirs.
function Use-Home([string] $Folder) {
    foreach ($variable in @{ XDG_DATA_HOME = '.local/share'; XDG_CACHE_HOME = '.cache'; XDG_CONFIG_HOME = '.config' }.GetEnumerator()) {
        # A folder that is not there counts for nothing.
        $path = (New-Item -ItemType Directory -Force (Join-Path $Folder $variable.Value)).FullName
        [Environment]::SetEnvironmentVariable($variable.Key, $path)
    }
}

# Where modules of a user are.
function Get-ModuleFolder([string] $UserHome) {
    Join-Path $UserHome '.local/share/powershell/Modules'
}

# Installs FsRec from a folder of packages into a home.
function Install-Package([string] $Folder, [string] $UserHome, [hashtable] $Argument = @{}) {
    $name = "FsRec tests $([guid]::NewGuid())"
    $before = $env:HOME
    try {
        # PSResourceGet installs below this whatever XDG_DATA_HOME says. It is not for all that runs here: the .NET SDK has its packages there.
        $env:HOME = $UserHome
        Register-PSResourceRepository -Name $name -Uri (Resolve-Path $Folder).Path -Trusted
        if ($IsWindows) {
            # Modules of a user are in Documents there, whatever the environment says.
            $place = New-Item -ItemType Directory -Force (Get-ModuleFolder $UserHome)
            Save-PSResource FsRec -Repository $name -Path $place.FullName @Argument
        }
        else {
            Install-PSResource FsRec -Repository $name @Argument
        }
    }
    finally {
        Unregister-PSResourceRepository -Name $name
        $env:HOME = $before
    }
}
