"""What students hand in: found, read without trust, and put into the assignment's own cells."""

import json
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

from course import exercises, names, nbgrader
from course.assignments import answer_id, report_id, test_id

LARGEST = 20 * 2**20  # bytes of a submission
# Not forbidden, but an instructor will want to look at an answer that has them.
REMARKABLE = re.compile(
    r"\b(ProcessBuilder|getRuntime|System\s*\.\s*exit|halt|setAccessible|reflect|jdk\s*\.\s*jshell|"
    r"mechanics\s*\.\s*kernel|Thread|Unsafe|Socket|HttpClient|URL|Files|FileWriter|FileOutputStream|"
    r"Exercise|invoke\w*)\b|/proc\b")

MAGIC = re.compile(r"^[ \t]*%{1,2}[A-Za-z]", re.MULTILINE)


class Unreadable(Exception):
    """A file is no notebook; the message says why."""


@dataclass(frozen=True)
class Submission:
    """One file that somebody handed in, or should have."""

    student: str
    assignment: str
    notebook: str
    file: Path  # None if it is missing


@dataclass
class Step:
    """A cell to execute: of the notebook itself (`own`), a student's `answer` or `extra` cell, or the `test`s."""

    kind: str
    source: str
    exercise: str = ""
    refused: str = ""  # why it is not executed; empty if it is
    key: str = ""


@dataclass
class Plan:
    """The cells of a submission in the order in which they are executed."""

    steps: list = field(default_factory=list)
    notes: list = field(default_factory=list)  # sentences for the instructor
    untouched: list = field(default_factory=list)  # exercises whose answer is the stub
    report: bool = False  # whether there is something for a person to read


# ---------------------------------------------------------------------------------------------- finding


def find(paths, sheets):
    """The submissions in files and folders, every notebook of an assignment that somebody began.

    `sheets` are of all assignments. In folders the layout is nbgrader's: …/STUDENT/ASSIGNMENT/NOTEBOOK.ipynb.
    """
    by_assignment = {}
    for sheet in sheets:
        by_assignment.setdefault(sheet.assignment, []).append(sheet.name)
    found = {}
    identified = [identify(file, by_assignment) for path in paths for file in files(path)]
    for submission in sorted(identified, key=lambda s: s.file.name != f"{s.notebook}.ipynb"):  # before copies of it
        found.setdefault((submission.student, submission.assignment, submission.notebook), submission)
    for student, assignment in sorted({(s.student, s.assignment) for s in found.values()}):
        for name in by_assignment.get(assignment, []):
            found.setdefault((student, assignment, name), Submission(student, assignment, name, None))
    return sorted(found.values(), key=lambda s: (s.student, s.assignment, s.notebook))


def files(path):
    if not path.is_dir():
        return [path]
    return sorted(Path(folder, name) for folder, _, names in os.walk(path) for name in names
                  if name.endswith(".ipynb") and ".ipynb_checkpoints" not in Path(folder).parts)


def identify(file, by_assignment):
    """Whose submission to what a file is, by where it lies and what it is called: `1.1-networks (1).ipynb` counts too."""
    name = file.name[:-6] if file.name.endswith(".ipynb") else file.name
    place = file.absolute().parts
    for depth in range(len(place) - 2, 0, -1):
        if place[depth] in by_assignment:
            known = next((n for n in by_assignment[place[depth]] if n in name), name)
            return Submission(place[depth - 1], place[depth], known, file)
    for assignment, notebooks in by_assignment.items():
        for notebook in notebooks:
            if notebook in name:
                other = name.replace(notebook, "").strip(" -_.")
                return Submission(other or file.absolute().parent.name, assignment, notebook, file)
    return Submission(file.absolute().parent.name, "", name, file)


# ---------------------------------------------------------------------------------------------- reading


