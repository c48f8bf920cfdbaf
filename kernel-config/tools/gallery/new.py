"""The skeleton of a notebook: what `lab new` does."""

import json
import os
import re
import sys
import tempfile
import unicodedata
from pathlib import Path

from files import HOME
from gallery import lines

SKELETON = Path(__file__).resolve().parent / "templates" / "notebook.json"
LINES = {line.folder[0]: line for line in lines.LINES}


class Problem(Exception):
    """The command line is wrong; the message is one sentence."""


def slug(title):
    """The words of a title as the name of a file."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def create(number, title, notebooks):
    """Writes the skeleton and returns its path."""
    if not re.fullmatch(r"[1-7]\.(0|[1-9]\d?)", number):
        raise Problem(f"ID = {number}: expected a line of evidence from 1 to 7 and a number, such as 4.13")
    title = " ".join(title.split())
    if not slug(title):
        raise Problem("TITLE is empty: expected a few words")
    folder = notebooks / LINES[number[0]].folder
    for other in folder.glob(f"{number}-*.ipynb"):
        raise Problem(f"ID = {number}: expected a free one, {other.relative_to(notebooks.parent)} has it")
    text = SKELETON.read_text(encoding="utf-8")
    for key, value in {"id": number, "title": title, "section": LINES[number[0]].section or "1"}.items():
        # The text is JSON: what is put in is written as inside of a JSON string.
        text = text.replace("{{" + key + "}}", json.dumps(value, ensure_ascii=False)[1:-1])
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{number}-{slug(title)}.ipynb"
    with tempfile.NamedTemporaryFile("w", dir=folder, prefix=".new-", delete=False, encoding="utf-8", newline="\n") as draft:
        draft.write(text)
    os.chmod(draft.name, 0o644)
    os.replace(draft.name, file)
    return file


def main(arguments):
    try:
        if len(arguments) != 2:
            raise Problem('expected an ID and a TITLE, as in lab new 4.13 "Batch size and noise"')
        file = create(*arguments, HOME / "notebooks")
    except Problem as problem:
        print(f"lab new: {problem} (see: lab help)", file=sys.stderr)
        return 2
    print(f"{file.relative_to(HOME)}: run it with kernel-config/lab run {file.relative_to(HOME)}")
    return 0
