"""The ledger: every prediction that the notebooks displayed, with its verdict."""

import json

CHECK = "application/vnd.mechanics.check+json"
FIELDS = ("id", "kind", "claim", "predicted", "measured", "tolerance", "verdict")
VERDICTS = {"law": ("holds", "fails"), "boundary": ("breaks", "fails")}


def rows(notebook, name, seconds):
    """The ledger's rows of an executed notebook, and a sentence on each that fails or cannot be read.

    `seconds` maps a cell's id to the time it took.
    """
    found, problems = [], []
    for cell in notebook.cells:
        for check in checks(cell):
            try:
                row = {"notebook": name, **read(check), "seconds": round(seconds.get(cell.id, 0.0), 3)}
            except ValueError as error:
                problems.append(f"cell [{cell.execution_count}]: {error}")
                continue
            found.append(row)
            if row["verdict"] == "fails":
                problems.append(f"{row['kind']} {row['id']} fails: {row['claim']} (predicted {short(row['predicted'])}, "
                                f"measured {short(row['measured'])}, tolerance {short(row['tolerance'])})")
    return found, problems


def checks(cell):
    """What a cell displayed as checks: an output has one or a list of them."""
    for output in cell.get("outputs", []):
        content = output.get("data", {}).get(CHECK, [])
        yield from content if isinstance(content, list) else [content]


def read(check):
    missing = [key for key in FIELDS if key not in check]
    if missing:
        raise ValueError(f"a check lacks {', '.join(missing)}")
    if check["verdict"] not in VERDICTS.get(check["kind"], ()):
        raise ValueError(f"check {check['id']}: kind = {check['kind']}, verdict = {check['verdict']} do not go together")
    return {**{key: check[key] for key in FIELDS}, "recomputed": check.get("recomputed", True)}


def as_text(found):
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def table(found):
    """The ledger as lines of text, widths by content; empty for an empty ledger."""
    if not found:
        return ""
    columns = ("verdict", "kind", "id", "predicted", "measured", "tolerance", "notebook")
    lines = [columns] + [tuple(short(row[column]) for column in columns) for row in found]
    widths = [max(map(len, column)) for column in zip(*lines)]
    return "\n" + "".join("  ".join(map(str.ljust, line, widths)).rstrip() + "\n" for line in lines) + "\n"


def short(value):
    """A value in at most a few words: numbers to four digits, the ends of a long list."""
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list):
        shown = value if len(value) <= 3 else [value[0], "…", value[-1]]
        return "[" + ", ".join(map(short, shown)) + "]" + (f" ({len(value)})" if len(value) > 3 else "")
    if isinstance(value, dict):
        return ", ".join(f"{key} {short(part)}" for key, part in value.items())
    return str(value)
