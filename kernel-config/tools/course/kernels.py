"""A Java kernel with limits: on time, memory, the size of files and of what it prints.

The limits hold off accidents and crude attacks. They are no sandbox: the kernel runs as the user who grades.
"""

import os
import re
import secrets
import shutil
import signal
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import zmq
from jupyter_client import KernelManager

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None

START = 120.0  # seconds that a kernel may take to start
LARGEST_OUTPUT = 10 * 2**20  # bytes of messages of one cell
KEPT = ("PATH", "LANG", "LC_ALL", "JAVA_HOME", "JUPYTER_PATH", "MECHANICS_HOME", "MECHANICS_NATIVES", "MECHANICS_THREADS",
        "OPENBLAS_NUM_THREADS", "SYSTEMROOT", "TZ")
MARK = "MECHANICS_GRADING"


@dataclass(frozen=True)
class Limits:
    """What a kernel may use."""

    cell_seconds: float = 120.0
    total_seconds: float = 1200.0
    memory: int = 4 * 2**30  # bytes, of all its processes together; half of them for Java's heap
    disk: int = 256 * 2**20  # bytes below its folder; a quarter of them for one file


@dataclass
class Result:
    """What became of one cell."""

    error: str = ""  # what it threw, or why it did not compile
    lost: str = ""  # why its kernel is gone
    values: list = field(default_factory=list)  # the data of its execute results, by MIME type


