"""Assignments: what `lab course` does."""

import argparse
import json
import os
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import nbformat

import files
from course import assignments, exercises, grading, manifest, submissions, worker
from course.kernels import Limits
from files import HOME

NOTEBOOKS = HOME / "notebooks"
MANIFEST = NOTEBOOKS / "course.json"
CONFIG = """# For an instructor who has nbgrader; `lab course` itself does not need it.
c = get_config()
c.CourseDirectory.course_id = "mechanics"
c.ClearSolutions.code_stub = {"java": "// YOUR CODE HERE"}
c.ExecutePreprocessor.timeout = 600
"""


class Problem(Exception):
    """Something that the user can mend; the message is one sentence."""


# ---------------------------------------------------------------------------------------------- the command line


class Parser(argparse.ArgumentParser):
    def error(self, message):
        sys.stderr.write(f"{self.prog}: {message} (see: lab help)\n")
        sys.exit(2)


def parse(arguments):
    parser = Parser(prog="lab course", add_help=False, allow_abbrev=False)
    words = parser.add_subparsers(dest="word", required=True, parser_class=Parser, metavar="build|check|grade")
    build = words.add_parser("build", add_help=False, allow_abbrev=False)
    check = words.add_parser("check", add_help=False, allow_abbrev=False)
    grade = words.add_parser("grade", add_help=False, allow_abbrev=False)
    check.add_argument("assignments", nargs="*", metavar="ASSIGNMENT")
    grade.add_argument("submissions", nargs="+", type=files.path, metavar="SUBMISSION")
    for word in (build, grade):
        word.add_argument("--out", type=files.path, default=HOME / "target" / "course")
    for word in (check, grade):
        word.add_argument("--jobs", type=int, default=1)
        word.add_argument("--time-limit", type=float, default=Limits.cell_seconds)
        word.add_argument("--total-time-limit", type=float, default=Limits.total_seconds)
        word.add_argument("--memory", type=int, default=Limits.memory // 2**20)
        word.add_argument("--disk", type=int, default=Limits.disk // 2**20)
    options = parser.parse_args(arguments)
    if options.word != "build":
        if min(options.jobs, options.time_limit, options.total_time_limit, options.memory, options.disk) <= 0:
            parser.error("expected positive numbers for jobs, time limits, memory and disk")
        options.limits = Limits(options.time_limit, options.total_time_limit, options.memory * 2**20, options.disk * 2**20)
    for path in getattr(options, "submissions", ()):
        if not os.path.lexists(path):
            parser.error(f"no such file or folder: {path}")
    return options


def all_sheets():
    """The title of the course and the sheets of its assignments."""
    try:
        title, found = manifest.read(MANIFEST)
        originals = {part.notebook: read(part.notebook) for assignment in found for part in assignment.parts}
        return title, [sheet for assignment in found for sheet in assignments.sheets(assignment, originals)]
    except (manifest.Malformed, exercises.Malformed, files.Malformed) as error:
        raise Problem(str(error)) from error


def read(name):
    try:
        return files.read(NOTEBOOKS / name)
    except files.Malformed as error:
        raise Problem(f"{name}: {error}") from error


# ---------------------------------------------------------------------------------------------- the words


def build(options):
    _, sheets = all_sheets()
    for tree in ("source", "release"):
        shutil.rmtree(options.out / tree, ignore_errors=True)
    for sheet in sheets:
        name = Path(sheet.assignment) / f"{sheet.name}.ipynb"
        files.write(options.out / "source" / name, files.as_text(sheet.instructor))
        files.write(options.out / "release" / name, files.as_text(sheet.student))
        points = sum(e.points for e in sheet.exercises.values())
        print(f"{name}  {len(sheet.exercises)} exercises, {points:g} points, {sheet.by_hand:g} more by hand")
    files.write(options.out / "nbgrader_config.py", CONFIG)
    print(f"for you: {options.out / 'source'}; for students: {options.out / 'release'}")
    return 0


def check(options):
    """Instructor's notebooks must get all points, untouched students' notebooks none, and their stubs must compile."""
    _, sheets = all_sheets()
    unknown = set(options.assignments) - {sheet.assignment for sheet in sheets}
    if unknown:
        raise Problem(f"no assignment {', '.join(sorted(unknown))}: there are {', '.join(sorted({s.assignment for s in sheets}))}")
    chosen = [sheet for sheet in sheets if not options.assignments or sheet.assignment in options.assignments]
    wrong = []
    with tempfile.TemporaryDirectory(prefix="lab-course-") as folder:
        found = []
        for sheet in chosen:
            for who, notebook in (("instructor", sheet.instructor), ("untouched", sheet.student)):
                file = Path(folder) / who / sheet.assignment / f"{sheet.name}.ipynb"
                files.write(file, files.as_text(notebook))
                found.append(submissions.Submission(who, sheet.assignment, sheet.name, file))

        def done(graded):
            problems = list(wrong_points(graded))
            wrong.extend(problems)
            s = graded.submission
            print(f"{s.assignment}/{s.notebook}  {s.student}: {graded.earned:g} of {graded.points:g}  "
                  f"{'ok' if not problems else 'WRONG'}", flush=True)
            for problem in problems:
                print(f"    {problem}", flush=True)

        grading.grade(found, chosen, options.limits, options.jobs, done)
    print("every answer of the instructor gets its points, every stub compiles and gets none" if not wrong
          else f"{len(wrong)} problems")
    return 1 if wrong else 0


def wrong_points(graded):
    """Sentences on what should not be so in a check."""
    if graded.report["problem"]:
        yield graded.report["problem"]
        return
    for name, entry in graded.report["exercises"].items():
        if graded.submission.student == "instructor":
            if entry["earned"] != entry["points"]:
                yield f"{name}: the solution gets {entry['earned']:g} of {entry['points']:g}: {entry['remark']}"
        else:
            if entry["earned"]:
                passed = [check["what"] for check in entry["checks"] if check["passed"]]
                yield f"{name}: the stub gets {entry['earned']:g} of {entry['points']:g}: it passes {', '.join(passed)}"
            late = entry.get("test_error", "")  # a method that uses what is not there compiles only when it is called
            error = entry.get("answer_error") or (late if late.startswith(("CompileError", "NotDeclaredYet")) else "")
            if error:
                yield f"{name}: the stub does not compile: {error}"


def grade(options):
    _, sheets = all_sheets()
    found = submissions.find(options.submissions, sheets)
    if not found:
        raise Problem("no notebook in " + ", ".join(map(str, options.submissions)))

    def done(graded):
        s = graded.submission
        name = "/".join(part for part in (s.student, s.assignment, s.notebook) if part)
        problem = graded.report["problem"]
        print(shown(f"{name}  " + (problem if problem else f"{graded.earned:g} of {graded.points:g}")), flush=True)
        for exercise, entry in graded.report["exercises"].items():
            if entry["remark"] and not problem:
                print(shown(f"    {exercise}: {entry['earned']:g} of {entry['points']:g}, {entry['remark']}"), flush=True)

    results = grading.grade(found, sheets, options.limits, options.jobs, done)
    files.write(options.out / "grades.csv", grading.as_csv(results))
    files.write(options.out / "grades.json", grading.as_json(results))
    print(f"{len(results)} notebooks graded; points in {options.out / 'grades.csv'} and grades.json")
    return 0


def shown(text):
    """What others wrote may not steer the terminal."""
    return "".join(c if c.isprintable() else "�" for c in text)[:400]


def work():
    """Grades one notebook, as standard input says, and writes the report to standard output."""
    report_to = os.dup(1)
    os.dup2(2, 1)  # nothing else may write there
    order = json.load(sys.stdin)
    _, sheets = all_sheets()
    sheet = next(s for s in sheets if (s.assignment, s.name) == (order["assignment"], order["notebook"]))
    report = worker.grade(sheet, Path(order["file"]) if order["file"] else None, replace(Limits(), **order["limits"]))
    with os.fdopen(report_to, "w", encoding="utf-8") as out:
        json.dump(report, out)
    return 0


def main(arguments):
    if arguments == ["--worker"]:
        return work()
    options = parse(arguments)
    try:
        if options.word != "check":
            files.check_writable(options.out)
        return {"build": build, "check": check, "grade": grade}[options.word](options)
    except Problem as problem:
        print(f"lab course: {problem}", file=sys.stderr)
        return 1
    except files.Unwritable as error:
        print(f"lab course: {error}", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 130
