"""Many notebooks at a time: what `lab run` and `lab replicate` share."""

import argparse
import asyncio
import json
import os
import re
import shutil
import signal
import sys
import time
from dataclasses import dataclass, field

import files
from files import HOME
from run import execution, ledger, provenance

NOTEBOOKS = HOME / "notebooks"
COSTS = HOME / "target" / "costs.json"  # what each notebook took when it last ran to its end
UNKNOWN = {"seconds": float("inf"), "bytes": 2 * 2**30}  # of a notebook that has not run yet: so it begins early
SPARE = 2**29  # bytes of memory that are left to everything else


class Interrupted(Exception):
    """The user or the system ended the work; the argument is the signal."""


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

    def tell(self):
        for sentence in self.problems + [f"warning: {words}" for words in self.warnings]:
            print(f"    {sentence}", flush=True)


# ---------------------------------------------------------------------------------------------- the command line


class Parser(argparse.ArgumentParser):
    """The command line of a word that executes notebooks."""

    def __init__(self, word):
        super().__init__(prog=f"lab {word}", add_help=False, allow_abbrev=False)
        self.add_argument("paths", nargs="*", type=files.path, metavar="NOTEBOOK|FOLDER")
        self.add_argument("--scale", default=os.environ.get("MECHANICS_SCALE") or "quick")
        self.add_argument("--time-limit", type=float, default=600.0)
        self.add_argument("--jobs", type=int, default=os.cpu_count() or 1)

    def error(self, message):
        sys.stderr.write(f"{self.prog}: {message} (see: lab help)\n")
        sys.exit(2)

    def finish(self, options):
        """Checks what all words have, and finds the notebooks."""
        if options.scale not in ("quick", "full"):
            self.error(f"scale = {options.scale}: expected quick or full")
        if not 0 <= options.time_limit < float("inf"):
            self.error(f"time limit = {options.time_limit}: expected seconds, 0 for none")
        if options.jobs < 1:
            self.error(f"jobs = {options.jobs}: expected at least 1")
        options.notebooks = {}
        for path in options.paths or [NOTEBOOKS]:
            found = find(path)
            if not found:
                self.error(f"no notebook in {path}")
            options.notebooks.update(found)
        if len(set(options.notebooks.values())) < len(options.notebooks):
            self.error("two of the notebooks have the same name; run them apart, each with its own --out")
        return options


def find(path):
    """The notebooks that a path names, from file to name, in natural order: 1.2 comes before 1.10."""
    path = next((place for place in (path, HOME / path, NOTEBOOKS / path) if place.exists()), path).resolve()
    root = NOTEBOOKS if NOTEBOOKS in (path, *path.parents) else path if path.is_dir() else path.parent
    found = path.rglob("*.ipynb") if path.is_dir() else [path]
    names = {file: file.relative_to(root).as_posix() for file in found if file.is_file()}
    visible = {file: name for file, name in names.items() if not name.startswith(".") and "/." not in name}
    return dict(sorted(visible.items(), key=lambda item: natural(item[1])))


def natural(name):
    return [(0, int(part)) if part.isdigit() else (1, part) for part in re.split(r"(\d+)", name) if part]


# ---------------------------------------------------------------------------------------------- the terminal


class Display:
    """A line for each notebook when it is done; on a terminal, below them, one that says what runs now."""

    def __init__(self, labels):
        self.width = max(map(len, labels), default=0)
        self.live = sys.stdout.isatty()
        self.lines = []

    def open(self, label, log):
        line = Line(self, label, log)
        self.lines.append(line)
        return line

    def close(self, line, result):
        self.lines.remove(line)
        print(("\r\x1b[K" if self.live else "") + f"{line.label.ljust(self.width)}  {result}", flush=True)

    async def redraw(self):
        while self.live:
            width = (shutil.get_terminal_size().columns - 1) // max(1, len(self.lines)) - 3
            print("\r\x1b[K" + " | ".join(line.text(width) for line in self.lines), end="", flush=True)
            await asyncio.sleep(0.5)


class Line:
    """What the terminal says of one notebook."""

    def __init__(self, display, label, log):
        self.display = display
        self.label = label
        self.log = log
        self.words = "starting the kernel"
        self.started = time.monotonic()

    def seconds(self):
        return time.monotonic() - self.started

    def progress(self, words):
        self.words = words

    def text(self, width):
        return "  ".join([self.label.split("/")[-1].removesuffix(".ipynb"), f"{self.seconds():.0f} s", self.words,
                          *last_lines(self.log, 1)])[:max(width, 8)]

    def close(self, result):
        self.display.close(self, result)


def last_lines(log, count):
    """What the kernel's process wrote last by itself: progress, or its last words."""
    with open(log, "rb") as file:
        file.seek(max(0, os.path.getsize(log) - 4000))
        text = file.read().decode("utf-8", "replace")
    lines = [line.strip() for line in re.split(r"[\r\n]+", text)]
    return [line for line in lines if line and not line.startswith("WARNING: Using incubator modules")][-count:]


