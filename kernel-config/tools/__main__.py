"""What the words of the script do: `python tools WORD ARGUMENTS...`, where the rooms are run, course and gallery."""

import importlib
import sys

ROOMS = {"run": "run.run", "replicate": "run.replicate", "course": "course.course", "site": "gallery.pages",
         "docs": "gallery.docs", "new": "gallery.new"}


def main(word, *arguments):
    if word not in ROOMS:
        sys.exit(f"{word}: expected one of {', '.join(ROOMS)}")
    return importlib.import_module(ROOMS[word]).main(list(arguments))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:] or [""]))
