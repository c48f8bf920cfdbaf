"""Broken Java to the real kernel: prefixes and mutations of cells, to execute, complete, inspect and is_complete.

MECHANICS_FUZZ is the number of inputs (default 1000), MECHANICS_FUZZ_SEED their seed.
"""

import json
import os
import queue
import random
import tempfile
import time
import unittest
from pathlib import Path

import test_protocol

NOTEBOOKS = Path(__file__).resolve().parents[4] / "notebooks"
INPUTS = int(os.environ.get("MECHANICS_FUZZ") or 1000)
SEED = int(os.environ.get("MECHANICS_FUZZ_SEED") or 1)
LIMIT = 30  # seconds for an answer
GRACE = 15  # seconds after an interrupt

# Every construct of the language, short and without effects, so that what still compiles may run.
SNIPPETS = (
    "int a = 1; a + 2", "for (int i = 0; i < 3; i++) { System.out.print(i); }", "for (var x : List.of(1, 2)) System.out.println(x);",
    "while (true) { break; }", "do { a++; } while (a < 9);", "if (a > 1) a = 2; else if (a < 0) a = 3; else a = 4;",
    "switch (a) { case 1 -> a++; case 2, 3 -> { a--; } default -> throw new RuntimeException(); }",
    "int y = switch (a) { case 1: yield 2; default: yield 3; };", "try { a /= 0; } catch (ArithmeticException | Error e) { a = 1; } finally { a++; }",
    "try (var s = new Scanner(\"1 2\")) { s.nextInt(); }", "label: for (;;) { for (;;) break label; }", "synchronized (\"lock\") { a++; }",
    "String t = \"\"\"\n  text \\\"\"\" %s\n  \"\"\".formatted(a);", "char c = '\\u0041'; c", "var f = (Function<Integer, Integer>) v -> v + 1; f.apply(2)",
    "Supplier<List<String>> g = ArrayList::new; g.get()", "record Pair<A, B>(A a, B b) { Pair { Objects.requireNonNull(a); } }",
    "sealed interface S {} record L(int v) implements S {} record M(String v) implements S {}", "enum E { X, Y { int n() { return 1; } }; int n() { return 0; } }",
    "int h(S s) { return switch (s) { case L(int v) when v > 1 -> v; case L l -> 0; case M(var v) -> 1; }; }",
    "interface Shape { double area(); default double twice() { return 2 * area(); } }", "abstract class Base<T extends Comparable<T>> { abstract T get(); }",
    "class Node { Node next; static int count; { count++; } static { count = 0; } Node(Node n) { next = n; } }", "@FunctionalInterface interface F { int of(int x); }",
    "@SuppressWarnings({\"unchecked\", \"rawtypes\"}) List l = new ArrayList();", "int[][] m = {{1, 2}, {3}}; m[0][1]", "double x = 1e-3f + 0x1p3 - 0b101 + 1_000L;",
    "import java.util.concurrent.*;", "import static java.lang.Math.max; max(1, 2)", "<T> T same(T t) { return t; } same(3)", "int... rest", "assert a > 0 : \"no\";",
    "Object o = 3; if (o instanceof Integer n && n > 2) System.out.println(n);", "a = a << 2 >>> 1 ^ ~a | 3 & 4; a += 1; a-- - --a", "new Object() { int z = 3; }.z",
    "Stream.iterate(1, i -> i * 2).limit(5).map(i -> i % 2 == 0 ? \"even\" : \"odd\").toList()", "// a comment\n/* and */ /** more */ 1", "%time 1 + 1",
    "throw new IllegalStateException(\"x\", new RuntimeException());", "var α = \"😀\"; α.length()", "{ int local = 1; { local++; } }", ";;", "return;", "this.toString()",
    "int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); } fib(10)", "List<? super Map.Entry<String, ? extends Number>> w;", "((a))", "(int) 3.5 + (a)",
    "record Ring(Ring r) {} new Ring(new Ring(null))", "goto x;", "int class = 3;", "enum", "non-sealed", "public static void main(String[] args) { }",
)
TOKENS = ("{", "}", "(", ")", "[", "]", ";", ",", ".", "<", ">", "\"", "'", "\"\"\"", "/*", "*/", "//", "@", "=", "->", "::", "+", "%", "%%", "\\", "\n", "\t", " ",
          "😀", "\u0000", "\ud7ff", "ü", "class ", "record ", "sealed ", "permits ", "for ", "while (true) ", "if ", "else ", "switch ", "case ", "new ", "import ", "static ",
          "return ", "0x", "1e", "int ", "var ", "try ", "catch ", "throw ", "yield ", "default ", "when ", "interface ", "?", ":", "...", "\r", "\x1b", "non-")


