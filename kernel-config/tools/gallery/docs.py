"""The Javadoc of the library: what `lab docs` does, and `lab site` beside its pages."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from files import HOME

SOURCES = [HOME / "lib" / "src" / "main" / "java", HOME / "lib" / "target" / "generated-sources" / "float"]
LIBRARIES = HOME / "kernel-config" / "target" / "lib"


class Problem(Exception):
    """Javadoc could not be built; the message says why."""


def build(out):
    """Writes the pages into a folder, which must not exist."""
    tool = Path(os.environ.get("JAVA_HOME", "")) / "bin" / ("javadoc.exe" if os.name == "nt" else "javadoc")
    if not tool.exists():
        raise Problem(f"no {tool}: JAVA_HOME is to name a JDK")
    done = subprocess.run(
        [tool, "-d", out, "-quiet", "-encoding", "UTF-8", "-notimestamp", "-Xdoclint:all,-missing",
         "--add-modules", "jdk.incubator.vector", "-windowtitle", "Learning Mechanics", "-doctitle", "Learning Mechanics",
         "-classpath", LIBRARIES / "*", "-sourcepath", os.pathsep.join(map(str, SOURCES)), "-subpackages", "mechanics"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode != 0:
        raise Problem("Javadoc failed:\n" + (done.stderr or done.stdout).strip())


def classes():
    """The addresses of the pages of all public classes, below the folder of the API, by simple name."""
    files = ((file, folder) for folder in SOURCES for file in folder.rglob("*.java") if file.stem != "package-info")
    return {file.stem: file.relative_to(folder).with_suffix(".html").as_posix() for file, folder in files
            if "\npublic " in file.read_text(encoding="utf-8")}


def main(arguments):
    if arguments:
        print("lab docs: takes no arguments (see: lab help)", file=sys.stderr)
        return 2
    out = HOME / "target" / "site" / "api"
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".api-") as folder:
            fresh = Path(folder) / "api"
            build(fresh)
            shutil.rmtree(out, ignore_errors=True)
            fresh.replace(out)
    except Problem as problem:
        print(f"lab docs: {problem}", file=sys.stderr)
        return 1
    print(f"open {out / 'index.html'}")
    return 0
