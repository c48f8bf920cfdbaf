"""The parts of `lab run` and `lab replicate` that need no kernel."""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[4] / "kernel-config" / "tools"))

import nbformat  # noqa: E402

import files  # noqa: E402
from gallery import calibration  # noqa: E402
from run import batch, ledger, provenance, replicate, replications  # noqa: E402
from run.batch import Outcome  # noqa: E402

LAW = {"id": "9.9", "kind": "law", "claim": "the exponent is 2", "predicted": 2.0, "measured": 2.01, "tolerance": "within 5 %",
       "verdict": "holds"}


def executed(*checks):
    notebook = nbformat.v4.new_notebook()
    for check in checks:
        cell = nbformat.v4.new_code_cell("check")
        cell.outputs = [nbformat.v4.new_output("display_data", data={ledger.CHECK: check})]
        notebook.cells.append(cell)
    return notebook


def rows(*checks, repeated=None):
    return ledger.rows(executed(*checks), "n.ipynb", {}, repeated)


class Ledger(unittest.TestCase):
    def test_a_check_of_before_rivals_is_still_read(self):
        found, _ = rows(LAW)
        self.assertEqual({**LAW, "notebook": "n.ipynb", "system": "this library", "used": None, "rivals": [],
                          "recomputed": True, "chosenAfter": None, "seeds": None, "held": None, "seconds": 0.0}, found[0])

    def test_the_fields_stand_in_the_promised_order(self):
        found, _ = rows(LAW)
        self.assertEqual(["notebook", "id", "kind", "claim", "system", "predicted", "measured", "tolerance", "used", "rivals",
                          "verdict", "recomputed", "chosenAfter", "seeds", "held", "seconds"], list(found[0]))

    def test_undecided_is_a_problem_and_names_the_rival(self):
        rival = {"name": "Kaplan", "predicted": 2.05, "misses": 0.4}
        _, problems = rows({**LAW, "verdict": "undecided", "rivals": [rival]})
        self.assertEqual(1, len(problems))
        self.assertIn("law 9.9 is undecided: the exponent is 2 ", problems[0])
        self.assertIn("rival Kaplan 2.05 is inside, at 0.4 tolerances", problems[0])

    def test_a_law_without_a_rival_is_counted_and_a_problem(self):
        found, problems = rows(LAW, {**LAW, "kind": "identity", "verdict": "exact"})
        self.assertEqual("1 law, 1 identity; 1 law names no rival", ledger.counts(found))
        self.assertEqual(1, len(problems))
        self.assertIn("law 9.9 names no rival", problems[0])

    def test_every_verdict_belongs_to_a_kind(self):
        for kind, verdicts in ledger.VERDICTS.items():
            for verdict in {v for of_kind in ledger.VERDICTS.values() for v in of_kind}:
                _, problems = rows({**LAW, "kind": kind, "verdict": verdict, "rivals": [{"name": "1", "predicted": 1.0, "misses": 9.0}]})
                self.assertEqual(verdict not in verdicts or verdict in ledger.BAD, bool(problems), f"{kind} {verdict}")

    def test_what_was_loaded_says_where_from(self):
        found, _ = rows({**LAW, "recomputed": False}, {**LAW, "recomputed": False, "provenance": "a.json, commit 1, 2026-01-02"})
        self.assertEqual(["no provenance", "a.json, commit 1, 2026-01-02"], [row["provenance"] for row in found])

    def test_how_often_it_held_is_shown(self):
        found, _ = rows(LAW, repeated={"9.9": (5, 4)})
        self.assertEqual((5, 4), (found[0]["seeds"], found[0]["held"]))


def row(name, verdict, used, kind="law", recomputed=True):
    return {"id": name, "kind": kind, "verdict": verdict, "used": used, "recomputed": recomputed}


