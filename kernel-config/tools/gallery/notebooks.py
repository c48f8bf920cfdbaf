"""What a page needs to know about an executed notebook."""

import html
import re
from dataclasses import dataclass, field

import nbformat

from gallery import cells
from gallery.lines import LINES, START
from run import ledger

VERDICTS = {"holds": "hold", "undecided": "undecided", "breaks": "break as they should", "exact": "exact", "refuted": "refuted",
            "fails": "fail"}
ROW = re.compile(r"\b\d\.\d{1,2}\b")


class Unusable(Exception):
    """A notebook cannot be shown; the message says why."""


@dataclass
class Page:
    """A notebook, read."""

    path: str  # of the page, below the site's root
    source: str  # of the notebook, below the folder of notebooks
    number: str  # 1.1; empty if its name has none
    title: str
    line: object
    about: str  # the sentence in italics: section, time, what to know
    claim: str  # HTML
    rows: list  # of the ledger
    sections: list = field(default_factory=list)  # pairs (id, text)
    body: list = field(default_factory=list)  # HTML of the cells
    figures: list = field(default_factory=list)
    words: list = field(default_factory=list)  # triples (id, heading, text) for the search
    before: list = field(default_factory=list)  # pages to read first

    @property
    def root(self):
        return "../" * self.path.count("/")

    @property
    def time(self):
        found = re.search(r"[Rr]uns in ([^.;]+?)[.;]", self.about)
        return found[1] if found else ""

    @property
    def knowing(self):
        """What the notebook says one should know before."""
        found = re.search(r"[Rr]uns in [^.;]+?[.;]\s*(.+)$", self.about, re.DOTALL)
        return plain(cells.inline(found[1].strip())) if found else ""

    @property
    def short(self):
        """A name of a word or two."""
        return self.number or self.title.partition(":")[0]

    @property
    def figure(self):
        """The one that stands for the notebook: the first one under a heading that says figure."""
        return next((f for f in self.figures if f.main), self.figures[0] if self.figures else None)

    def count(self, verdict):
        return sum(row["verdict"] == verdict for row in self.rows)

    @property
    def verdicts(self):
        """How many predictions have which verdict, in words."""
        return ", ".join(f"{self.count(verdict)} {words}" for verdict, words in VERDICTS.items() if self.count(verdict))


def read(folder, names, on_problem, repeated):
    """The pages of notebooks, in the given order, linked with each other; those that cannot be shown are left out.

    `repeated` says how often predictions held under fresh seeds: see replications.py.
    """
    pages = {}
    for name in names:
        try:
            pages[name] = page(folder, name, repeated)
        except Unusable as problem:
            on_problem(str(problem))
    numbers = {p.number: p for p in pages.values() if p.number}
    for name, one in pages.items():
        notebook = nbformat.read(folder / name, nbformat.NO_CONVERT)
        cells.fill(one, notebook, folder, pages, numbers)
        one.before = leans_on(notebook, one, pages, numbers)
    return list(pages.values())


def page(folder, name, repeated):
    try:
        notebook = nbformat.read(folder / name, nbformat.NO_CONVERT)
    except Exception as error:  # nbformat raises many kinds
        raise Unusable(f"{name} is left out: it is no notebook ({first_line(error)})") from error
    if not any(c.get("outputs") for c in notebook.cells if c.cell_type == "code"):
        raise Unusable(f"{name} is left out: it is not executed (lab run --in-place does that)")
    text = notebook.cells[0].source if notebook.cells[0].cell_type == "markdown" else ""
    heading = re.search(r"^# (.+)$", text, re.MULTILINE)
    number, title = split(heading[1] if heading else name)
    about = re.search(r"^\*(?!\*)(.+?)\*$", text, re.MULTILINE | re.DOTALL)
    claim = re.search(r"^\*\*Claim\.\*\*\s*(.+?)(?:\n\n|\Z)", text, re.MULTILINE | re.DOTALL)
    line = next((line for line in LINES if name.startswith(line.folder + "/")), START)
    return Page(name[:-6] + ".html", name, number, title, line, about[1] if about else "",
                cells.inline(claim[1]) if claim else "", ledger.rows(notebook, name, {}, repeated)[0])


def first_line(error):
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


def split(heading):
    """A heading's number and the rest."""
    found = re.match(r"(\d+(?:\.\d+)?)\s+(.+)", heading)
    return (found[1], found[2]) if found else ("", heading)


def leans_on(notebook, one, pages, numbers):
    """Pages that the notebook's last lines name between "Leans on" and "Leaning on it"."""
    text = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    found = re.search(r"\*\*Leans on\*\*:?(.*?)(?:\*\*Leaning on it|\Z)", text, re.DOTALL)
    if not found:
        return []
    named = [cells.target(one, link, pages) for link in re.findall(r"\]\(([^)]+\.ipynb)[^)]*\)", found[1])]
    named += [numbers.get(number) for number in ROW.findall(re.sub(r"\]\([^)]*\)", "]", found[1]))]
    return [p for i, p in enumerate(named) if p is not None and p is not one and p not in named[:i]]


def plain(markup):
    """The text of HTML."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup))
