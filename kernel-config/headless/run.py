"""Executes notebooks through the Java kernel, without a browser: what `lab run` does.

Each notebook becomes an executed notebook and a page. The predictions that the notebooks display are collected in
ledger.json and printed as a table. One failing notebook does not keep the others from running.
"""

import argparse
import asyncio
import os
import re
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import execution
import files
import ledger
import provenance
import replications

KERNEL_CONFIG = Path(__file__).resolve().parent.parent
HOME = KERNEL_CONFIG.parent
NOTEBOOKS = HOME / "notebooks"


@dataclass
class Outcome:
    """What became of one notebook."""

    broken: list = field(default_factory=list)  # why it ended early, in sentences
    failed: list = field(default_factory=list)  # which predictions did not come out, in sentences
    warnings: list = field(default_factory=list)  # sentences
    rows: list = field(default_factory=list)  # of the ledger
    seconds: float = 0.0
    unwritten: bool = False  # some of its results have no place

    @property
    def problems(self):
        return self.broken + self.failed

    def __str__(self):
        if self.problems:
            return f"FAILED after {self.seconds:.1f} s"
        return f"ok {self.seconds:.1f} s, {len(self.rows)} prediction{'' if len(self.rows) == 1 else 's'}"


# ---------------------------------------------------------------------------------------------- the command line


class Parser(argparse.ArgumentParser):
    """The command line of a word that executes notebooks."""

    def __init__(self, word):
        super().__init__(prog=f"lab {word}", add_help=False, allow_abbrev=False)
        self.add_argument("paths", nargs="*", type=files.path, metavar="NOTEBOOK|FOLDER")
        self.add_argument("--scale", default=os.environ.get("MECHANICS_SCALE") or "quick")
        self.add_argument("--time-limit", type=float, default=600.0)

    def error(self, message):
        sys.stderr.write(f"{self.prog}: {message} (see: lab help)\n")
        sys.exit(2)


def parse(arguments):
    parser = Parser("run")
    parser.add_argument("--out", type=files.path, default=HOME / "target" / "notebooks")
    parser.add_argument("--seed", type=int, default=os.environ.get("MECHANICS_SEED") or 0)
    parser.add_argument("--in-place", action="store_true")
    options = parser.parse_intermixed_args(arguments)
    if options.in_place and options.seed:
        parser.error(f"seed = {options.seed} with --in-place: expected 0, the seed of the notebooks' own numbers")
    check_seed(parser, options.seed)
    return finish(parser, options)


def check_seed(parser, seed):
    if not -2**63 <= seed < 2**63:
        parser.error(f"seed = {seed}: expected a whole number of 64 bits")


def finish(parser, options):
    """Checks what all words have, and finds the notebooks."""
    if options.scale not in ("quick", "full"):
        parser.error(f"scale = {options.scale}: expected quick or full")
    if not 0 <= options.time_limit < float("inf"):
        parser.error(f"time limit = {options.time_limit}: expected seconds, 0 for none")
    options.notebooks = {}
    for path in options.paths or [NOTEBOOKS]:
        found = find(path)
        if not found:
            parser.error(f"no notebook in {path}")
        options.notebooks.update(found)
    if len(set(options.notebooks.values())) < len(options.notebooks):
        parser.error("two of the notebooks have the same name; run them apart, each with its own --out")
    return options


def find(path):
    """The notebooks that a path names, from file to name, in natural order: 1.2 comes before 1.10."""
    path = next((place for place in (path, HOME / path, NOTEBOOKS / path) if place.exists()), path).resolve()
    root = NOTEBOOKS if NOTEBOOKS in (path, *path.parents) else path if path.is_dir() else path.parent
    files = path.rglob("*.ipynb") if path.is_dir() else [path]
    names = {file: file.relative_to(root).as_posix() for file in files if file.is_file()}
    visible = {file: name for file, name in names.items() if not name.startswith(".") and "/." not in name}
    return dict(sorted(visible.items(), key=lambda item: natural(item[1])))


def natural(name):
    return [(0, int(part)) if part.isdigit() else (1, part) for part in re.split(r"(\d+)", name) if part]


# ---------------------------------------------------------------------------------------------- one notebook