class Kernel:
    """A running kernel, in a working folder of its own. Use as a context manager."""

    def __init__(self, limits, deadline):
        self.limits = limits
        self.deadline = deadline  # of the whole, by the monotonic clock
        self.manager = self.client = self.watch = None

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="lab-grade-")).resolve()
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def start(self):
        for name in ("work", "home", "tmp"):
            (self.folder / name).mkdir()
        self.token = secrets.token_hex(16)
        self.manager = KernelManager(kernel_name="java")
        with open(self.folder / "kernel.log", "wb") as log:
            self.manager.start_kernel(cwd=str(self.folder / "work"), env=self.environment(), stdout=log, stderr=log,
                                      **({"preexec_fn": self.restrict} if resource else {}))
        self.watch = Watch(self.folder, self.token, self.limits)
        self.client = self.manager.client()
        self.client.context.setsockopt(zmq.RCVHWM, 0)
        self.client.start_channels()
        self.client.wait_for_ready(timeout=START)

    def environment(self):
        tmp, home = self.folder / "tmp", self.folder / "home"
        options = (f"-Xmx{self.limits.memory // 2} -XX:MaxDirectMemorySize={self.limits.memory // 4} "
                   f'-XX:+ExitOnOutOfMemoryError -XX:-UsePerfData "-Djava.io.tmpdir={tmp}" "-Duser.home={home}"')
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        return {**kept, "HOME": str(home), "TMPDIR": str(tmp), "TMP": str(tmp), "TEMP": str(tmp), MARK: self.token,
                "MECHANICS_SCALE": "quick", "MECHANICS_HEADLESS": "1", "MECHANICS_BUILD": "no", "JDK_JAVA_OPTIONS": options}

    def restrict(self):
        """In the kernel's process, before it becomes the kernel."""
        seconds = int(self.limits.total_seconds * (os.cpu_count() or 1)) + 60
        for kind, value in ((resource.RLIMIT_FSIZE, self.limits.disk // 4), (resource.RLIMIT_CORE, 0),
                            (resource.RLIMIT_CPU, seconds)):
            _, hard = resource.getrlimit(kind)
            value = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(kind, (value, value))
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))  # the grader has set itself a lower one
        os.nice(5)

    def run(self, source):
        """Executes a cell. After a result that says `lost` the kernel is of no more use."""
        end = min(time.monotonic() + self.limits.cell_seconds, self.deadline)
        result, size = Result(), 0
        request = self.client.execute(source, allow_stdin=False, stop_on_error=False)
        while True:
            message = self.receive()
            if message is not None:
                size += len(str(message.get("content", "")))
                if message["parent_header"].get("msg_id") == request and note(message, result):
                    return result
            if size > LARGEST_OUTPUT:
                result.lost = f"printed more than {LARGEST_OUTPUT // 2**20} MB"
            elif self.watch.exceeded:
                result.lost = self.watch.exceeded
            elif time.monotonic() > end:
                whole = end == self.deadline
                result.lost = "the whole took too long" if whole else f"ran longer than {self.limits.cell_seconds:g} s"
            elif message is None and not self.manager.is_alive():
                result.lost = self.last_words()
            if result.lost:
                return result

    def receive(self):
        """The next message of the kernel, None if there is none for a moment or it cannot be read."""
        try:
            message = self.client.get_iopub_msg(timeout=0.2)
            return message if isinstance(message.get("parent_header"), dict) else None
        except Exception:  # an empty queue, or what a hostile kernel sends: a wrong signature, no JSON
            return None

    def last_words(self):
        with open(self.folder / "kernel.log", "rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - 4000))
            words = log.read().decode("utf-8", "replace")
        return "out of memory" if "java.lang.OutOfMemoryError" in words else "ended the kernel's process"

    def __exit__(self, *_):
        if self.watch:
            self.watch.close()
        if self.client:
            self.client.stop_channels()
        if self.manager and self.manager.has_kernel:
            self.manager.shutdown_kernel(now=True)
        for process in family(getattr(self, "token", "")):
            end_process(process)
        if self.manager:
            self.manager.cleanup_resources()
        remove(self.folder)


def note(message, result):
    """Notes what a message says about its cell; true if the cell is done."""
    content, kind = message.get("content", {}), message.get("msg_type")
    if kind == "error" and not result.error:
        said = [str(content.get("evalue") or ""), *map(str, content.get("traceback") or [])]
        plain = [re.sub(r"\x1b\[[0-9;]*m", "", text) for text in said]
        first = next((text for text in plain if text.strip()), "failed").strip().splitlines()[:3]
        where = re.sub(r"^\s*\d+ \|", "", plain[2]).strip() if content.get("ename") == "CompileError" and plain[2:] else ""
        result.error = " ".join([f"{content.get('ename', '')}:", *(line.strip() for line in first)]).removeprefix(": ")[:300]
        result.error += f" in {where[:200]}" if where else ""
    elif kind == "execute_result":
        result.values.append(content.get("data", {}))
    return kind == "status" and content.get("execution_state") == "idle"


class Watch:
    """Looks twice a second how much memory and disk a kernel and its children use."""

    def __init__(self, folder, token, limits):
        self.exceeded = ""
        self.closed = threading.Event()
        self.thread = threading.Thread(target=self.look, args=(folder, token, limits), daemon=True)
        self.thread.start()

    def look(self, folder, token, limits):
        while not self.exceeded and not self.closed.wait(0.5):
            if used_disk(folder) > limits.disk:
                self.exceeded = f"wrote more than {limits.disk // 2**20} MB"
            elif sum(map(used_memory, family(token))) > limits.memory:
                self.exceeded = f"used more than {limits.memory // 2**20} MB of memory"

    def close(self):
        self.closed.set()
        self.thread.join()


def used_disk(folder):
    total, pending = 0, [folder]
    while pending:
        try:
            with os.scandir(pending.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        pending.append(entry.path)
                    else:
                        total += entry.stat(follow_symlinks=False).st_blocks * 512 + 512
        except (OSError, AttributeError):
            continue  # removed meanwhile, or made unreadable: then its entries are not counted
    return total


def family(token):
    """The kernel's processes, children that left its group too: they have inherited the mark. On Linux only."""
    mark = f"{MARK}={token}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*") if token else ():
        try:
            if mark in (process / "environ").read_bytes().split(b"\0"):
                found.append(int(process.name))
        except OSError:
            continue  # ended meanwhile, or somebody else's
    return found


def used_memory(process):
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def end_process(process):
    try:
        os.kill(process, signal.SIGKILL)
    except OSError:
        pass  # it has ended


def remove(folder):
    """Deletes a folder in which others may have taken permissions away."""
    for path, _, _ in os.walk(folder):
        os.chmod(path, 0o700)
    shutil.rmtree(folder, ignore_errors=True)
