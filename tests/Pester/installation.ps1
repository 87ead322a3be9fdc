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

# Does what PSResourceGet does for the user of a home: it goes by HOME whatever XDG_DATA_HOME says. HOME is not for all that runs here, as the
# .NET SDK has its packages there.
function Invoke-InHome([string] $UserHome, [scriptblock] $Script) {
    $before = $env:HOME
    try {
        $env:HOME = $UserHome
        & $Script
    }
    finally {
        $env:HOME = $before
    }
}

# Installs FsRec from a folder of packages into a home.
function Install-Package([string] $Folder, [string] $UserHome) {
    $name = "FsRec tests $([guid]::NewGuid())"
    $uri = (Resolve-Path $Folder).Path
    Invoke-InHome $UserHome {
        Register-PSResourceRepository -Name $name -Uri $uri -Trusted
        try {
            if ($IsWindows) {
                # Modules of a user are in Documents there, whatever the environment says.
                $place = New-Item -ItemType Directory -Force (Get-ModuleFolder $UserHome)
                Save-PSResource FsRec -Repository $name -Path $place.FullName
            }
            else {
                Install-PSResource FsRec -Repository $name
            }
        }
        finally {
            Unregister-PSResourceRepository -Name $name
        }
    }
}