class Pictures(unittest.TestCase):
    def figure(self, caption):
        markup = f'<figure><img alt="Title" src="data:image/png;base64,AQID">{caption}</figure>'
        return nbformat.v4.new_output("execute_result", execution_count=3, metadata={"image/png": {"alt": "Title", "width": 62}},
                                      data={"image/png": "AQID", "text/html": markup, "text/plain": "Title"})

    def normalised(self, *outputs):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("figure", outputs=list(outputs))])
        files.normalise(notebook)
        files.normalise(notebook)  # what is normal stays as it is
        return notebook.cells[0].outputs

    def test_a_figure_is_kept_once_and_its_caption_beside_it(self):
        picture, caption = self.normalised(self.figure("<figcaption>a &lt; b</figcaption>"))
        self.assertEqual({"image/png": "AQID", "text/plain": "Title"}, picture.data)
        self.assertEqual("Title", picture.metadata["image/png"]["alt"])
        self.assertEqual({"text/html": "<figure><figcaption>a &lt; b</figcaption></figure>"}, caption.data)

    def test_without_a_caption_nothing_is_added(self):
        self.assertEqual(["AQID"], [one.data["image/png"] for one in self.normalised(self.figure(""))])

    def test_html_that_does_not_repeat_the_picture_stays(self):
        own = nbformat.v4.new_output("display_data", data={"image/png": "AQID", "text/html": "<b>a table</b>"})
        self.assertEqual("<b>a table</b>", self.normalised(own)[0].data["text/html"])

    def test_captions_find_their_figures_again(self):
        text = nbformat.v4.new_output("stream", name="stdout", text="1")
        pairs = files.captions(self.normalised(text, self.figure("<figcaption>a</figcaption>"), self.figure(""), text))
        self.assertEqual(["", "<figure><figcaption>a</figcaption></figure>", "", ""], [caption for _, caption in pairs])


