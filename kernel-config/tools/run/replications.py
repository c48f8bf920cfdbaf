"""How often predictions held under fresh seeds, as `lab replicate` found it."""

import json

NAMES = ("datasets/results/replication.json", "target/replication.json")  # what comes later wins


def read(home):
    """A prediction's id to a pair: seeds, and how many of them it held under. Files that are not there count for nothing.

    Raises ValueError, with one sentence, for a file that `lab replicate` did not write.
    """
    found = {}
    for name in NAMES:
        try:
            content = json.loads((home / name).read_text(encoding="utf-8"))
            entries = content["predictions"] if isinstance(content, dict) else content
            found.update({entry["id"]: (int(entry["seeds"]), int(entry["held"])) for entry in entries})
        except FileNotFoundError:
            pass
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{name}: expected what lab replicate writes ({error!r})") from error
    return found


def summary(results):
    """What `lab replicate` writes: one entry for each prediction, in the order of the notebooks.

    `results` has a list for each notebook: the rows of the ledger for each seed. A prediction that is missing under a
    seed, because the notebook broke off before it, did not hold there.
    """
    entries = []
    for runs in results:
        by_id = {}
        for rows in runs:
            for row in rows:
                by_id.setdefault(row["id"], []).append(row)
        for name, rows in by_id.items():
            entry = {"id": name, "kind": rows[0]["kind"], "seeds": len(runs),
                     "held": sum(held(run, name) for run in runs), "worst": worst(rows),
                     "used": [plain(row["used"]) for row in rows]}
            loaded = sum(any(row["id"] == name and not row["recomputed"] for row in run) for run in runs)
            entries.append({**entry, "loaded": loaded} if loaded else entry)
    return entries


def held(run, name):
    """Whether a prediction came out as it should, every time that a notebook displayed it."""
    verdicts = [row["verdict"] for row in run if row["id"] == name]
    return bool(verdicts) and all(verdict not in ("fails", "undecided") for verdict in verdicts)


def worst(rows):
    """The share of the tolerance used where it was worst: most where values must be within, least where they must miss."""
    shares = [float(row["used"]) if row["used"] is not None else None for row in rows]
    if None in shares:
        return None  # something was not measured
    return plain(min(shares) if rows[0]["kind"] in ("boundary", "refuted") else max(shares))


def plain(share):
    """JSON has no number for what is infinite."""
    return share if share is None or abs(float(share)) != float("inf") else str(share).replace("inf", "Infinity")
