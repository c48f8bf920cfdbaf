"""The ledger: every prediction that the notebooks displayed, with its verdict."""

import json

CHECK = "application/vnd.mechanics.check+json"
FIELDS = ("id", "kind", "claim", "predicted", "measured", "tolerance", "verdict")
# What outputs may lack that were made before the field was known, and what it is then.
LATER = {"system": "this library", "used": None, "rivals": [], "recomputed": True, "chosenAfter": None}
ORDER = ("id", "kind", "claim", "claimedBy", "system", "predicted", "measured", "tolerance", "used", "rivals", "verdict",
         "recomputed", "provenance", "chosenAfter")
VERDICTS = {"law": ("holds", "undecided", "fails"), "boundary": ("breaks", "fails"), "identity": ("exact", "fails"),
            "refuted": ("refuted", "fails")}
BAD = ("undecided", "fails")
PLURALS = {"law": "laws", "boundary": "boundaries", "identity": "identities", "refuted": "refuted claims"}
SINGULARS = {**{kind: kind for kind in PLURALS}, "refuted": "refuted claim"}
NOTHING = "no provenance"


def rows(notebook, name, seconds, replications=None):
    """The ledger's rows of an executed notebook, and a sentence on each that fails or cannot be read.

    `seconds` maps a cell's id to the time it took, `replications` a prediction's id to how often it was repeated under
    fresh seeds and how often it held: see replications.py.
    """
    found, problems = [], []
    for cell in notebook.cells:
        for check in checks(cell):
            try:
                row = {"notebook": name, **read(check)}
            except ValueError as error:
                problems.append(f"cell [{cell.execution_count}]: {error}")
                continue
            row["seeds"], row["held"] = (replications or {}).get(row["id"], (None, None))
            row["seconds"] = round(seconds.get(cell.id, 0.0), 3)
            found.append(row)
            if row["verdict"] in BAD or rivalless(row):
                problems.append(problem(row))
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
    row = {**LATER, **check}
    if not row["recomputed"]:
        row.setdefault("provenance", NOTHING)
    return {key: row[key] for key in ORDER if key in row}


def rivalless(row):
    return row["kind"] == "law" and not row["rivals"]


def problem(row):
    verdict = {"fails": "fails", "undecided": "is undecided"}.get(row["verdict"], "names no rival")
    rivals = "".join(f"; {words}" for words in map(rival, row["rivals"])) if row["verdict"] == "undecided" else ""
    return (f"{row['kind']} {row['id']} {verdict}: {row['claim']} (predicted {short(row['predicted'])}, "
            f"measured {short(row['measured'])}, tolerance {short(row['tolerance'])}{rivals})")


def rival(one):
    misses = one["misses"]
    inside = isinstance(misses, (int, float)) and misses <= 1
    return f"rival {one['name']} {short(one['predicted'])} " + (
        f"is inside, at {misses:.3g} tolerances" if inside else f"misses by {short(misses)} tolerances")


def as_text(found):
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def table(found):
    """The ledger as lines of text, widths by content; empty for an empty ledger."""
    if not found:
        return ""
    columns = ("verdict", "kind", "id", "predicted", "measured", "tolerance", "used", "rivals", "notebook")
    lines = [columns] + [tuple(cell(row, column) for column in columns) for row in found]
    widths = [max(map(len, column)) for column in zip(*lines)]
    text = "".join("  ".join(map(str.ljust, line, widths)).rstrip() + "\n" for line in lines)
    return f"\n{text}\n{counts(found)}\n"


def cell(row, column):
    if column == "rivals":
        return ", ".join(f"{one['name']} {short(one['misses'])}" for one in row["rivals"])
    return short(row[column])


def counts(found):
    """How many predictions there are of each kind, and how many laws stand alone."""
    parts = [amount(sum(row["kind"] == kind for row in found), SINGULARS[kind], PLURALS[kind]) for kind in PLURALS
             if any(row["kind"] == kind for row in found)]
    alone = sum(map(rivalless, found))
    return ", ".join(parts) + (f"; {amount(alone, 'law names', 'laws name')} no rival" if alone else "")


def amount(number, one, many):
    return f"{number} {one if number == 1 else many}"


def short(value):
    """A value in at most a few words: numbers to four digits, the ends of a long list."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list):
        shown = value if len(value) <= 3 else [value[0], "…", value[-1]]
        return "[" + ", ".join(map(short, shown)) + "]" + (f" ({len(value)})" if len(value) > 3 else "")
    if isinstance(value, dict):
        return ", ".join(f"{key} {short(part)}" for key, part in value.items())
    return str(value)
