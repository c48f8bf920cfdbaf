"""The metadata by which nbgrader knows the cells of an assignment (its schema 3)."""

import hashlib

SCHEMA = 3


def mark(cell, grade_id, *, solution=False, points=None):
    """Marks a cell: an answer, a test (with points), an answer graded by hand (both), or, with neither, a locked cell.

    The cell is modified. The checksum is of the cell as it is now: mark again after a change.
    """
    grade = points is not None
    settings = {
        "schema_version": SCHEMA,
        "grade": grade,
        "solution": solution,
        "locked": not solution,
        "task": False,
        "grade_id": grade_id,
        "cell_type": cell.cell_type,
    }
    if grade:
        settings["points"] = points
    cell.metadata["nbgrader"] = settings
    cell.metadata["nbgrader"]["checksum"] = checksum(cell)  # of the node, which holds a copy of the settings
    if not solution:
        cell.metadata.update(editable=False, deletable=False)
    return cell


def checksum(cell):
    """nbgrader's checksum of a marked cell: a change of the source, the kind or the points changes it."""
    settings = cell.metadata["nbgrader"]
    parts = [cell.source, cell.cell_type, settings["grade"], settings["solution"], is_locked(settings),
             settings["grade_id"]]
    if settings["grade"]:
        parts.append(float(settings["points"]))
    digest = hashlib.md5(usedforsecurity=False)
    for part in parts:
        digest.update(str(part).encode("utf-8"))
    return digest.hexdigest()


def is_locked(settings):
    """A solution is never locked to nbgrader, a graded cell always is."""
    return not settings["solution"] and (settings["grade"] or settings["locked"])


def grade_id(cell):
    """The cell's id in the assignment, or None; of a file that others wrote, so nothing is certain."""
    settings = cell.get("metadata", {}).get("nbgrader", {})
    name = settings.get("grade_id") if isinstance(settings, dict) else None
    return name if isinstance(name, str) else None
