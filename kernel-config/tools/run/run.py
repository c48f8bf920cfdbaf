"""Executes notebooks through the Java kernel, without a browser: what `lab run` does.

Each notebook becomes an executed notebook and a page. The predictions that the notebooks display are collected in
ledger.json and printed as a table. One failing notebook does not keep the others from running.
"""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

import files
from files import HOME
from run import batch, ledger, replications


def parse(arguments):
    parser = batch.Parser("run")
    parser.add_argument("--out", type=files.path, default=HOME / "target" / "notebooks")
    parser.add_argument("--seed", type=int, default=os.environ.get("MECHANICS_SEED") or 0)
    parser.add_argument("--in-place", action="store_true")
    options = parser.parse_intermixed_args(arguments)
    if options.in_place and options.seed:
        parser.error(f"seed = {options.seed} with --in-place: expected 0, the seed of the notebooks' own numbers")
    if not -2**63 <= options.seed < 2**63:
        parser.error(f"seed = {options.seed}: expected a whole number of 64 bits")
    return parser.finish(options)


async def run(path, name, line, options, env, costs, repeated):
    """Executes a notebook and writes it, as a notebook and as a page."""
    outcome, notebook = await batch.measure(path, name, line, options, env, costs, repeated)
    if notebook is None:
        return outcome
    target = options.out / name
    try:
        await asyncio.to_thread(write, notebook, target, path if options.in_place and not outcome.problems else None)
    except files.Unwritable as error:
        outcome.broken.append(str(error))
        outcome.unwritten = True
    outcome.seconds = line.seconds()
    return outcome


def write(notebook, target, source):
    text = files.as_text(notebook)
    files.write(target, text)
    files.write(target.with_suffix(".html"), files.as_page(notebook, target.stem))
    if source:
        files.write(source, text)


async def run_all(options, logs, repeated):
    """What became of each notebook, by name."""
    env = batch.environment(options, MECHANICS_SEED=str(options.seed))
    display = batch.Display(options.notebooks.values())
    costs = batch.known_costs()
    outcomes = {}

    async def begin(work):
        name, path = work
        log = logs / f"kernel-{len(outcomes)}-{path.stem}.log"
        log.touch()
        line = display.open(name, log)
        try:
            outcomes[name] = await run(path, name, line, options, env, costs, repeated)
        except asyncio.CancelledError:
            line.close("interrupted")
            raise
        line.close(outcomes[name])
        outcomes[name].tell()
        batch.keep_costs(costs)

    await batch.all_of([(name, path) for path, name in options.notebooks.items()], options.jobs, costs, begin, display)
    return outcomes


def main(arguments):
    options = parse(arguments)
    try:
        for folder in {options.out, *((path.parent for path in options.notebooks) if options.in_place else ())}:
            files.check_writable(folder)
    except files.Unwritable as error:
        print(f"lab run: {error}", file=sys.stderr)
        return 3
    try:
        repeated = replications.read(HOME)
    except ValueError as error:
        print(f"lab run: {error}; the ledger goes without it", file=sys.stderr)
        repeated = {}
    try:
        with tempfile.TemporaryDirectory(prefix="lab-run-") as logs:
            outcomes = asyncio.run(run_all(options, Path(logs), repeated))
    except batch.Interrupted as stopped:
        return 128 + stopped.args[0]
    except KeyboardInterrupt:
        return 130
    rows = [row for name in options.notebooks.values() for row in outcomes[name].rows]
    unwritten = any(outcome.unwritten for outcome in outcomes.values())
    try:
        files.write(options.out / "ledger.json", ledger.as_text(rows))
    except files.Unwritable as error:
        print(f"lab run: {error}", file=sys.stderr)
        unwritten = True
    print(ledger.table(rows), end="")
    failed = sum(bool(outcome.problems) for outcome in outcomes.values())
    print(f"{len(outcomes) - failed} of {len(outcomes)} notebooks ok; results in {options.out}")
    return 3 if unwritten else 1 if failed else 0