class Line:
    """The line of one notebook: on a terminal redrawn while the notebook runs, elsewhere written once."""

    def __init__(self, name, width, log):
        self.name = name.ljust(width)
        self.log = log
        self.words = "starting the kernel"
        self.live = sys.stdout.isatty()
        self.started = time.monotonic()

    def seconds(self):
        return time.monotonic() - self.started

    def progress(self, words):
        self.words = words

    async def redraw(self):
        while self.live:
            text = "  ".join([self.name, self.words, f"{self.seconds():.0f} s", *last_lines(self.log, 1)])
            print("\r\x1b[K" + text[: shutil.get_terminal_size().columns - 1], end="", flush=True)
            await asyncio.sleep(0.5)

    def close(self, result):
        print(("\r\x1b[K" if self.live else "") + f"{self.name}  {result}", flush=True)


def last_lines(log, count):
    """What the kernel's process wrote last by itself: progress, or its last words."""
    with open(log, "rb") as file:
        file.seek(max(0, os.path.getsize(log) - 4000))
        text = file.read().decode("utf-8", "replace")
    lines = [line.strip() for line in re.split(r"[\r\n]+", text)]
    return [line for line in lines if line and not line.startswith("WARNING: Using incubator modules")][-count:]


async def measure(path, name, line, options, repeated=None):
    """Executes a notebook; returns what became of it, and the notebook with its outputs: None if it is none."""
    outcome = Outcome()
    try:
        notebook = files.read(path)
    except files.Malformed as error:
        outcome.broken.append(f"not a notebook: {error}")
        return outcome, None
    redrawing = asyncio.ensure_future(line.redraw())
    with open(line.log, "ab") as log:
        try:
            seconds, failure = await execution.execute(notebook, path.parent, options.time_limit, log, line.progress)
        finally:
            redrawing.cancel()
    if failure:
        outcome.broken.append(failure.sentence)
    if failure and failure.kernel_lost:
        outcome.broken += [f"the kernel's last words: {words}" for words in last_lines(line.log, 5)]
    files.normalise(notebook)
    outcome.rows, outcome.failed = ledger.rows(notebook, name, seconds, repeated)
    outcome.warnings = provenance.warnings(notebook, HOME)
    outcome.seconds = line.seconds()
    return outcome, notebook


async def run(path, name, line, options, repeated):
    """Executes a notebook and writes it, as a notebook and as a page."""
    outcome, notebook = await measure(path, name, line, options, repeated)
    if notebook is None:
        return outcome
    text = files.as_text(notebook)
    target = options.out / name
    try:
        files.write(target, text)
        files.write(target.with_suffix(".html"), files.as_page(notebook, target.stem))
        if options.in_place and not outcome.problems:
            files.write(path, text)
    except files.Unwritable as error:
        outcome.broken.append(str(error))
        outcome.unwritten = True
    outcome.seconds = line.seconds()
    return outcome


def tell(outcome):
    for sentence in outcome.problems + [f"warning: {words}" for words in outcome.warnings]:
        print(f"    {sentence}", flush=True)


def main(arguments):
    options = parse(arguments)
    try:
        for folder in {options.out, *((path.parent for path in options.notebooks) if options.in_place else ())}:
            files.check_writable(folder)
    except files.Unwritable as error:
        print(f"lab run: {error}", file=sys.stderr)
        return 3
    os.environ.update(MECHANICS_SCALE=options.scale, MECHANICS_HEADLESS="1", MECHANICS_SEED=str(options.seed))
    try:
        repeated = replications.read(HOME)
    except ValueError as error:
        print(f"lab run: {error}; the ledger goes without it", file=sys.stderr)
        repeated = {}
    width = max(len(name) for name in options.notebooks.values())
    outcomes = []
    with tempfile.TemporaryDirectory(prefix="lab-run-") as logs:
        for number, (path, name) in enumerate(options.notebooks.items()):
            log = Path(logs) / f"kernel-{number}.log"
            log.touch()
            line = Line(name, width, log)
            try:
                outcome = asyncio.run(run(path, name, line, options, repeated))
            except execution.Interrupted as stopped:
                line.close("interrupted")
                return 128 + stopped.args[0]
            except KeyboardInterrupt:
                line.close("interrupted")
                return 130
            line.close(outcome)
            tell(outcome)
            outcomes.append(outcome)
    rows = [row for outcome in outcomes for row in outcome.rows]
    unwritten = any(outcome.unwritten for outcome in outcomes)
    try:
        files.write(options.out / "ledger.json", ledger.as_text(rows))
    except files.Unwritable as error:
        print(f"lab run: {error}", file=sys.stderr)
        unwritten = True
    print(ledger.table(rows), end="")
    failed = sum(bool(outcome.problems) for outcome in outcomes)
    print(f"{len(outcomes) - failed} of {len(outcomes)} notebooks ok; results in {options.out}")
    return 3 if unwritten else 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
