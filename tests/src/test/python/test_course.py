"""The parts of `lab course` that need no kernel."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[4] / "kernel-config" / "tools"))

import nbformat  # noqa: E402

from course import assignments, exercises, grading, manifest, names, nbgrader, submissions  # noqa: E402


def notebook(*cells):
    made = nbformat.v4.new_notebook()
    for number, source in enumerate(cells):
        kind = nbformat.v4.new_markdown_cell if source.startswith("#") or source.startswith("**") else nbformat.v4.new_code_cell
        made.cells.append(kind(source, id=f"c{number}"))
    return made


ANSWER = "int f() {\n    int x = 0;\n    // BEGIN SOLUTION\n    x = 1;\n    // END SOLUTION\n    return x;\n}"
TEST = 'int seen = f();\nExercise.of("9.9-a", 2)\n        .that("one", seen == 1)'


class Names(unittest.TestCase):
    def test_declarations_at_the_top_are_seen(self):
        for source, expected in {
            "int h = 32;": {"h"},
            "int a, b = 3, c;": {"a", "b", "c"},
            "double[][] grid(int rows) { int q = 0; return null; }": {"grid"},
            "var mechanics = 3": {"mechanics"},
            "class Exercise {}": {"Exercise"},
            "public record P(int x) {}": {"P"},
            "enum E { A }": {"E"},
            "@interface I {}": {"I"},
            "List<Map<String, Integer>> q = f(a, b), z;": {"q", "z"},
            "<T> T same(T t) { return t; }": {"T", "same"},
            "import static my.Own.abs;": {"abs"},
            "import my.own.*;": set(),
            "theory = null": {"theory"},
            "size++": {"size"},
            "--size": {"size"},
            "if ((theory = null) == null) { }": {"theory"},
            "\\u0063lass Tolerance { }": {"Tolerance"},
            "/* a */ int/* b */x // c\n= 3;": {"x"},
        }.items():
            with self.subTest(source):
                self.assertEqual(expected, names.declared(source))

    def test_uses_are_not_declarations(self):
        for source in ["return theory;", "theory.size()", "x.y = 3", "f(theory)", 'String.valueOf("class Exercise { }")',
                       "for (int t = 0; t < 3; t++) System.out.println(t);", "for (String s : names) print(s);",
                       "// class Exercise { }", "/* theory = 1 */", "theory == null", '"""\nclass Exercise { }\n"""',
                       "'\"'", ""]:
            with self.subTest(source):
                self.assertEqual(set(), names.declared(source))

    def test_what_methods_do_inside_is_their_own_affair(self):
        self.assertEqual({"f"}, names.declared("double f(double theory) { theory = 2; double abs = 1; return abs; }"))

    def test_what_tests_use_is_protected_and_answers_are_not(self):
        kept = names.protected(["int base = 2;"], ['Exercise.of("x", 1).that("y", abs(f(3)) < Tolerance.relative(1))'],
                               ["int f(int x) { return x; }"])
        self.assertTrue({"base", "abs", "Exercise", "Tolerance", "mechanics"} <= kept)
        self.assertNotIn("f", kept)

    def test_broken_code_is_read_without_an_exception(self):
        for source in ["}}}} class X {", "((((", '"no end', "'", "\\u00", "\x00\ufffd", "\"\"\"", "/* no end"]:
            names.declared(source)


class Exercises(unittest.TestCase):
    def test_are_found_with_points_and_places(self):
        found = exercises.find(notebook("# t", ANSWER, TEST))
        self.assertEqual(exercises.Exercise("9.9-a", 2.0, 1, 2), found["9.9-a"])

    def test_need_an_answer_right_above(self):
        for cells in [(TEST,), (ANSWER, "**b** text", TEST), ("int x;", TEST), (ANSWER, TEST, ANSWER, TEST)]:
            with self.assertRaises(exercises.Malformed):
                exercises.find(notebook(*cells))

    def test_stubs_are_those_of_nbgrader(self):
        self.assertEqual("int f() {\n    int x = 0;\n    // YOUR CODE HERE\n    return x;\n}",
                         exercises.without("SOLUTION", ANSWER, exercises.STUB))

    def test_regions_must_be_whole(self):
        for source in ["// BEGIN SOLUTION", "// END SOLUTION", "// BEGIN SOLUTION\n// BEGIN SOLUTION\n// END SOLUTION"]:
            with self.assertRaises(exercises.Malformed):
                exercises.without("SOLUTION", source)

    def test_the_value_of_a_graded_cell_is_a_number(self):
        self.assertTrue(exercises.graded(TEST).endswith(";\ndisplay(graded_9_9_a);\ngraded_9_9_a.earned()"))

    def test_the_seal_comes_back_in_the_id(self):
        sealed = exercises.sealed(TEST, "s3cret")
        self.assertIn('mechanics.lab.predictions.Exercise.of("9.9-a#s3cret", 2)', sealed)
        self.assertTrue(sealed.startswith("int seen = f();\n"))

    def test_a_grading_cell_can_be_taken_back(self):
        cell = nbformat.v4.new_code_cell(exercises.graded(TEST))
        self.assertEqual(TEST, submissions.source_of_test(cell))

    def test_questions_that_are_not_asked_go(self):
        text = "## Your turn\n\nWrite.\n\n**a. One.** First.\n\nMore.\n\n**b. Two.** Second."
        self.assertEqual("## Your turn\n\nWrite.\n\n**b. Two.** Second.", exercises.without_question(text, "a"))
        self.assertEqual("## Your turn\n\nWrite.\n\n**a. One.** First.\n\nMore.", exercises.without_question(text, "b"))


class Checksums(unittest.TestCase):
    def test_change_with_source_points_and_kind(self):
        def sum_of(source, **settings):
            return nbgrader.mark(nbformat.v4.new_code_cell(source), "id", **settings).metadata["nbgrader"]["checksum"]

        sums = {sum_of("a"), sum_of("b"), sum_of("a", solution=True), sum_of("a", points=1), sum_of("a", points=2),
                sum_of("a", points=1, solution=True)}
        self.assertEqual(6, len(sums))
        self.assertEqual(sum_of("a", points=1), sum_of("a", points=1.0))


class Manifest(unittest.TestCase):
    OPEN = {"exercise": "9.9-a", "question": "?", "rubric": [{"points": 1, "for": "x"}]}
    GOOD = {"id": "one", "title": "One", "minutes": 5, "open": OPEN,
            "notebooks": [{"notebook": "n.ipynb", "exercises": ["9.9-a"]}]}

    def test_is_read(self):
        read = manifest.assignment(self.GOOD)
        self.assertEqual(("9.9-a",), read.parts[0].exercises)
        self.assertEqual(1, read.open.points)

    def test_says_what_is_wrong(self):
        for change in [{"extra": 1}, {"notebooks": [{"notebook": "n.ipynb", "exercises": []}]},
                       {"open": {**self.OPEN, "exercise": "9.9-z"}}, {"open": {**self.OPEN, "rubric": []}},
                       {"open": {**self.OPEN, "rubric": [{"points": 0, "for": "x"}]}}]:
            with self.assertRaises(manifest.Malformed):
                manifest.assignment({**self.GOOD, **change})

    def test_an_exercise_that_is_not_taken_leaves_nothing_behind(self):
        original = notebook("# t", "## Your turn\n\n**a. One.** Do.", ANSWER, TEST, "**b. Two.** Do.",
                            ANSWER.replace("f()", "g()"), TEST.replace("9.9-a", "9.9-b"))
        taken = manifest.assignment({**self.GOOD, "open": {**self.OPEN, "exercise": "9.9-b"},
                                     "notebooks": [{"notebook": "n.ipynb", "exercises": ["9.9-b"]}]})
        sheet, = assignments.sheets(taken, {"n.ipynb": original})
        text = "\n".join(cell.source for cell in sheet.instructor.cells)
        self.assertNotIn("**a. One.**", text)
        self.assertNotIn("int f()", text)
        self.assertIn("**b. Two.**", text)
        self.assertEqual(["9.9-b"], list(sheet.exercises))


class Results(unittest.TestCase):
    def test_a_spreadsheet_takes_nothing_for_a_formula(self):
        for text in ["=1+1", "+1", "-1", "@x"]:
            self.assertEqual("'" + text, grading.plain(text))
        self.assertEqual("a b", grading.plain("a\nb"))
        self.assertEqual(-1.0, grading.plain(-1.0))


class Finding(unittest.TestCase):
    KNOWN = {"one": ["1.1-nets", "1.2-deep"]}

    def test_by_place_and_by_name(self):
        for file, expected in {
            "/s/ann/one/1.1-nets.ipynb": ("ann", "one", "1.1-nets"),
            "/s/ann/one/1.1-nets (1).ipynb": ("ann", "one", "1.1-nets"),
            "/s/ann/one/other.ipynb": ("ann", "one", "other"),
            "/mail/bob_1.2-deep.ipynb": ("bob", "one", "1.2-deep"),
            "/mail/carl/1.2-deep.ipynb": ("carl", "one", "1.2-deep"),
            "/mail/carl/essay.ipynb": ("carl", "", "essay"),
        }.items():
            found = submissions.identify(Path(file), self.KNOWN)
            self.assertEqual(expected, (found.student, found.assignment, found.notebook))


if __name__ == "__main__":
    unittest.main()