# ---------------------------------------------------------------------------------------------- the work


class Signals:
    """While open, an interrupt or a termination ends the running task, so that its kernels are shut down."""

    def __enter__(self):
        self.received = None
        self.loop = asyncio.get_running_loop()
        self.task = asyncio.current_task()
        for number in (signal.SIGINT, signal.SIGTERM):
            try:
                self.loop.add_signal_handler(number, self.receive, number)
            except NotImplementedError:  # Windows: KeyboardInterrupt comes by itself
                pass
        return self

    def receive(self, number):
        self.received = number
        self.task.cancel()

    def raise_received(self):
        if self.received:
            raise Interrupted(self.received)

    def __exit__(self, *_):
        for number in (signal.SIGINT, signal.SIGTERM):
            try:
                self.loop.remove_signal_handler(number)
            except NotImplementedError:
                pass


async def all_of(works, jobs, costs, begin, display):
    """Begins works, each (name, …), `jobs` at a time, and waits for the end of all.

    With more than one job the longest begins first, so that none is left over at the end; a work waits until there is
    memory for what its notebook took when it last ran. `begin(work)` is a coroutine.
    """
    waiting = list(works)
    if jobs > 1:
        waiting.sort(key=lambda work: -costs.get(work[0], UNKNOWN)["seconds"])
    running = {}
    redrawing = asyncio.ensure_future(display.redraw())
    with Signals() as signals:
        try:
            while waiting or running:
                while waiting and len(running) < jobs and (not running or has_room(waiting[0], running.values(), costs)):
                    work = waiting.pop(0)
                    running[asyncio.ensure_future(begin(work))] = work
                done, _ = await asyncio.wait(running, timeout=2.0, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    del running[task]
                    task.result()
        except asyncio.CancelledError:
            await end(running)
            signals.raise_received()
            raise
        finally:
            redrawing.cancel()
            await end(running)
        signals.raise_received()


async def end(tasks):
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def has_room(work, running, costs):
    """Whether memory suffices, also if what runs still grows to its known size: half of it is assumed to be there."""
    free = free_memory()
    return free is None or free > SPARE + costs.get(work[0], UNKNOWN)["bytes"] + sum(
        costs.get(other[0], UNKNOWN)["bytes"] / 2 for other in running)


def free_memory():
    """Bytes that new processes can have; None where the system does not say."""
    try:
        with open("/proc/meminfo", encoding="ascii") as file:
            return next(int(line.split()[1]) * 1024 for line in file if line.startswith("MemAvailable:"))
    except (OSError, StopIteration, ValueError):
        return None


def known_costs():
    """What notebooks took, by name; a file that cannot be read is as none: it only decides on the order."""
    try:
        content = json.loads(COSTS.read_text(encoding="utf-8"))
        return {name: {key: float(cost[key]) for key in UNKNOWN} for name, cost in content.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def keep_costs(costs):
    try:
        files.write(COSTS, json.dumps({name: costs[name] for name in sorted(costs)}, indent=1) + "\n")
    except files.Unwritable:
        pass  # the next run finds another order


def environment(options, **more):
    """Of the kernels. Those that run side by side share the cores: results do not depend on the number of threads."""
    share = max(1, (os.cpu_count() or 1) // options.jobs)
    threads = {} if options.jobs == 1 or os.environ.get("MECHANICS_THREADS") else {"MECHANICS_THREADS": str(share)}
    return {**os.environ, **threads, "MECHANICS_SCALE": options.scale, "MECHANICS_HEADLESS": "1", **more}


async def measure(path, name, line, options, env, costs, repeated=None):
    """Executes a notebook; returns what became of it, and the notebook with its outputs: None if it is none."""
    outcome = Outcome()
    try:
        notebook = files.read(path)
    except files.Malformed as error:
        outcome.broken.append(f"not a notebook: {error}")
        return outcome, None
    with open(line.log, "ab") as log:
        done = await execution.execute(notebook, path.parent, options.time_limit, log, env, line.progress)
    failure = done.failure
    if failure:
        outcome.broken.append(failure.sentence)
    if failure and failure.kernel_lost:
        outcome.broken += [f"the kernel's last words: {words}" for words in last_lines(line.log, 5)]
    files.normalise(notebook)
    outcome.rows, outcome.failed = ledger.rows(notebook, name, done.seconds, repeated)
    outcome.warnings = await asyncio.to_thread(provenance.warnings, notebook, HOME)
    outcome.seconds = line.seconds()
    if not failure:
        costs[name] = {"seconds": round(outcome.seconds, 1), "bytes": done.memory or UNKNOWN["bytes"]}
    return outcome, notebook
