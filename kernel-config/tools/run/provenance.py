"""Saved results that a notebook loaded, and whether the code that made them has changed since."""

import subprocess

from run import ledger


def warnings(notebook, home):
    """A sentence for each file that was loaded and whose code is another now; none without Git."""
    found = {}
    for cell in notebook.cells:
        for check in ledger.checks(cell):
            origin = check.get("loadedFrom") or {}
            if origin.get("commit") and origin.get("code"):
                found[origin.get("file", "a file")] = origin
    return [f"{file} was made by {origin['code']}, which has changed since commit {origin['commit'][:10]}"
            for file, origin in found.items() if changed(origin["commit"], origin["code"], home)]


def changed(commit, path, home):
    """Whether a file is another than in a commit; False where Git cannot tell."""
    # Outside of a repository `git diff` would compare two files; so ask first whether the commit is known.
    return git(home, "cat-file", "-e", commit + "^{commit}") == 0 and git(home, "diff", "--quiet", commit, "--", path) == 1


def git(home, *words):
    """Git's exit code; None if there is no Git."""
    try:
        return subprocess.run(["git", "-C", str(home), *words], stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=30).returncode
    except (OSError, subprocess.TimeoutExpired):
        return None
