"""The notebooks of an assignment: the instructor's, with solutions and hidden tests, and the students', without."""

import copy
import re
from dataclasses import dataclass

import nbformat

from course import exercises, nbgrader
from course.exercises import HIDDEN, SOLUTION, STUB, Malformed

REPORT_STUB = "YOUR ANSWER HERE"


@dataclass(frozen=True)
class Sheet:
    """One notebook of an assignment."""

    assignment: str
    name: str  # without .ipynb
    exercises: dict  # of this notebook, from id to Exercise as it is in the original
    by_hand: float  # points that a person gives
    instructor: nbformat.NotebookNode
    student: nbformat.NotebookNode


def cell_id(text):
    """nbgrader allows letters, digits, hyphens and underscores."""
    return re.sub(r"[^A-Za-z0-9_-]", "-", text)


def answer_id(exercise):
    return "answer-" + cell_id(exercise)


def test_id(exercise):
    return "test-" + cell_id(exercise)


def report_id(exercise):
    return "report-" + cell_id(exercise)


def sheets(assignment, originals):
    """The notebooks of an assignment; `originals` maps the names in the manifest to notebooks."""
    found = {part.notebook: exercises.find(originals[part.notebook]) for part in assignment.parts}
    made = []
    for number, part in enumerate(assignment.parts):
        missing = [name for name in part.exercises if name not in found[part.notebook]]
        if missing:
            raise Malformed(f"{part.notebook} has no exercise {', '.join(missing)}: "
                            f"expected some of {', '.join(found[part.notebook])}")
        taken = {name: found[part.notebook][name] for name in part.exercises}
        if list(taken) != [name for name in found[part.notebook] if name in taken]:
            raise Malformed(f"{part.notebook}: expected its exercises in the notebook's own order")
        all_of = [(p, found[p.notebook][e]) for p in assignment.parts for e in p.exercises]
        made.append(sheet(assignment, part, originals[part.notebook], found[part.notebook], taken,
                          header(assignment, all_of, number)))
    return made


def sheet(assignment, part, original, found, taken, text):
    opened = assignment.open if assignment.open.exercise in taken else None
    instructor = nbformat.v4.new_notebook(metadata=copy.deepcopy(original.metadata))
    instructor.metadata.pop("language_info", None)
    add(instructor, "markdown", "assignment", text)
    left_out = omitted(original, part, found, taken)
    for index, cell in enumerate(original.cells):
        if index in left_out:
            continue
        exercise = next((e for e in taken.values() if index in (e.answer, e.test)), None)
        if exercise is None:
            source = cell.source
            for other in found.values():
                if other.id not in taken and cell.cell_type == "markdown":
                    source = exercises.without_question(source, other.letter)
            if source.strip():
                add(instructor, cell.cell_type, "cell-" + cell_id(cell.id), source)
        elif index == exercise.answer:
            add(instructor, "code", answer_id(exercise.id), cell.source, solution=True)
        else:
            add(instructor, "code", test_id(exercise.id), exercises.graded(cell.source), points=exercise.points)
            if opened and opened.exercise == exercise.id:
                add_report(instructor, opened)
    return Sheet(assignment.id, part.name, taken, opened.points if opened else 0.0, instructor, for_students(instructor))


def omitted(original, part, found, taken):
    """Places of the cells that the manifest leaves out, and of the exercises that the assignment does not take."""
    places = {cell.id: index for index, cell in enumerate(original.cells)}
    unknown = [name for name in part.omit if name not in places]
    if unknown:
        raise Malformed(f"{part.notebook} has no cell {', '.join(unknown)} to omit")
    left_out = {places[name] for name in part.omit}
    for exercise in taken.values():
        if left_out & {exercise.answer, exercise.test}:
            raise Malformed(f"{part.notebook}: exercise {exercise.id} is both taken and omitted")
    return left_out | {place for e in found.values() if e.id not in taken for place in (e.answer, e.test)}


def add(notebook, kind, name, source, **settings):
    new = nbformat.v4.new_markdown_cell if kind == "markdown" else nbformat.v4.new_code_cell
    cell = new(source, id=name[:64])
    if any(nbgrader.grade_id(other) == name for other in notebook.cells):
        raise Malformed(f"two cells have the id {name}")
    notebook.cells.append(nbgrader.mark(cell, name, **settings))


def add_report(notebook, opened):
    lines = "\n".join(f"- {points:g}: {what}" for points, what in opened.rubric)
    add(notebook, "markdown", report_id(opened.exercise) + "-question",
        f"**What did you find?** ({opened.points:g} points, read by a person) {opened.question}")
    add(notebook, "markdown", report_id(opened.exercise),
        f"<!-- BEGIN {SOLUTION} -->\nPoints are given for\n\n{lines}\n<!-- END {SOLUTION} -->",
        solution=True, points=opened.points)


def for_students(instructor):
    """The same notebook without solutions and hidden tests."""
    notebook = copy.deepcopy(instructor)
    for cell in notebook.cells:
        settings = cell.metadata["nbgrader"]
        if settings["solution"]:
            cell.source = exercises.without(SOLUTION, cell.source, STUB if cell.cell_type == "code" else REPORT_STUB)
        elif settings["grade"]:
            cell.source = exercises.without(HIDDEN, cell.source)
        settings["checksum"] = nbgrader.checksum(cell)
    return notebook


def header(assignment, all_of, number):
    rows = "\n".join(f"| {exercise.id} | {part.name} | {exercise.points:g} |" for part, exercise in all_of)
    tested = sum(exercise.points for _, exercise in all_of)
    several = "" if len(assignment.parts) == 1 else f" This is notebook {number + 1} of {len(assignment.parts)}."
    return f"""# {assignment.title}

About {assignment.minutes} minutes.{several} Run the cells from the top; they are the notebook you know. Write where it says `{STUB}`, and run the cell below it to see how far you are.

| exercise | notebook | points |
|---|---|---|
{rows}
| report on {assignment.open.exercise} | | {assignment.open.points:g} |
| **together** | | **{tested + assignment.open.points:g}** |

Cells of your own are welcome. Do not declare again what the notebook's own cells declare: an answer that does so gets no points. Grading restores all other cells and runs the notebook from the top in a fresh kernel."""
