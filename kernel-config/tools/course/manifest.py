"""What notebooks/course.json says: which exercises of which notebooks make an assignment."""

import json
from dataclasses import dataclass
from pathlib import PurePosixPath

KEYS = {
    "course": {"title", "assignments"},
    "assignment": {"id", "title", "minutes", "notebooks", "open"},
    "notebook": {"notebook", "exercises", "omit"},
    "open": {"exercise", "question", "rubric"},
    "line of the rubric": {"points", "for"},
}


class Malformed(Exception):
    """The manifest cannot be used; the message says why."""


@dataclass(frozen=True)
class Part:
    """The exercises that an assignment takes from one notebook."""

    notebook: str  # below the folder of notebooks
    exercises: tuple  # ids, from warm-up on
    omit: tuple = ()  # ids of cells that the exercises do not need

    @property
    def name(self):
        return PurePosixPath(self.notebook).stem


@dataclass(frozen=True)
class Open:
    """The open question: an exercise whose written answer is graded by hand."""

    exercise: str
    question: str
    rubric: tuple  # pairs (points, what for)

    @property
    def points(self):
        return sum(points for points, _ in self.rubric)


@dataclass(frozen=True)
class Assignment:
    """What students get at once."""

    id: str
    title: str
    minutes: int
    parts: tuple
    open: Open


def read(path):
    """The course's title and its assignments."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Malformed(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise Malformed(f"{path} is not JSON: {error}") from error
    content = known(content, "course", str(path))
    assignments = [assignment(value) for value in content["assignments"]]
    unique([a.id for a in assignments], "assignment")
    unique([e for a in assignments for p in a.parts for e in p.exercises], "exercise")
    return content["title"], assignments


def assignment(value):
    value = known(value, "assignment", "an assignment")
    name = value["id"]
    parts = tuple(part(v, name) for v in value["notebooks"])
    unique([p.name for p in parts], f"notebook of {name}")
    opened = known(value["open"], "open", f"open question of {name}")
    rubric = tuple((line["points"], line["for"])
                   for line in (known(v, "line of the rubric", f"rubric of {name}") for v in opened["rubric"]))
    if not rubric or not all(isinstance(points, (int, float)) and points > 0 for points, _ in rubric):
        raise Malformed(f"{name}: expected a rubric whose lines have positive points")
    if opened["exercise"] not in [e for p in parts for e in p.exercises]:
        raise Malformed(f"{name}: its open exercise {opened['exercise']} is none of its exercises")
    return Assignment(name, value["title"], value["minutes"], parts,
                      Open(opened["exercise"], opened["question"], rubric))


def part(value, name):
    value = known({"omit": [], **value}, "notebook", f"a notebook of {name}")
    if not value["exercises"]:
        raise Malformed(f"{name}: no exercise of {value['notebook']}: expected at least one")
    return Part(value["notebook"], tuple(value["exercises"]), tuple(value["omit"]))


def known(value, kind, where):
    """The value, if it has the keys of its kind and no other."""
    if not isinstance(value, dict) or set(value) != KEYS[kind]:
        keys = sorted(value) if isinstance(value, dict) else type(value).__name__
        raise Malformed(f"{where}: {keys}: expected {sorted(KEYS[kind])}")
    return value


def unique(names, kind):
    for name in names:
        if names.count(name) > 1:
            raise Malformed(f"{kind} {name} is there twice")
