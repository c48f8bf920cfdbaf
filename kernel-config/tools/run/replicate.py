"""Executes notebooks under fresh seeds and counts how often each prediction holds: what `lab replicate` does.

Every notebook and seed has a file of its own below target/replication, so that a call that was ended goes on where it
was. A file counts as long as the notebook's code and the library are the same.
"""

import asyncio
import datetime
import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import files
from files import HOME, KERNEL_CONFIG
from run import batch, replications
from run.batch import Outcome

RESULTS = HOME / "target" / "replication"
SUMMARY = HOME / "target" / "replication.json"
SAVED = HOME / "datasets" / "results" / "replication.json"
KEPT = ("id", "kind", "verdict", "used", "recomputed")  # of a row of the ledger


def parse(arguments):
    parser = batch.Parser("replicate")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--save", action="store_true")
    options = parser.parse_intermixed_args(arguments)
    if options.seeds < 1:
        parser.error(f"seeds = {options.seeds}: expected at least 1")
    return parser.finish(options)


# ---------------------------------------------------------------------------------------------- one file of results


def library():
    """A fingerprint of our own classes, without the times at which they were packed."""
    digest = hashlib.sha256()
    for jar in sorted((KERNEL_CONFIG / "target" / "lib").glob("mechanics-*.jar")):
        with zipfile.ZipFile(jar) as archive:
            for entry in sorted(archive.infolist(), key=lambda entry: entry.filename):
                if not entry.filename.startswith("META-INF/"):
                    digest.update(f"{entry.filename} {entry.CRC}\n".encode())
    return digest.hexdigest()


def fingerprint(path, scale, classes):
    """Of what decides a notebook's results; None if it is no notebook."""
    try:
        notebook = files.read(path)
    except files.Malformed:
        return None
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    return hashlib.sha256(json.dumps([code, scale, classes]).encode()).hexdigest()


def place(name, seed):
    return RESULTS / Path(name).with_suffix("") / f"seed-{seed}.json"


def known(file, expected):
    """The outcome that a file holds; None if there is no file, it is of other code or broke off, or cannot be read."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        if expected is None or content["fingerprint"] != expected or content["broken"]:
            return None
        return Outcome(rows=[{key: row[key] for key in KEPT} for row in content["rows"]],
                       seconds=float(content["seconds"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(file, mark, outcome):
    content = {"fingerprint": mark, "broken": outcome.broken, "seconds": round(outcome.seconds, 3),
               "rows": [{key: row[key] for key in KEPT} for row in outcome.rows]}
    files.write(file, json.dumps(content, indent=1, ensure_ascii=False) + "\n")


# ---------------------------------------------------------------------------------------------- the summary


def write(options, outcomes):
    """The summary of what is known so far."""
    results = [[outcomes[name, seed].rows for seed in range(1, options.seeds + 1) if (name, seed) in outcomes]
               for name in options.notebooks.values()]
    entries = replications.summary(results)
    files.write(SUMMARY, as_text(entries))
    return entries


def save(options, outcomes):
    """The summary with commit and date, in the place from which it is committed; other notebooks' entries stay."""
    try:
        entries = [entry for entry in json.loads(SAVED.read_text(encoding="utf-8"))["predictions"]
                   if entry["notebook"] not in options.notebooks.values()]
    except FileNotFoundError:
        entries = []
    except (ValueError, KeyError, TypeError) as error:
        sys.exit(f"lab replicate: {SAVED}: expected what --save writes ({error!r}); restore or remove it")
    for name in options.notebooks.values():
        runs = [outcomes[name, seed].rows for seed in range(1, options.seeds + 1)]
        entries += [{"notebook": name, "commit": commit(), "date": datetime.datetime.now(datetime.timezone.utc).date()
                     .isoformat(), **entry} for entry in replications.summary([runs])]
    entries.sort(key=lambda entry: entry["notebook"])
    files.write(SAVED, as_text({"predictions": entries}))


def as_text(content):
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def commit():
    """Of the project, empty where Git does not know."""
    try:
        done = subprocess.run(["git", "-C", str(HOME), "rev-parse", "HEAD"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def says(outcome):
    if outcome.broken:
        return f"BROKE OFF after {outcome.seconds:.1f} s"
    good = sum(row["verdict"] not in ("fails", "undecided") for row in outcome.rows)
    return f"ok {outcome.seconds:.1f} s, {good} of {len(outcome.rows)} predictions hold"


async def replicate(options, logs):
    """What became of each notebook under each seed, by name and seed."""
    display = batch.Display([label(options, name, options.seeds) for name in options.notebooks.values()])
    classes, costs = library(), batch.known_costs()
    outcomes, todo = {}, []
    for seed in range(1, options.seeds + 1):
        for path, name in options.notebooks.items():
            file, mark = place(name, seed), fingerprint(path, options.scale, classes)
            outcome = known(file, mark)
            if outcome:
                print(f"{label(options, name, seed).ljust(display.width)}  {says(outcome)} (kept)", flush=True)
                outcomes[name, seed] = outcome
            else:
                todo.append((name, seed, path, file, mark))

    async def begin(work):
        name, seed, path, file, mark = work
        log = logs / f"kernel-{seed}-{path.stem}.log"
        log.touch()
        line = display.open(label(options, name, seed), log)
        try:
            outcome, _ = await batch.measure(path, name, line, options, batch.environment(options, MECHANICS_SEED=str(seed)), costs)
        except asyncio.CancelledError:
            line.close("interrupted; the same call goes on from here")
            raise
        line.close(says(outcome))
        outcome.tell()
        keep(file, mark, outcome)
        outcomes[name, seed] = outcome
        write(options, outcomes)
        batch.keep_costs(costs)

    await batch.all_of(todo, options.jobs, costs, begin, display)
    return outcomes


def label(options, name, seed):
    return f"seed {seed}/{options.seeds}  {name}"


def main(arguments):
    options = parse(arguments)
    try:
        return count(options)
    except files.Unwritable as error:
        print(f"lab replicate: {error}", file=sys.stderr)
        return 3


def count(options):
    files.check_writable(SUMMARY.parent)
    try:
        with tempfile.TemporaryDirectory(prefix="lab-replicate-") as logs:
            outcomes = asyncio.run(replicate(options, Path(logs)))
    except batch.Interrupted as stopped:
        return 128 + stopped.args[0]
    except KeyboardInterrupt:
        return 130
    entries = write(options, outcomes)
    if options.save:
        save(options, outcomes)
    doubtful = [entry for entry in entries if entry["held"] < entry["seeds"]]
    for entry in doubtful:
        print(f"{entry['kind']} {entry['id']} held under {entry['held']} of {entry['seeds']} seeds")
    print(f"{len(entries) - len(doubtful)} of {len(entries)} predictions held under all {options.seeds} seeds; counts in {SUMMARY}")
    return 1 if any(outcome.broken for outcome in outcomes.values()) else 0
