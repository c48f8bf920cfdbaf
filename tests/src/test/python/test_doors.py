"""What a newcomer meets first: files for editors, containers and continuous integration, checked for syntax."""

import configparser
import json
import re
import sys
import tempfile
import unittest
from pathlib import Path

try:
    import yaml
except ImportError:  # not every Jupyter brings it
    yaml = None

HOME = Path(__file__).resolve().parents[4]
LAB = HOME / "kernel-config" / "lab"
sys.path.insert(0, str(HOME / "kernel-config" / "tools"))

import nbformat  # noqa: E402
from gallery import new  # noqa: E402
from run import ledger  # noqa: E402


def words():
    """The words that the script knows."""
    return set(re.findall(r"^    (\w+)\) shift && ", LAB.read_text(encoding="utf-8"), re.MULTILINE)) | {"help"}


class Doors(unittest.TestCase):
    @unittest.skipUnless(yaml, "PyYAML is not installed")
    def test_workflows_call_words_of_the_script_on_three_systems(self):
        flow = yaml.safe_load((HOME / ".github/workflows/test.yml").read_text(encoding="utf-8"))
        systems = set()
        for job in flow["jobs"].values():
            rows = job.get("strategy", {}).get("matrix", {}).get("include", [{"system": job["runs-on"]}])
            systems |= {row["system"] for row in rows}
            for step in job["steps"]:
                self.assertTrue(("run" in step) != ("uses" in step), step)
                for word in re.findall(r"(?:kernel-config/lab|matrix\.lab \}\}) (\w+)", step.get("run", "")):
                    self.assertIn(word, words())
                for name in re.findall(r"\S+\.ipynb", step.get("run", "")):
                    self.assertTrue((HOME / "notebooks" / name).exists(), name)
        self.assertEqual({"ubuntu-latest", "macos-latest", "windows-latest"}, systems)

    def test_containers_are_built_from_files_that_exist(self):
        container = json.loads((HOME / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))
        self.assertTrue((HOME / ".devcontainer" / container["build"]["dockerfile"]).exists())
        for name in (".devcontainer/Dockerfile", ".binder/Dockerfile"):
            text = re.sub(r"\\\n\s*", " ", (HOME / name).read_text(encoding="utf-8"))
            lines = [line for line in text.splitlines() if line and not line.startswith("#")]
            for line in lines:
                self.assertRegex(line, r"^(FROM|ARG|ENV|RUN|COPY|USER|WORKDIR|EXPOSE|CMD) \S", name)
                for word in re.findall(r"kernel-config/lab (\w+)", line):
                    self.assertIn(word, words())
                if line.startswith("CMD "):
                    self.assertIsInstance(json.loads(line[4:]), list)
            self.assertTrue(lines[0].startswith("FROM "), name)
            self.assertTrue(any(line.startswith("USER ") for line in lines), f"{name} runs as root")

    def test_editors_are_told_the_rules(self):
        text = (HOME / ".editorconfig").read_text(encoding="utf-8")
        parser = configparser.ConfigParser(comment_prefixes="#")
        parser.read_string("[top]\n" + text)
        self.assertEqual("4", parser["*"]["indent_size"])

    def test_links_between_the_files_lead_somewhere(self):
        files = [HOME / "README.md", *(HOME / ".github").glob("*.md"), *(HOME / "kernel-config/guides").glob("*.md"),
                 HOME / "notebooks/README.md"]
        self.assertGreater(len(files), 6)
        for file in files:
            for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", file.read_text(encoding="utf-8")):
                self.assertTrue((file.parent / link).exists(), f"{file.name}: {link}")

    def test_the_readme_has_a_row_for_each_word(self):
        text = (HOME / "README.md").read_text(encoding="utf-8")
        for word in words() - {"kernel"}:
            self.assertRegex(text, rf"\n\| `lab {word}\b", word)

    def test_the_readme_says_whose_models_a_notebook_tests(self):
        text = (HOME / "README.md").read_text(encoding="utf-8")
        rows = dict(re.findall(r"\]\((notebooks/[^)]+\.ipynb)\) \| [^|\n]+ \|([^|\n]*)\|\n", text))
        for path in sorted((HOME / "notebooks").rglob("*.ipynb")):
            systems = " ".join(row["system"] for row in ledger.rows(nbformat.read(path, nbformat.NO_CONVERT), path.name, {})[0])
            expected = ", ".join(name for name in ("Tribuo", "Smile") if name in systems)
            self.assertEqual(expected, rows[path.relative_to(HOME).as_posix()].strip(), path.name)

    def test_the_readme_has_every_package(self):
        text = (HOME / "README.md").read_text(encoding="utf-8")
        sources = HOME / "lib/src/main/java/mechanics"
        for file in sources.rglob("package-info.java"):
            parts = file.parent.relative_to(sources).parts
            name = "`" + ("." if len(parts) > 1 else "") + parts[-1] + "`"
            self.assertIn(name, text)


class Skeleton(unittest.TestCase):
    def test_it_has_the_ten_steps_and_its_own_number(self):
        with tempfile.TemporaryDirectory() as folder:
            file = new.create("4.13", 'Noise "and" steps', Path(folder) / "notebooks")
            self.assertEqual("4.13-noise-and-steps.ipynb", file.name)
            text = file.read_text(encoding="utf-8")
            self.assertNotIn("{{id}}", text)
            cells = json.loads(text)["cells"]
            self.assertTrue("".join(cells[0]["source"]).startswith('# 4.13 Noise "and" steps'))
            headings = re.findall(r"^## (.+)$", "\n".join("".join(c["source"]) for c in cells), re.MULTILINE)
            self.assertEqual(["The system", "The theory", "The prediction", "The run", "The figure", "The check",
                              "Where it breaks", "Your turn", "Sources"], headings)
            with self.assertRaisesRegex(new.Problem, "expected a free one"):
                new.create("4.13", "Another", Path(folder) / "notebooks")

    def test_what_is_no_number_or_title_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            for number, title in (("8.1", "a"), ("4", "a"), ("../x", "a"), ("4.1", "  "), ("4.1", "..")):
                with self.assertRaisesRegex(new.Problem, "expected|empty"):
                    new.create(number, title, Path(folder))
            self.assertEqual([], list(Path(folder).iterdir()))


if __name__ == "__main__":
    unittest.main()
