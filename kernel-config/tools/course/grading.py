"""Grades many submissions, each by a worker in its own process, and writes the points as CSV and JSON."""

import csv
import io
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

try:
    import resource
except ImportError:
    resource = None

TOOLS = Path(__file__).resolve().parent.parent
WORKER_MEMORY = 4 * 2**30  # bytes of addresses of the worker itself
COLUMNS = ("student", "assignment", "notebook", "exercise", "points", "earned", "to_grade_by_hand", "remark", "look_at")


@dataclass(frozen=True)
class Graded:
    """A submission and what the worker reported."""

    submission: object
    sheet: object  # None if it belongs to no assignment
    report: dict

    @property
    def earned(self):
        return sum(entry["earned"] for entry in self.report["exercises"].values())

    @property
    def points(self):
        return sum(entry["points"] for entry in self.report["exercises"].values())


def grade(found, sheets, limits, jobs, on_done=lambda graded: None):
    """Grades submissions, `jobs` at a time; the order of the results is that of the submissions."""
    by_name = {(sheet.assignment, sheet.name): sheet for sheet in sheets}

    def one(submission):
        sheet = by_name.get((submission.assignment, submission.notebook))
        graded = Graded(submission, sheet, work(submission, sheet, limits) if sheet else {
            "problem": "belongs to no assignment", "notes": [], "report": False, "exercises": {}})
        on_done(graded)
        return graded

    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(one, found))


def work(submission, sheet, limits):
    """The report of a worker; if it has none, no points and the reason."""
    order = {"assignment": sheet.assignment, "notebook": sheet.name, "limits": asdict(limits),
             "file": str(submission.file.absolute()) if submission.file else None}
    worker = subprocess.Popen([sys.executable, str(TOOLS), "course", "--worker"], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              **({"preexec_fn": restrict} if resource else {}))
    try:
        out, err = worker.communicate(json.dumps(order).encode("utf-8"), timeout=limits.total_seconds + 300)
        report = json.loads(out.decode("utf-8"))
    except subprocess.TimeoutExpired:
        report = failed(sheet, "the grader took too long")
    except ValueError:
        report = failed(sheet, f"the grader failed: {last_line(err)}")
    finally:
        if worker.poll() is None:
            worker.kill()
            worker.communicate()
    return report


def restrict():
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (WORKER_MEMORY, hard))


def failed(sheet, problem):
    return {"problem": problem, "notes": [], "report": False,
            "exercises": {e.id: {"points": e.points, "earned": 0.0, "remark": "", "checks": []}
                          for e in sheet.exercises.values()}}


def last_line(text):
    lines = text.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:300] if lines else "it ended without a word"


# ---------------------------------------------------------------------------------------------- results


def rows(results):
    """A row for each exercise, and one for each report that a person reads."""
    for graded in results:
        submission, report = graded.submission, graded.report
        start = {"student": submission.student, "assignment": submission.assignment, "notebook": submission.notebook}
        notes = "; ".join(report["notes"])
        if not report["exercises"]:
            yield {**start, "remark": report["problem"]}
        for exercise, entry in report["exercises"].items():
            yield {**start, "exercise": exercise, "points": entry["points"], "earned": entry["earned"],
                   "remark": report["problem"] or entry["remark"], "look_at": notes}
        if graded.sheet and graded.sheet.by_hand:
            yield {**start, "exercise": "report", "points": graded.sheet.by_hand,
                   "to_grade_by_hand": "yes" if report["report"] else "no",
                   "remark": "" if report["report"] else "not answered"}


def as_csv(results):
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for row in rows(results):
        writer.writerow({key: plain(value) for key, value in row.items()})
    return file.getvalue()


def plain(value):
    """Text that a spreadsheet will not take for a formula, nor for several lines."""
    if not isinstance(value, str):
        return value
    value = " ".join(value.split())
    return "'" + value if value[:1] in ("=", "+", "-", "@") else value


def as_json(results):
    return json.dumps([{"student": g.submission.student, "assignment": g.submission.assignment,
                        "notebook": g.submission.notebook, "points": g.points, "earned": g.earned,
                        "points_by_hand": g.sheet.by_hand if g.sheet else 0.0, **g.report} for g in results],
                      indent=1, ensure_ascii=False) + "\n"