class Replications(unittest.TestCase):
    def test_the_worst_is_the_most_used_of_a_law_and_the_least_of_a_boundary(self):
        runs = [[row("1.1", "holds", 0.2), row("1.1-b", "breaks", 3.0, "boundary")],
                [row("1.1", "fails", 1.4), row("1.1-b", "breaks", 1.5, "boundary")],
                [row("1.1", "holds", 0.1), row("1.1-b", "fails", 0.5, "boundary")]]
        self.assertEqual([{"id": "1.1", "kind": "law", "seeds": 3, "held": 2, "worst": 1.4, "used": [0.2, 1.4, 0.1]},
                          {"id": "1.1-b", "kind": "boundary", "seeds": 3, "held": 2, "worst": 0.5,
                           "used": [3.0, 1.5, 0.5]}],
                         replications.summary([runs]))

    def test_what_was_not_reached_did_not_hold(self):
        self.assertEqual([{"id": "1.1", "kind": "law", "seeds": 2, "held": 1, "worst": 0.2, "used": [0.2]}],
                         replications.summary([[[row("1.1", "holds", 0.2)], []]]))

    def test_undecided_did_not_hold_and_what_was_loaded_is_counted(self):
        self.assertEqual([{"id": "1.1", "kind": "law", "seeds": 1, "held": 0, "worst": None, "used": [None],
                           "loaded": 1}],
                         replications.summary([[[row("1.1", "undecided", None, recomputed=False)]]]))

    def test_a_prediction_that_is_shown_twice_holds_if_it_does_twice(self):
        self.assertEqual(0, replications.summary([[[row("1.1", "holds", 0.1), row("1.1", "fails", 2.0)]]])[0]["held"])

    def test_later_counts_win_and_a_foreign_file_is_named(self):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            self.assertEqual({}, replications.read(home))
            (home / "datasets/results").mkdir(parents=True)
            (home / "target").mkdir()
            entries = [{"id": "1.1", "seeds": 5, "held": 5}, {"id": "1.2", "seeds": 5, "held": 4}]
            (home / replications.NAMES[0]).write_text(json.dumps({"predictions": entries}))
            (home / replications.NAMES[1]).write_text(json.dumps([{"id": "1.2", "seeds": 7, "held": 7}]))
            self.assertEqual({"1.1": (5, 5), "1.2": (7, 7)}, replications.read(home))
            for content in ("", "[", "[1]", '[{"id": "1.1"}]', "{}", "3"):
                (home / replications.NAMES[1]).write_text(content)
                with self.assertRaisesRegex(ValueError, "target/replication.json: expected"):
                    replications.read(home)

    def test_only_whole_results_of_the_same_code_are_kept(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "deep" / "seed-1.json"
            self.assertIsNone(replicate.known(file, "a"))
            outcome = Outcome(rows=[row("1.1", "holds", 0.2)], seconds=2.5)
            replicate.keep(file, "a", outcome)
            self.assertEqual(outcome, replicate.known(file, "a"))
            self.assertIsNone(replicate.known(file, "b"))
            whole = file.read_text()
            for length in (0, 1, len(whole) // 2):
                file.write_text(whole[:length])
                self.assertIsNone(replicate.known(file, "a"))
            replicate.keep(file, "a", Outcome(broken=["cell [1]: no"]))
            self.assertIsNone(replicate.known(file, "a"), "what broke off is tried again")

    def test_saved_counts_keep_those_of_other_notebooks(self):
        with tempfile.TemporaryDirectory() as folder:
            saved = Path(folder) / "replication.json"
            with mock.patch.object(replicate, "SAVED", saved):
                for name in ("2.ipynb", "1.ipynb", "2.ipynb"):
                    options = mock.Mock(notebooks={Path(name): name}, seeds=1)
                    replicate.save(options, {(name, 1): Outcome(rows=[row(name, "holds", 0.2)])})
                entries = json.loads(saved.read_text())["predictions"]
                self.assertEqual(["1.ipynb", "2.ipynb"], [entry["notebook"] for entry in entries])
                self.assertEqual({"notebook", "commit", "date", "id", "kind", "seeds", "held", "worst", "used"},
                                 set(entries[0]))
                saved.write_text("{")
                with self.assertRaises(SystemExit):
                    replicate.save(options, {("2.ipynb", 1): Outcome()})


class Batch(unittest.TestCase):
    def order(self, jobs, costs, free=2**40):
        """The order in which works of the names a, b, c begin."""
        begun = []

        async def begin(work):
            begun.append(work[0])
            await asyncio.sleep(0.01)

        with mock.patch.object(batch, "free_memory", lambda: free):
            asyncio.run(batch.all_of([("a",), ("b",), ("c",)], jobs, costs, begin, batch.Display("abc")))
        return begun

    def test_one_job_keeps_the_order_and_several_begin_with_the_longest_and_the_unknown(self):
        costs = {"a": {"seconds": 1, "bytes": 1}, "b": {"seconds": 3, "bytes": 1}}
        self.assertEqual(["a", "b", "c"], self.order(1, costs))
        self.assertEqual(["c", "b", "a"], self.order(2, costs))

    def test_without_memory_one_runs_after_the_other(self):
        most = 0

        async def begin(work):
            nonlocal running, most
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.01)
            running -= 1

        for free, expected in ((0, 1), (2**40, 3), (None, 3)):
            running = most = 0
            with mock.patch.object(batch, "free_memory", lambda: free):
                asyncio.run(batch.all_of([("a",), ("b",), ("c",)], 3, {}, begin, batch.Display("abc")))
            self.assertEqual(expected, most, free)

    def test_an_interrupt_ends_every_work_and_names_the_signal(self):
        ended = []

        async def begin(work):
            try:
                await asyncio.sleep(60)
            finally:
                ended.append(work[0])

        async def interrupted():
            asyncio.get_running_loop().call_later(0.1, os.kill, os.getpid(), signal.SIGTERM)
            await batch.all_of([("a",), ("b",), ("c",)], 2, {}, begin, batch.Display("abc"))

        with self.assertRaises(batch.Interrupted) as stopped:
            asyncio.run(interrupted())
        self.assertEqual(signal.SIGTERM, stopped.exception.args[0])
        self.assertEqual(2, len(ended))

    def test_a_failure_of_the_tool_itself_ends_the_others_and_is_not_hidden(self):
        async def begin(work):
            if work[0] == "b":
                raise ZeroDivisionError
            await asyncio.sleep(60)

        with self.assertRaises(ZeroDivisionError):
            asyncio.run(batch.all_of([("a",), ("b",)], 2, {}, begin, batch.Display("ab")))

    def test_costs_that_cannot_be_read_are_none(self):
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(batch, "COSTS", Path(folder) / "costs.json"):
            self.assertEqual({}, batch.known_costs())
            batch.keep_costs({"a": {"seconds": 1.5, "bytes": 3}})
            self.assertEqual({"a": {"seconds": 1.5, "bytes": 3.0}}, batch.known_costs())
            for text in ("", "[", "[1]", '{"a": 1}', '{"a": {"seconds": "x", "bytes": 1}}'):
                batch.COSTS.write_text(text)
                self.assertEqual({}, batch.known_costs(), text)

    def test_kernels_side_by_side_share_the_cores(self):
        with mock.patch.dict(os.environ, {"MECHANICS_THREADS": ""}), mock.patch.object(os, "cpu_count", lambda: 8):
            self.assertEqual("4", batch.environment(mock.Mock(jobs=2, scale="quick"))["MECHANICS_THREADS"])
            self.assertEqual("1", batch.environment(mock.Mock(jobs=16, scale="quick"))["MECHANICS_THREADS"])
            self.assertEqual("", batch.environment(mock.Mock(jobs=1, scale="quick"))["MECHANICS_THREADS"])
        with mock.patch.dict(os.environ, {"MECHANICS_THREADS": "3"}):
            self.assertEqual("3", batch.environment(mock.Mock(jobs=2, scale="quick"))["MECHANICS_THREADS"])


class Calibration(unittest.TestCase):
    def law(self, notebook, used, *misses, **more):
        return {"notebook": notebook, "id": "1.1", "kind": "law", "verdict": "holds", "used": used, "system": "this library",
                "rivals": [{"misses": m} for m in misses], "seeds": None, "held": None, **more}

    def test_counts_by_line_and_in_all(self):
        rows = [self.law("1-solvable-settings/a.ipynb", 0.2, 3.0, 9.0), self.law("1-solvable-settings/b.ipynb", 0.01, "Infinity"),
                self.law("0.ipynb", 0.95, 2.0, system="Smile", seeds=5, held=4), self.law("0.ipynb", None),
                {**self.law("0.ipynb", 2.0), "kind": "boundary", "verdict": "breaks"}]
        bands, together = calibration.bands(rows)
        self.assertEqual(["Start here", "Solvable settings"], [band.line.title for band in bands])
        self.assertEqual((2, 1, 1, (4, 5)), (len(bands[0].laws), bands[0].boundaries, bands[0].elsewhere, bands[0].repeated))
        self.assertEqual((4, 0.2, 1, 1, 3.0), (len(together.laws), together.used, together.loose, together.tight, together.excluded))

    def test_draws_every_measured_law_and_its_nearest_rival_inside_of_the_picture(self):
        rows = [self.law("1-solvable-settings/a.ipynb", used, 5.0) for used in (0.0, 1e-9, 0.5, 0.5, 1.0, None)]
        bands, _ = calibration.bands(rows)
        picture = calibration.drawing(bands)
        self.assertEqual(5, sum(mark["kind"] == "law" for mark in picture["marks"]))
        self.assertEqual(6, sum(mark["kind"] == "rival" for mark in picture["marks"]))
        self.assertEqual(len(picture["marks"]), len({(mark["x"], mark["y"]) for mark in picture["marks"]}), "none hides another")
        for mark in picture["marks"]:
            self.assertTrue(picture["left"] <= mark["x"] <= picture["right"] and 0 < mark["y"] < picture["height"])


class Provenance(unittest.TestCase):
    def test_warns_of_code_that_has_changed_and_is_silent_without_git(self):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)

            def git(*words):
                return subprocess.run(["git", "-C", folder, "-c", "user.name=a", "-c", "user.email=a@b", *words], check=True,
                                      capture_output=True, text=True).stdout.strip()

            (home / "A.java").write_text("one")
            (home / "B.java").write_text("one")
            git("init", "-q")
            git("add", "-A")
            git("commit", "-qm", "one")
            commit = git("rev-parse", "HEAD")
            (home / "A.java").write_text("two")
            notebook = executed(*({**LAW, "recomputed": False, "loadedFrom": {"file": f"{name}.json", "commit": made, "code": f"{name}.java"}}
                                  for name, made in (("A", commit), ("B", commit), ("C", "0" * 40), ("D", ""))), LAW)
            self.assertEqual([f"A.json was made by A.java, which has changed since commit {commit[:10]}"],
                             provenance.warnings(notebook, home))
            with tempfile.TemporaryDirectory() as elsewhere:
                self.assertEqual([], provenance.warnings(notebook, Path(elsewhere)))


