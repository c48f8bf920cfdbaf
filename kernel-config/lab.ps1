# The script of the laboratory on Windows, called by lab.cmd; kernel-config/lab says the same in POSIX shell.
# JDK 25, Maven and Python are looked for, not installed; Jupyter is installed with pip if it is not there.
$here = $PSScriptRoot
$root = Split-Path -Parent $here
$built = Join-Path $here 'target\lib\built'
$private = Join-Path $here 'target\python'
$env:MECHANICS_HOME = $root

function Say($text) { [Console]::Error.WriteLine("lab: $text") }
function Fail($code, $text) { Say $text; exit $code }

function Show-Help {
    @'
lab                          open the notebooks in Jupyter (options that start with - go to Jupyter)
lab run [NOTEBOOK|FOLDER...] execute notebooks without a browser (all of them by default)
    --scale quick|full         quick: minutes on a laptop (default); full: the paper's own settings, hours
    --out DIR                  where executed notebooks, pages and ledger.json go (default target\notebooks)
    --time-limit SECONDS       stop a cell that runs longer (default 600; 0: never)
    --seed N                   shift every random stream by N (default 0: the notebooks' own numbers)
    --jobs N                   notebooks at a time (default: one for each core); the results are the same
    --in-place                 also write each notebook that succeeds back to where it came from
lab replicate [NOTEBOOK|FOLDER...]  count how often each prediction holds under fresh seeds: target\replication.json
    --seeds N                  seeds 1 to N (default 5); what was done stays, so that the same call goes on
    --scale, --time-limit, --jobs  as for lab run
    --save                     also keep the counts in datasets/results, from which ledger and gallery show them
lab course build             assignments from the notebooks: target\course\source for you, release for students
lab course check [NAME...]   prove that solutions get all points and untouched assignments none
lab course grade PATH...     grade submissions (files, or folders STUDENT\ASSIGNMENT\NOTEBOOK.ipynb)
    --out DIR                  where the trees, grades.csv and grades.json go (default target\course)
    --jobs N                   submissions at a time (default 1)
    --time-limit SECONDS       for a cell (default 120); --total-time-limit for a notebook (default 1200)
    --memory MB, --disk MB     of a submission (default 4096, 256); on Windows only Java's heap and the disk are limited
lab site [--from DIR]        the notebooks as a gallery of static pages in target\site
    --out DIR                  where the pages go instead
lab docs                     the Javadoc of the library in target\site\api (lab site has it too)
lab new ID TITLE             the skeleton of a notebook, as in: lab new 4.13 "Batch size and noise"
lab test [--no-browser]      run every test: library, kernel, notebooks, browser
lab install                  register the kernel with the Jupyter that is already there
lab kernel CONNECTION_FILE   start the Java kernel (Jupyter calls this)
lab help                     this text

Exit codes: 0 done, 1 a cell, a law or a test failed, 2 wrong command line, 3 something to install is missing.
'@
}

function Find-Jdk {
    $places = @($env:JAVA_HOME)
    $places += Get-Command java -All -ErrorAction SilentlyContinue | ForEach-Object { Split-Path (Split-Path $_.Source) }
    foreach ($folder in "$env:ProgramFiles\Eclipse Adoptium", "$env:ProgramFiles\Java", "$env:ProgramFiles\Microsoft",
        "$env:ProgramFiles\Zulu", "$env:USERPROFILE\.jdks", "$env:USERPROFILE\scoop\apps") {
        $places += Get-ChildItem $folder -Directory -ErrorAction SilentlyContinue | ForEach-Object { $_.FullName }
    }
    foreach ($place in $places) {
        if (-not $place -or -not (Test-Path "$place\bin\javac.exe") -or -not (Test-Path "$place\release")) { continue }
        $version = Select-String -Path "$place\release" -Pattern '^JAVA_VERSION="(\d+)'
        if ($version -and [int]$version.Matches[0].Groups[1].Value -ge 25) { return $place }
    }
    Fail 3 'no JDK 25 or newer found. Install one (winget install EclipseAdoptium.Temurin.25.JDK) and try again.'
}

function Start-Kernel($arguments) {
    if ($arguments.Count -ne 1) { Fail 2 'lab kernel needs one argument: the connection file that Jupyter wrote.' }
    if (-not (Test-Path $built)) { Fail 3 "the kernel is not built: run $here\lab once." }
    $jdk = Find-Jdk
    if ($env:MECHANICS_NATIVES -ne 'system') { $env:PATH = "$root\lib\target\natives;$env:PATH" }
    # A second OpenBLAS thread spins while it waits: the library asks for more where a product is large enough.
    if (-not $env:OPENBLAS_NUM_THREADS) { $env:OPENBLAS_NUM_THREADS = '1' }
    $options = @("$env:JJAVA_JVM_OPTS" -split '\s+' | Where-Object { $_ })
    if (Test-Fresh) { $options += "-XX:AOTCache=$cache", '-XX:+VerifySharedSpaces' }
    & "$jdk\bin\java.exe" "@$here\jvm.options" -Xlog:disable @options -cp (Get-ClassPath) mechanics.kernel.Main $arguments[0]
    exit $LASTEXITCODE
}

# What Java learnt from a first kernel, for all later ones. Java looks itself whether it fits its version, and goes without it if not.
$cache = "$here\target\lib\kernel.aot"

# True if there is a cache and nothing was built since: Java would take old classes from it, and does not notice.
function Test-Fresh {
    if (-not (Test-Path $cache) -or -not (Get-Item $cache).Length) { return $false }
    $made = (Get-Item $cache).LastWriteTimeUtc
    return -not (Get-ChildItem "$here\target\lib\*.jar", $built | Where-Object { $_.LastWriteTimeUtc -gt $made })
}

function Get-ClassPath {
    $jars = [string[]]@(Get-ChildItem "$here\target\lib\*.jar" | ForEach-Object { $_.FullName })
    [Array]::Sort($jars, [StringComparer]::Ordinal)
    return $jars -join ';'
}

function Rehearse {
    $jdk = Find-Jdk
    $key = "$jdk " + (Select-String -Path "$jdk\release" -Pattern '^JAVA_RUNTIME_VERSION=(.*)').Matches.Groups[1].Value
    $done = "$cache.for"
    if ((Test-Path $done) -and (Get-Content $done) -eq $key -and (Get-Item $done).LastWriteTimeUtc -ge (Get-Item $built).LastWriteTimeUtc) { return }
    Say 'rehearsing, so that kernels start fast'
    $path = Get-ClassPath
    if ($env:MECHANICS_NATIVES -ne 'system') { $env:PATH = "$root\lib\target\natives;$env:PATH" }
    Remove-Item -Force $cache, "$cache.new", "$cache.record" -ErrorAction SilentlyContinue
    & "$jdk\bin\java.exe" "@$here\jvm.options" -Xlog:disable -XX:AOTMode=record "-XX:AOTConfiguration=$cache.record" -cp $path mechanics.kernel.Rehearsal "$here\tools\gallery\skeleton.ipynb" *> $null
    if ($LASTEXITCODE -eq 0) {
        & "$jdk\bin\java.exe" "@$here\jvm.options" -Xlog:disable -XX:AOTMode=create "-XX:AOTConfiguration=$cache.record" "-XX:AOTCache=$cache.new" -cp $path *> $null
        if ($LASTEXITCODE -eq 0 -and (Test-Path "$cache.new")) { Move-Item -Force "$cache.new" $cache }
    }
    Remove-Item -Force "$cache.new", "$cache.record" -ErrorAction SilentlyContinue
    Set-Content $done $key -ErrorAction SilentlyContinue
}

function Test-Newer($places) {
    if (-not (Test-Path $built)) { return $true }
    $time = (Get-Item $built).LastWriteTimeUtc
    $files = Get-Item $places -ErrorAction SilentlyContinue
    $files = @($files) + @($files | Get-ChildItem -Recurse -ErrorAction SilentlyContinue)
    return [bool]($files | Where-Object { $_.LastWriteTimeUtc -gt $time } | Select-Object -First 1)
}

function Invoke-Maven($arguments) {
    if (-not (Get-Command mvn -ErrorAction SilentlyContinue)) {
        Fail 3 'Maven (mvn) is not on the PATH. Install it (for example: scoop install maven) and try again.'
    }
    $env:JAVA25_HOME = Find-Jdk
    if (-not $env:JAVA_HOME) { $env:JAVA_HOME = $env:JAVA25_HOME }
    # One build at a time: a lock that Windows frees when its holder ends, however it ends.
    $name = 'mechanics-' + ($root.ToLowerInvariant() -replace '\W', '-')
    $lock = New-Object System.Threading.Mutex($false, $name)
    try { [void]$lock.WaitOne() } catch [System.Threading.AbandonedMutexException] { }
    Push-Location $root
    try { & mvn --batch-mode --no-transfer-progress @arguments | Out-Host } finally { Pop-Location; $lock.ReleaseMutex() }
    return $LASTEXITCODE
}

function Build {
    if ($env:MECHANICS_BUILD -eq 'no') { return }
    $poms = "$root\pom.xml", "$root\lib\pom.xml", "$here\pom.xml"
    if (-not (Test-Newer ($poms + "$root\lib\src\main" + "$here\src\main" + "$here\startup.jsh"))) { return }
    if (-not (Test-Path $built)) { Say 'first use: Maven downloads about 150 MB of libraries, once, into its own repository' }
    if (Test-Newer $poms) { Remove-Item -Recurse -Force "$here\target\lib" -ErrorAction SilentlyContinue }
    Say 'building the library and the Java kernel'
    $code = Invoke-Maven @('--quiet', '-Dmaven.test.skip=true', '-Dformatter.skip=true', '-pl', 'lib,kernel-config', 'package')
    if ($code -ne 0) { Fail 3 'the build failed: Maven says why above.' }
}

function Test-Python($python) {
    if (-not $python) { return $false }
    & $python -c 'import nbclient, nbconvert, jupyter_client' 2>$null
    return $LASTEXITCODE -eq 0
}

function Find-Python {
    if ($env:MECHANICS_PYTHON) {
        if (Test-Python $env:MECHANICS_PYTHON) { return $env:MECHANICS_PYTHON }
        Fail 3 "MECHANICS_PYTHON=$env:MECHANICS_PYTHON`: expected a Python with nbclient, nbconvert and jupyter_client."
    }
    $candidates = @("$private\Scripts\python.exe" | Where-Object { Test-Path $_ })
    $candidates += Get-Command python, python3, py -ErrorAction SilentlyContinue | ForEach-Object { $_.Source }
    foreach ($python in $candidates) { if (Test-Python $python) { return $python } }
    $base = $candidates | Select-Object -First 1
    if (-not $base) { Fail 3 'neither Jupyter nor Python 3 found. Install Python (winget install Python.Python.3.13) and try again.' }
    Say "installing JupyterLab with pip (about 100 MB to download) into $private"
    & $base -m venv $private | Out-Host
    $python = "$private\Scripts\python.exe"
    & $python -m pip install --quiet --disable-pip-version-check jupyterlab nbconvert nbclient jupyter_client | Out-Host
    if (-not (Test-Python $python)) {
        Remove-Item -Recurse -Force $private -ErrorAction SilentlyContinue
        Fail 3 'pip could not install Jupyter; install it yourself and try again.'
    }
    return $python
}

# The kernel's specification names a POSIX script; Jupyter on Windows gets one that names lab.cmd, and looks there first.
function Use-OurKernel {
    $specification = Join-Path $here 'target\jupyter\kernels\java'
    [void](New-Item -ItemType Directory -Force $specification)
    $kernel = Get-Content -Raw "$here\kernels\java\kernel.json" | ConvertFrom-Json
    $kernel.argv = @("$here\lab.cmd", 'kernel', '{connection_file}')
    [IO.File]::WriteAllText("$specification\kernel.json", ($kernel | ConvertTo-Json -Depth 5))
    $env:JUPYTER_PATH = (@("$here\target\jupyter", $env:JUPYTER_PATH) | Where-Object { $_ }) -join ';'
    $env:PYTHONDONTWRITEBYTECODE = '1'
    $env:PYTHONUTF8 = '1'
}

function Initialize-Laboratory {
    [void](Find-Jdk)
    Build
    if ($env:MECHANICS_BUILD -ne 'no') { Rehearse }
    $script:python = Find-Python
    Use-OurKernel
}

function Open-Notebooks($arguments) {
    Initialize-Laboratory
    & $python -c 'import jupyterlab' 2>$null
    $module = if ($LASTEXITCODE -eq 0) { 'jupyterlab' } else { 'notebook' }
    Say 'the address below opens the notebooks; Ctrl-C ends'
    & $python -m $module -y --log-level=WARN --ip=127.0.0.1 "--notebook-dir=$root\notebooks" @arguments
    exit $LASTEXITCODE
}

$word = [string]$args[0]
$rest = @($args | Select-Object -Skip 1)
if ($word -in 'run', 'course' -and $rest -contains '') { Fail 2 "lab ${word}: an empty argument (see: lab help)" }
switch -Regex ($word) {
    '^$' { Open-Notebooks @() }
    '^(help|--help|-h)$' { Show-Help; exit 0 }
    '^run$' {
        Initialize-Laboratory
        & $python "$here\tools" run @rest
        exit $LASTEXITCODE
    }
    '^replicate$' {
        Initialize-Laboratory
        & $python "$here\tools" replicate @rest
        exit $LASTEXITCODE
    }
    '^test$' {
        $options = @($rest | Where-Object { $_ -ne '--no-browser' })
        if ($options) { Fail 2 "lab test: unknown option $options (see: lab help)" }
        $env:MECHANICS_PYTHON = Find-Python
        $exclude = if ($rest -contains '--no-browser') { @('-DexcludedGroups=browser') } else { @() }
        exit (Invoke-Maven ($exclude + 'verify'))
    }
    '^course$' {
        if ([string]$rest[0] -notin 'build', 'check', 'grade') { Fail 2 'lab course: expected build, check or grade (see: lab help)' }
        Initialize-Laboratory
        $env:JAVA_HOME = Find-Jdk
        & $python "$here\tools" course @rest
        exit $LASTEXITCODE
    }
    '^docs$' {
        if ($rest) { Fail 2 'lab docs takes no arguments.' }
        Initialize-Laboratory
        $env:JAVA_HOME = Find-Jdk
        & $python "$here\tools" docs
        exit $LASTEXITCODE
    }
    '^new$' {
        if ($rest.Count -ne 2) { Fail 2 'lab new: expected an ID and a TITLE, as in: lab new 4.13 "Batch size and noise"' }
        $env:PYTHONUTF8 = '1'
        & (Find-Python) "$here\tools" new @rest
        exit $LASTEXITCODE
    }
    '^site$' {
        Initialize-Laboratory
        $env:JAVA_HOME = Find-Jdk
        & $python "$here\tools" site @rest
        exit $LASTEXITCODE
    }
    '^rehearse$' { Rehearse; exit 0 } # the build calls it
    '^install$' {
        if ($rest) { Fail 2 'lab install takes no arguments.' }
        Initialize-Laboratory
        & $python "$here\install.py"
        exit $LASTEXITCODE
    }
    '^kernel$' { Start-Kernel $rest }
    '^-' { Open-Notebooks $args }
    default { Fail 2 "unknown word: $word (see: lab help)" }
}
