"""The gallery: what `lab site` does."""

import argparse
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import files
from files import HOME
from gallery import calibration, docs, notebooks
from gallery.lines import LINES
from run import batch, ledger, replications

HERE = Path(__file__).resolve().parent
WEB = files.KERNEL_CONFIG / "target" / "web"  # what the build unpacked: KaTeX


class Problem(Exception):
    """Something that the user can mend; the message is one sentence."""


def parse(arguments):
    class Parser(argparse.ArgumentParser):
        def error(self, message):
            sys.stderr.write(f"lab site: {message} (see: lab help)\n")
            sys.exit(2)

    parser = Parser(prog="lab site", add_help=False, allow_abbrev=False)
    parser.add_argument("--from", dest="folder", type=files.path, default=HOME / "notebooks")
    parser.add_argument("--out", type=files.path, default=HOME / "target" / "site")
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        parser.error(f"no such folder: {options.folder}")
    return options


def build(folder, out):
    """Writes the gallery of the executed notebooks in a folder; returns the pages."""
    names = [name for name in batch.find(folder).values()] if folder == batch.NOTEBOOKS else [
        file.relative_to(folder.resolve()).as_posix() for file in batch.find(folder)]
    if not names:
        raise Problem(f"no notebook in {folder}")
    if not (WEB / "katex.min.js").exists():
        raise Problem(f"{WEB} lacks KaTeX, which the build puts there; remove kernel-config/target/lib/built and try again")
    try:
        repeated = replications.read(HOME)
    except ValueError as error:
        raise Problem(str(error)) from error
    pages = notebooks.read(folder, names, lambda sentence: print(f"lab site: {sentence}", file=sys.stderr), repeated)
    if not pages:
        raise Problem(f"no executed notebook in {folder}")
    out.mkdir(parents=True, exist_ok=True)
    templates = Environment(loader=FileSystemLoader(HERE / "templates"), undefined=StrictUndefined, autoescape=True,
                            trim_blocks=True, lstrip_blocks=True)
    templates.filters["short"] = ledger.short
    rows = [{**row, "page": page} for page in pages for row in page.rows]
    rivalless = sum(map(ledger.rivalless, rows))
    everything = {"pages": pages, "lines": LINES, "rows": rows, "rivalless": rivalless}
    addresses = docs.classes()
    for index, page in enumerate(pages):
        around = {"previous": pages[index - 1] if index else None,
                  "next": pages[index + 1] if index + 1 < len(pages) else None}
        write(out / page.path, templates.get_template("notebook.html").render(
            **everything, **around, page=page, root=page.root, classes=used(folder / page.source, addresses)))
        for figure in page.figures:
            (out / figure.file).parent.mkdir(parents=True, exist_ok=True)
            (out / figure.file).write_bytes(figure.content)
    write(out / "index.html", templates.get_template("index.html").render(**everything, root="", hero=hero(pages)))
    write(out / "ledger.html", templates.get_template("ledger.html").render(**everything, root=""))
    bands, together = calibration.bands(rows)
    write(out / "calibration.html", templates.get_template("calibration.html").render(
        root="", bands=bands, all=together, d=calibration.drawing(bands), chosen=[row for row in rows if row["chosenAfter"]],
        refuted=[row for row in rows if row["kind"] == "refuted"]))
    write(out / "assets" / "words.js", "window.WORDS = " + words(pages) + ";\n")
    shutil.copytree(HERE / "assets", out / "assets", dirs_exist_ok=True)
    docs.build(out / "api")
    shutil.copytree(WEB, out / "assets" / "katex", dirs_exist_ok=True)
    return pages


def used(notebook, addresses):
    """The public classes that the cells of a notebook name, as pairs of name and address below the API."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    code = re.sub(r'"(?:[^"\\\n]|\\.)*"|//.*|/\*(?s:.*?)\*/', " ", code)
    return sorted((name, addresses[name]) for name in set(re.findall(r"\b[A-Z]\w*", code)) & addresses.keys())


def write(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def words(pages):
    """What the search looks through: page, section, text."""
    entries = [[page.path + (f"#{anchor}" if anchor else ""), page.number, page.title, heading, text]
               for page in pages for anchor, heading, text in page.words if text or heading]
    # Inside a script element a closing tag would end it; in a file of its own it is harmless, and stays so.
    return json.dumps(entries, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")


def hero(pages):
    """The notebook that the start page tells about: the first of the first line, with a law and a boundary."""
    told = [page for page in pages if page.figure and page.count("holds") and page.count("breaks")]
    page = next((page for page in told if page.line in LINES), told[0] if told else None)
    if page is None:
        return None
    plain = [row for row in page.rows if all(isinstance(row[key], (int, float, list)) for key in ("predicted", "measured"))]
    law = next((row for row in plain if row["verdict"] == "holds"), None)
    boundary = next((row for row in plain if row["verdict"] == "breaks"), None)
    return {"page": page, "law": law, "boundary": boundary}


def main(arguments):
    options = parse(arguments)
    out = options.out.resolve()
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".site-") as folder:
            fresh = Path(folder) / "site"
            pages = build(options.folder, fresh)
            if out.exists():
                if any(item.name != "api" for item in out.iterdir()) and not (out / "ledger.html").exists():
                    raise Problem(f"{out} holds something else: choose an empty folder with --out")
                shutil.rmtree(out)
            fresh.replace(out)
    except (Problem, docs.Problem) as problem:
        print(f"lab site: {problem}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"lab site: {files.unwritable(error.filename or out, error)}", file=sys.stderr)
        return 3
    print(f"{len(pages)} notebooks, {sum(len(p.rows) for p in pages)} predictions; open {out / 'index.html'}")
    return 0
