"""Notebooks as files, written so that the same results give the same bytes."""

import argparse
import json
import logging
import os
import re
import tempfile
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter

HERE = Path(__file__).resolve().parent
KERNEL_CONFIG = HERE.parent
HOME = Path(os.environ.get("MECHANICS_HOME") or KERNEL_CONFIG.parent)
ERASED = ("\x1b[K", "\x1b[2K")  # what terminals take as: clear the line
VOLATILE = ("execution", "ExecuteTime", "collapsed", "scrolled")  # of a cell's metadata


class Malformed(Exception):
    """A file is no notebook; the message says why."""


class Unwritable(Exception):
    """A result has no place; the message says where and why."""


def path(text):
    """A path of the command line. An empty one would mean the current folder."""
    if not text:
        raise argparse.ArgumentTypeError("expected a path, not an empty one")
    return Path(text)


def check_writable(folder):
    """Before the work, not after it: raises `Unwritable` if nothing can be written to a folder, which may not exist yet."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
            file.flush()
    except OSError as error:
        raise Unwritable(unwritable(folder, error)) from error


def unwritable(place, error):
    return f"{place} cannot be written: {error.strerror or error}"


def read(path):
    """A notebook, every cell with an id, none with outputs."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["nbformat"] != 4:
            raise Malformed(f"nbformat = {content['nbformat']}: expected 4")
        content["nbformat_minor"] = 5
        for number, cell in enumerate(content["cells"], 1):
            cell.setdefault("id", f"cell-{number}")
            cell["source"] = "".join(cell["source"])
            if cell["cell_type"] == "code":
                cell.update(outputs=[], execution_count=None)
        notebook = nbformat.from_dict(content)
        nbformat.validate(notebook, relax_add_props=True)
        return notebook
    except nbformat.ValidationError as error:
        raise Malformed(str(error).strip().splitlines()[0]) from error
    except UnicodeDecodeError as error:
        raise Malformed(f"not UTF-8 ({error.reason} at byte {error.start})") from error
    except json.JSONDecodeError as error:
        raise Malformed(f"not JSON ({error})") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise Malformed(f"expected the fields nbformat, metadata and cells ({error!r})") from error
    except OSError as error:
        raise Malformed(error.strerror) from error


def normalise(notebook):
    """Removes what differs between two runs that have the same results. The notebook is modified."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata.get("language_info", {}).pop("version", None)
    for cell in notebook.cells:
        for key in VOLATILE:
            cell.metadata.pop(key, None)
        if cell.cell_type == "code":
            cell.outputs = [part for output in merge_streams(cell.outputs) for part in picture_and_caption(output)]


def picture_and_caption(output):
    """A figure comes as a picture and, for its alternative text, as HTML with the same picture. A file keeps it once:
    what every viewer shows, with size and alternative text beside it, and the caption as an output of its own."""
    data = output.get("data", {})
    picture, markup = data.get("image/png"), data.get("text/html")
    if not picture or not markup or picture.strip() not in markup:
        return [output]
    del data["text/html"]
    caption = re.sub(r"<img\b[^>]*>", "", markup)
    if not re.sub(r"<[^>]*>", "", caption).strip():
        return [output]
    return [output, nbformat.v4.new_output("display_data", data={"text/html": caption})]


def captions(outputs):
    """The outputs, each with the caption that follows it: HTML, or an empty text. Captions themselves are left out."""
    kept = []
    for output in outputs:
        markup = output.get("data", {}).get("text/html", "")
        if kept and "<figcaption" in markup and "image/png" not in output.data and "image/png" in kept[-1][0].get("data", {}):
            kept[-1] = (kept[-1][0], markup)
        else:
            kept.append((output, ""))
    return kept


def merge_streams(outputs):
    """Text arrives in pieces cut at random: neighbouring pieces become one output for stdout and one for stderr."""
    merged = []
    pieces = {"stdout": "", "stderr": ""}

    def close():
        for name, text in pieces.items():
            if text:
                merged.append(nbformat.v4.new_output("stream", name=name, text=after_returns(text)))
            pieces[name] = ""

    for output in outputs:
        if output.output_type == "stream":
            pieces[output.name] += output.text
        else:
            close()
            merged.append(output)
    close()
    return merged


def after_returns(text):
    """What a terminal shows of lines that were written over after carriage returns: only what is covered goes."""
    return "\n".join(map(after_returns_of_line, re.sub(r"\r+\n", "\n", text).split("\n")))


def after_returns_of_line(line):
    shown = ""
    for part in re.split(r"\r+", line):
        if part.startswith(ERASED):
            shown = ""
        shown = part + shown[len(part):]
    return shown


def as_text(notebook):
    return nbformat.writes(notebook, version=nbformat.NO_CONVERT).rstrip("\n") + "\n"


def as_page(notebook, title):
    logging.getLogger("traitlets").setLevel(logging.ERROR)
    exporter = HTMLExporter(template_name="page", extra_template_basedirs=[str(HERE / "templates")])
    return exporter.from_notebook_node(notebook, {"metadata": {"name": title}})[0]


def write(path, text):
    """Writes a file beside the place, then moves it there: nobody reads half of it. Raises `Unwritable`."""
    try:
        write_or_fail(path, text)
    except OSError as error:
        raise Unwritable(unwritable(path, error)) from error


def write_or_fail(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix="." + path.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(part, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(part, path)
    except BaseException:
        os.unlink(part)
        raise