class Files(unittest.TestCase):
    def test_only_what_is_covered_goes_after_a_carriage_return(self):
        for text, shown in {
            "100%\r": "100%", "abc\rX": "Xbc", "a\r\nb": "a\nb", "12%\r100%\rdone!\n": "done!\n", "a\rb\rc\nd\r": "c\nd",
            "\r": "", "\r\r\n": "\n", "": "", "no return\n\n": "no return\n\n", "50%\r\x1b[Kok": "\x1b[Kok", "ab\ncd\rX\n": "ab\nXd\n",
        }.items():
            self.assertEqual(files.after_returns(text), shown, text)

    def test_random_lines_end_as_on_a_terminal(self):
        dice = random.Random(2)
        for _ in range(500):
            text = "".join(dice.choice("ab\r\n") for _ in range(dice.randrange(12)))
            lines, column = [[]], 0
            for character in text:
                if character == "\n":
                    lines.append([])
                if character in "\r\n":
                    column = 0
                else:
                    lines[-1][column:column + 1] = character
                    column += 1
            self.assertEqual(files.after_returns(text), "\n".join(map("".join, lines)), repr(text))

    def test_a_place_that_cannot_be_written_is_named_with_the_reason(self):
        with tempfile.TemporaryDirectory() as folder:
            files.check_writable(Path(folder) / "new" / "folder")
            file = Path(folder) / "file"
            file.write_text("")
            for place in (file, file / "below"):
                with self.assertRaisesRegex(files.Unwritable, f"{place} cannot be written: "):
                    files.check_writable(place)
                with self.assertRaisesRegex(files.Unwritable, "cannot be written: "):
                    files.write(place / "x", "text")


if __name__ == "__main__":
    unittest.main()
