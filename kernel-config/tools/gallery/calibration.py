"""The whole ledger as one experiment: how far measurements lie from predictions, and how far from their rivals."""

import math
from dataclasses import dataclass
from statistics import median

from gallery.lines import LINES, START

LEAST, MOST = 1e-3, 1e3  # tolerances; what is beyond is drawn at the edge
WIDTH, LEFT, RIGHT, TOP, BAND = 960, 226, 20, 34, 62  # of the picture
TICKS = (0.001, 0.01, 0.1, 1, 10, 100, 1000)


@dataclass(frozen=True)
class Band:
    """The predictions of one line."""

    line: object
    number: int
    laws: list
    boundaries: int
    refuted: int
    identities: int

    @property
    def held(self):
        return sum(row["verdict"] == "holds" for row in self.laws)

    @property
    def used(self):
        return median(shares) if (shares := [share(row) for row in self.laws if share(row) is not None]) else None

    @property
    def loose(self):
        """Laws that use less than a twentieth of their tolerance."""
        return sum(share(row) is not None and share(row) < 0.05 for row in self.laws)

    @property
    def tight(self):
        """Laws that use more than nine tenths of it."""
        return sum(share(row) is not None and share(row) > 0.9 for row in self.laws)

    @property
    def excluded(self):
        """The median distance of the nearest rival, in tolerances."""
        return median(found) if (found := [nearest(row) for row in self.laws if nearest(row) is not None]) else None

    @property
    def elsewhere(self):
        """Laws whose system is another library's."""
        return sum(row["system"] != "this library" for row in self.laws)

    @property
    def repeated(self):
        """How many repetitions under fresh seeds held, and how many there were."""
        counted = [row for row in self.laws if row["seeds"]]
        return sum(row["held"] for row in counted), sum(row["seeds"] for row in counted)


def bands(rows):
    """A band for each line that has predictions, and one for all together."""
    found = []
    for number, line in enumerate((START, *LINES)):
        own = [row for row in rows if (row["notebook"].split("/")[0] if "/" in row["notebook"] else "") == line.folder]
        if own:
            found.append(band(line, number, own))
    return found, band(None, 0, rows)


def band(line, number, rows):
    kinds = [row["kind"] for row in rows]
    return Band(line, number, [row for row in rows if row["kind"] == "law"], kinds.count("boundary"), kinds.count("refuted"),
                kinds.count("identity"))


def share(row):
    """Of its tolerance that a law uses; None if nothing was measured."""
    return distance(row["used"])


def nearest(row):
    """How far the rival is that comes closest, in tolerances; None without one."""
    return min((found for rival in row["rivals"] if (found := distance(rival["misses"])) is not None), default=None)


def distance(value):
    if isinstance(value, str):
        return math.inf if value in ("Infinity", "∞") else None
    return None if value is None or math.isnan(value) else abs(float(value))


def drawing(found):
    """What the picture shows: marks with their places, the height, the ticks."""
    marks = []
    for index, one in enumerate(found):
        middle = TOP + BAND * index + BAND / 2
        for kind, offset, value in (("law", -11, share), ("rival", 13, nearest)):
            places = {}
            for row in one.laws:
                if (at := value(row)) is None:
                    continue
                x = place(at)
                level = places[round(x / 7)] = places.get(round(x / 7), -1) + 1
                marks.append({"kind": kind, "x": round(x, 1), "y": round(middle + offset + (-1) ** level * 3 * ((level + 1) // 2), 1),
                              "number": one.number, "row": row, "at": at})
    return {"marks": marks, "height": TOP + BAND * len(found) + 30, "width": WIDTH, "left": LEFT, "right": WIDTH - RIGHT,
            "top": TOP, "band": BAND, "one": round(place(1), 1),
            "ticks": [(f"{tick:g}", round(place(tick), 1)) for tick in TICKS]}


def place(value):
    """Across the picture, on a logarithmic scale."""
    clipped = min(max(value, LEAST), MOST)
    return LEFT + (WIDTH - LEFT - RIGHT) * math.log(clipped / LEAST) / math.log(MOST / LEAST)