def notebook_cells():
    cells = []
    for file in sorted(NOTEBOOKS.rglob("*.ipynb")):
        for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                cells.append("".join(cell["source"]))
    return cells


def mutate(source, dice, corpus):
    choice = dice.randrange(7)
    at, to = sorted((dice.randint(0, len(source)), dice.randint(0, len(source))))
    if choice <= 1:
        return source[:at]  # what one has typed so far
    if choice == 2:
        return source[at:]
    if choice == 3:
        return source[:at] + dice.choice(TOKENS) + source[at:]
    if choice == 4:
        return source[:at] + source[min(to, at + 12):]
    if choice == 5:
        return source[:at] + source[at:to][:40] + source[at:]
    other = dice.choice(corpus)
    return source[:at] + other[dice.randint(0, len(other)):][:200]


class Fuzz(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.begin()
        self.addCleanup(self.end)

    def begin(self):
        self.manager, self.client = test_protocol.start(JJAVA_TIMEOUT="400 MILLIS", JJAVA_JVM_OPTS="-Xmx1g", TMPDIR=self.folder.name)

    def end(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def reply(self, request, limit):
        end = time.monotonic() + limit
        while time.monotonic() < end:
            try:
                message = self.client.get_shell_msg(timeout=min(1, limit))
            except queue.Empty:
                self.assertTrue(self.manager.is_alive(), f"the kernel died on {self.input!r}")
                continue
            if message["parent_header"].get("msg_id") == request:
                return message["content"]
        return None

    def ask(self, request):
        content = self.reply(request, LIMIT)
        if content is None:
            self.manager.interrupt_kernel()
            self.assertIsNotNone(self.reply(request, GRACE), f"hangs, interrupt or not: {self.input!r}")
            self.fail(f"takes more than {LIMIT} s: {self.input!r}")
        self.assertNotEqual(content.get("ename"), "KernelError", f"{self.input!r}: {content}")
        return content

    def execute(self, code):
        return self.ask(self.client.execute(code, allow_stdin=False, stop_on_error=False))

    def test_no_input_hangs_or_ends_the_kernel(self):
        dice = random.Random(SEED)
        cells = notebook_cells()
        slow = (0.0, "")
        for number in range(INPUTS):
            small = dice.random() < 0.5
            source = dice.choice(SNIPPETS if small else cells)
            for _ in range(dice.choice((1, 1, 1, 2, 3))):
                source = mutate(source, dice, SNIPPETS if small else cells)
            self.input = source
            started = time.monotonic()
            what = dice.randrange(4)
            if what == 0:
                self.ask(self.client.complete(source, dice.randint(0, len(source)) if dice.random() < 0.3 else len(source)))
            elif what == 1:
                self.ask(self.client.inspect(source, dice.randint(0, len(source))))
            else:
                status = self.ask(self.client.is_complete(source))["status"]
                # A whole cell of a notebook would train for long, and its libraries are not to blame.
                if what == 3 and (small or status != "complete"):
                    self.execute(source)
            slow = max(slow, (time.monotonic() - started, source))
            if number % 200 == 199:
                self.assert_sound()
            if number % 1000 == 999:  # a session that holds thousands of declarations is slow, and no one's
                self.end()
                self.begin()
                if number % 5000 == 4999:
                    print(f"{number + 1} inputs", flush=True)
        self.assert_sound()
        print(f"{INPUTS} inputs, seed {SEED}; the slowest took {slow[0]:.1f} s: {slow[1][:80]!r}")

    def assert_sound(self):
        """What ran before may have declared and imported anything; a plain cell and an interrupt work all the same."""
        self.input = "a plain cell"
        content = self.execute("System.out.print(1 + 1);")
        self.assertEqual(content["status"], "ok", content)
        request = self.client.execute("while (true) {}", allow_stdin=False, stop_on_error=False)
        time.sleep(0.2)
        self.manager.interrupt_kernel()
        self.assertIn(self.reply(request, GRACE)["ename"], ("Interrupted", "TimeLimit"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
