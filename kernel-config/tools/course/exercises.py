"""The exercises of a notebook: a cell with a solution region, and below it the cell that tests the answer."""

import re
from dataclasses import dataclass

TEST = re.compile(r'^Exercise\.of\("(?P<id>[^"]+)",\s*(?P<points>[0-9.]+)\s*\)', re.MULTILINE)
SOLUTION, HIDDEN = "SOLUTION", "HIDDEN TESTS"
STUB = "// YOUR CODE HERE"  # what nbgrader writes into Java


class Malformed(Exception):
    """The notebook's exercises cannot be used; the message says why."""


@dataclass(frozen=True)
class Exercise:
    """An exercise and the places of its two cells in the notebook."""

    id: str
    points: float
    answer: int
    test: int

    @property
    def letter(self):
        return self.id.rpartition("-")[2]


def find(notebook):
    """The exercises in the order of the notebook, from id to `Exercise`."""
    found = {}
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        tests = list(TEST.finditer(cell.source))
        if len(tests) > 1:
            raise Malformed(f"cell {cell.id} tests {len(tests)} exercises: expected one")
        if not tests:
            continue
        name, points = tests[0]["id"], float(tests[0]["points"])
        if name in found:
            raise Malformed(f"exercise {name} is tested twice")
        above = notebook.cells[index - 1] if index else None
        if above is None or above.cell_type != "code" or f"BEGIN {SOLUTION}" not in above.source:
            raise Malformed(f"exercise {name}: expected a code cell with // BEGIN {SOLUTION} right above its tests")
        found[name] = Exercise(name, points, index - 1, index)
    return found


def without(region, source, stub=None):
    """The source without its regions; in their place the stub, indented as the region was, if there is one."""
    lines, inside = [], False
    for line in source.split("\n"):
        if f"BEGIN {region}" in line:
            if inside:
                raise Malformed(f"BEGIN {region} inside a region that is still open")
            inside = True
            if stub is not None:
                lines.append(re.match(r"\s*", line)[0] + stub)
        elif f"END {region}" in line:
            if not inside:
                raise Malformed(f"END {region} without its begin")
            inside = False
        elif not inside:
            lines.append(line)
    if inside:
        raise Malformed(f"BEGIN {region} without its end")
    return "\n".join(lines)


def graded(source):
    """A test cell whose value is the number of points, which nbgrader reads; the table of checks is displayed.

    In the notebook the cell's value is the table itself: to nbgrader, which wants a number or an error, that would be
    full points.
    """
    start = TEST.search(source)
    name = "graded_" + re.sub(r"\W", "_", start["id"])
    return (f"{source[:start.start()]}Exercise {name} = {chain(source, start)};\n"
            f"display({name});\n{name}.earned()")


def sealed(source, seal):
    """A test cell whose value carries a seal that nobody could know before, in the exercise's id."""
    start = TEST.search(source)
    name = f'"{start["id"]}"'
    return f"{source[:start.start()]}mechanics.lab.predictions." + chain(source, start).replace(name, f'"{start["id"]}#{seal}"', 1)


def chain(source, start):
    """The expression that makes the exercise: from there to the end of the cell."""
    return source[start.start():].rstrip().rstrip(";")


def without_question(source, letter):
    """A text without the question of an exercise: from its bold letter to the next one, or to the end."""
    return re.sub(rf"^\*\*{re.escape(letter)}\. .*?(?=^\*\*[a-z]\. |^#|\Z)", "", source,
                  flags=re.MULTILINE | re.DOTALL).rstrip()
