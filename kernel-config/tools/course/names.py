"""Which names a piece of Java declares at its top level, as a cell of a notebook may.

A reader of tokens, not a compiler: it is used to say no to an answer that declares again what the notebook's own
cells and tests use (`class Exercise`, `double abs(double x)`, `theory = …`). Shadowing a name inside a method or a class
is the answer's own affair and not reported.
"""

import re

TOKEN = re.compile(
    r"""(?P<skip>\s+|//[^\n]*|/\*.*?\*/)
      |(?P<text>\"\"\".*?(?<!\\)\"\"\"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
      |(?P<number>\.?[0-9](?:[eEpP][+-]|[\w.])*)
      |(?P<word>[^\W\d][\w$]*|\$[\w$]*)
      |(?P<sign>\+\+|--|->|::|==|<=|>=|!=|[-+*/%&|^]=|.)""",
    re.VERBOSE | re.DOTALL)
TYPES = {"class", "interface", "record", "enum"}
WORDS = TYPES | {"public", "private", "protected", "static", "final", "abstract", "sealed", "void", "boolean", "byte", "char",
                 "short", "int", "long", "float", "double", "var", "*"}
# After these words a name is used, not declared.
NOT_TYPES = {"return", "new", "throw", "case", "else", "do", "instanceof", "assert", "yield", "package", "goto"}
ASSIGNMENTS = {"=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "++", "--"}
ESCAPE = re.compile(r"\\u+([0-9a-fA-F]{4})")


def tokens(source):
    """Pairs (kind, text), without comments and white space; Unicode escapes are read as the compiler reads them."""
    source = ESCAPE.sub(lambda match: chr(int(match[1], 16)), source)
    return [(match.lastgroup, match[0]) for match in TOKEN.finditer(source) if match.lastgroup != "skip"]


def declared(source):
    """Names that are declared, imported or assigned to outside every pair of braces."""
    names, local, depth, parentheses, importing = set(), set(), 0, 0, False
    found = [("sign", ";"), *tokens(source), ("sign", ";")]
    for (before_kind, before), (kind, text), (_, after) in zip(found, found[1:], found[2:]):
        if text in ("{", "}"):
            depth = max(0, depth + (1 if text == "{" else -1))
        elif text in ("(", ")"):
            parentheses = max(0, parentheses + (1 if text == "(" else -1))
        importing = text == "import" or importing and text != ";"
        if importing:
            names |= {text} if after == ";" else set()  # the last part: a class, or a static member
            continue
        if kind != "word" or depth or before == ".":
            continue
        typed = before in TYPES or before_kind == "word" and before not in NOT_TYPES or before in (">", "]")
        assigned = after in ASSIGNMENTS or before in ("++", "--")
        if parentheses:
            local |= {text} if typed else set()  # a parameter, or the variable of a loop
            names |= {text} if assigned and text not in local else set()
        elif typed or assigned or before == "," and after in (",", ";", "["):
            names.add(text)
    return names - WORDS


def used(source):
    """Types and functions that the source mentions without a qualifier: the start of a chain, or a call."""
    found = [("sign", ";"), *tokens(source), ("sign", ";")]
    return {text for (_, before), (kind, text), (_, after) in zip(found, found[1:], found[2:])
            if kind == "word" and before != "." and (text[0].isupper() or after == "(")}


ALWAYS = {"mechanics", "java", "javax", "jdk", "org", "display", "render", "String", "Math", "Object", "Double", "Integer"}


def protected(own, tests, answers):
    """Names that an answer must leave alone, given the sources of the notebook's own cells, its tests and its answers."""
    names = set(ALWAYS)
    for source in own:
        names |= declared(source)
    for source in tests:
        names |= used(source) | declared(source)
    for source in answers:
        names -= declared(source)
    return names