def read(path):
    """The cells of a submission: dictionaries that have at least a source. Nothing else is certain."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise Unreadable("not a regular file")
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise Unreadable(error.strerror or "cannot be read") from error
    if len(content) > LARGEST:
        raise Unreadable(f"larger than {LARGEST // 2**20} MB")
    try:
        notebook = json.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Unreadable("not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise Unreadable("not JSON") from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise Unreadable("no list of cells")
    return [cell for cell in map(clean, notebook["cells"]) if cell]


def clean(cell):
    """A cell with the fields that count, or None for what is no cell."""
    if not isinstance(cell, dict):
        return None
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    if not isinstance(source, str):
        return None
    # A lone surrogate is legal in JSON and illegal in every encoding that would carry it to the kernel.
    source = source.encode("utf-8", "replace").decode("utf-8")
    metadata = cell.get("metadata") if isinstance(cell.get("metadata"), dict) else {}
    return {"cell_type": cell.get("cell_type"), "source": source, "metadata": metadata, "id": cell.get("id")}


# ---------------------------------------------------------------------------------------------- merging


def plan(sheet, cells, seals):
    """The assignment's own cells with the answers of a submission, and its extra cells in their places.

    `seals` maps every exercise to what its points are sealed with.
    """
    made = Plan()
    answers, extras, report = sort(sheet, cells, made)
    made.report = report
    own = [c.source for c in sheet.instructor.cells if c.cell_type == "code" and not c.metadata["nbgrader"]["grade"]
           and not c.metadata["nbgrader"]["solution"]]
    tests = {e: cell(sheet, test_id(e)).source for e in sheet.exercises}
    solutions = [cell(sheet, answer_id(e)).source for e in sheet.exercises]
    kept = names.protected(own, tests.values(), solutions)
    last = max(i for i, c in enumerate(sheet.instructor.cells) if c.metadata["nbgrader"]["grade"] and c.cell_type == "code")
    by_cell = {answer_id(e): e for e in sheet.exercises} | {test_id(e): e for e in sheet.exercises}
    for index, original in enumerate(sheet.instructor.cells[:last + 1]):
        name = nbgrader.grade_id(original)
        exercise = by_cell.get(name)
        if original.cell_type == "code":
            if exercise and original.metadata["nbgrader"]["solution"]:
                student(made, "answer", answers.get(name, ""), exercise, kept)
            elif exercise:
                made.steps.append(Step("test", exercises.sealed(source_of_test(original), seals[exercise]), exercise))
            else:
                made.steps.append(Step("own", original.source))
        for source in extras.get(name, []):
            student(made, "extra", source, "", kept)
    for number, step in enumerate(made.steps):
        step.key = f"{number}-{step.kind}"
    return made


def source_of_test(original):
    """The cell of tests as the notebook has it, without what `exercises.graded` added."""
    source = original.source
    match = re.search(r"^Exercise (graded_\w+) = (?=Exercise\.of\()", source, re.MULTILINE)
    end = source.rindex(f";\ndisplay({match[1]});\n")
    return source[:match.start()] + source[match.end():end]


def cell(sheet, name):
    return next(c for c in sheet.instructor.cells if nbgrader.grade_id(c) == name)


def sort(sheet, cells, made):
    """A submission's answers by id, and its extra cells by the id of the cell after which they come."""
    known = {nbgrader.grade_id(c): c for c in sheet.student.cells}
    answers, extras, seen, after, report = {}, {}, set(), "assignment", False
    for submitted in cells:
        name = nbgrader.grade_id(submitted) or submitted["id"]
        if not isinstance(name, str) or name not in known:
            if submitted["cell_type"] == "code" and submitted["source"].strip():
                extras.setdefault(after, []).append(submitted["source"])
            continue
        original, after = known[name], name
        same = submitted["source"].strip() == original.source.strip()
        if not original.metadata["nbgrader"]["solution"]:
            if not same and name not in seen:
                made.notes.append(f"changed {name}; the original was used")
        elif original.cell_type == "markdown":
            report = report or not same
        elif name not in answers or answers[name].strip() == original.source.strip():
            answers[name] = submitted["source"]
        elif not same:
            made.notes.append(f"{name} is there twice; the first was used")
        seen.add(name)
    for exercise in sheet.exercises:
        name = answer_id(exercise)
        if name not in answers:
            made.notes.append(f"{name} is missing")
        elif answers[name].strip() == known[name].source.strip():
            made.untouched.append(exercise)
    for name in known:
        if name not in seen and known[name].cell_type == "code" and not known[name].metadata["nbgrader"]["solution"]:
            made.notes.append(f"{name} was deleted; the original was used")
    return answers, extras, report


def student(made, kind, source, exercise, kept):
    step = Step(kind, source, exercise)
    again = sorted(names.declared(source) & kept)
    if MAGIC.search(source):
        step.refused = "uses a magic, which may bring in code that nobody reads"
    elif again:
        step.refused = f"declares or assigns {', '.join(again)}, which belongs to the notebook's own cells"
    for word in sorted({match[0].strip() for match in REMARKABLE.finditer(source)}):
        made.notes.append(f"{exercise or 'an extra cell'} mentions {word}")
    if source.strip():
        made.steps.append(step)
