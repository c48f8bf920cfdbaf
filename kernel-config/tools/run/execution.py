"""Executes the cells of a notebook one by one in a fresh kernel."""

import asyncio
import logging
import re
import time
from dataclasses import dataclass

import nbformat
import zmq
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbclient.util import ensure_async

START = 120.0  # seconds that a kernel may take to start
GRACE = 20.0  # seconds between the interrupt of a cell that runs too long and the end of its kernel


@dataclass(frozen=True)
class Failure:
    """Why the execution of a notebook ended early."""

    sentence: str
    kernel_lost: bool = False


@dataclass(frozen=True)
class Execution:
    """How the execution of a notebook went."""

    seconds: dict  # that each cell took, by its id
    failure: Failure | None
    memory: int | None  # bytes, the most that the kernel's process had; None where the system does not say


async def execute(notebook, folder, limit, log, env, on_progress):
    """Runs the cells up to the first that fails. The notebook is modified. Returns an `Execution`.

    `limit` is in seconds for each cell, 0 for none; `log` receives what the kernel's process writes by itself; `env` is
    the environment of that process; `on_progress` is called with a few words before each cell.
    """
    logging.getLogger("traitlets").setLevel(logging.CRITICAL)  # the caller reports every failure
    client = NotebookClient(notebook, kernel_name="java", record_timing=False, timeout=None, iopub_timeout=60,
                            store_widget_state=False)
    client.create_kernel_manager()
    seconds, memory = {}, None
    try:
        failure = await start(client, folder, log, env)
        cells = [i for i, c in enumerate(notebook.cells) if c.cell_type == "code" and c.source.strip()]
        for number, index in enumerate(cells, 1):
            if failure:
                break
            on_progress(f"cell {number}/{len(cells)}")
            started = time.monotonic()
            failure = await execute_cell(client, index, number, limit)
            seconds[notebook.cells[index].id] = time.monotonic() - started
        memory = peak_memory(client)
    finally:
        await stop(client)
    return Execution(seconds, failure, memory)


def peak_memory(client):
    """Of the kernel's process, in bytes; the starter has become it."""
    try:
        with open(f"/proc/{client.km.provisioner.pid}/status", encoding="utf-8") as file:
            return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmHWM:"))
    except (AttributeError, OSError, StopIteration, ValueError):
        return None


async def start(client, folder, log, env):
    """Starts the kernel and notes its language in the notebook; returns a `Failure` if that fails."""
    try:
        await ensure_async(client.km.start_kernel(cwd=str(folder), env=env, stdout=log, stderr=log))
        display_name = client.km.kernel_spec.display_name
        client.kc = client.km.client()
        client.kc.context.setsockopt(zmq.RCVHWM, 0)  # no limit: beyond it messages, and with them outputs, are dropped
        client.kc.start_channels()
        await client.kc.wait_for_ready(timeout=START)
        client.kc.allow_stdin = False
        info = await client.async_wait_for_reply(await ensure_async(client.kc.kernel_info()))
    except Exception as error:  # of any library on the way: all end this notebook, none the others
        return Failure(f"the kernel did not start: {error}", kernel_lost=True)
    metadata = client.nb.metadata
    metadata["kernelspec"] = {"display_name": display_name, "language": "java", "name": "java"}
    metadata["language_info"] = nbformat.from_dict(info["content"]["language_info"])
    return None


async def execute_cell(client, index, number, limit):
    """Executes one cell; returns a `Failure` if it fails."""
    cell = client.nb.cells[index]
    guard = Guard(client.km, limit)
    error, lost = None, False
    try:
        await client.async_execute_cell(cell, index, execution_count=number)
    except CellExecutionError as failure:
        error = message(cell) or f"{failure.ename}: {failure.evalue}"
    except DeadKernelError:
        error, lost = "the kernel's process ended", True
    finally:
        guard.close()
    if guard.expired:
        error = f"ran longer than the limit of {limit:g} s" + (", as did its interrupt: kernel ended" if lost else "")
    if error is None:
        return None
    if not any(output.output_type == "error" for output in cell.outputs):
        cell.outputs.append(nbformat.v4.new_output("error", ename="Stopped", evalue=error, traceback=[error]))
    return Failure(f"cell [{number}] ({first_line(cell.source):.60}): {error}", lost)


class Guard:
    """Interrupts a cell that runs longer than the limit, and ends the kernel if that does not help."""

    def __init__(self, kernel, limit):
        self.expired = self.killed = False
        self.task = asyncio.ensure_future(self.watch(kernel, limit)) if limit else None

    async def watch(self, kernel, limit):
        await asyncio.sleep(limit)
        self.expired = True
        await ensure_async(kernel.interrupt_kernel())
        await asyncio.sleep(GRACE)
        self.killed = True
        await ensure_async(kernel.shutdown_kernel(now=True))

    def close(self):
        if self.task and not self.killed:
            self.task.cancel()


async def stop(client):
    """Ends the kernel, if it still lives, and the connections to it."""
    if client.kc:
        client.kc.stop_channels()
    if client.km:
        if await ensure_async(client.km.is_alive()):
            await ensure_async(client.km.shutdown_kernel())
        await ensure_async(client.km.cleanup_resources())


def message(cell):
    """The error that a cell shows, in one line without colors."""
    for output in cell.outputs:
        if output.output_type == "error":
            text = "\n".join([f"{output.ename}: {output.evalue}" if output.evalue else "", *output.traceback])
            return first_line(re.sub(r"\x1b\[[0-9;]*m", "", text))
    return None


def first_line(text):
    return next((line.strip() for line in text.splitlines() if line.strip()), "")
