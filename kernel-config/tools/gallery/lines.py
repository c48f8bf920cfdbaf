"""The folders of notebooks: the paper's five lines of evidence, and what is around them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A folder of notebooks."""

    folder: str
    section: str  # of the paper
    title: str
    idea: str
    physics: str  # its counterpart


START = Line("", "", "Start here", "", "")
LINES = (
    Line("1-solvable-settings", "2.1", "Solvable settings",
         "Some learning systems are simple enough to solve with pen and paper, and rich enough to show what large ones do.",
         "the harmonic oscillator"),
    Line("2-insightful-limits", "2.2", "Insightful limits",
         "Make a network infinitely wide, deep or slow, and what remains becomes simple.",
         "the ideal gas"),
    Line("3-empirical-laws", "2.3", "Simple empirical laws",
         "Macroscopic numbers of training obey short laws, whatever the details underneath.",
         "Kepler’s laws"),
    Line("4-hyperparameters", "2.4", "Hyperparameters disentangled",
         "Knobs that look arbitrary combine into a few that matter, and the others can be removed.",
         "the Reynolds number"),
    Line("5-universality", "2.5", "Universal phenomena",
         "Different systems, trained on the same world, arrive at the same place.",
         "critical phenomena"),
    Line("6-open-directions", "5", "Open directions",
         "What is not known yet, each with a first experiment.", ""),
    Line("7-connections", "", "Connections",
         "Where the lines meet each other, and physics: the result of one is the input of another.", ""),
)
