"""Cells as HTML: text, code and what it printed, figures, predictions."""

import base64
import html
import posixpath
import re
from dataclasses import dataclass

from bs4 import BeautifulSoup, NavigableString
from nbconvert.filters import markdown2html
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import JavaLexer

import files
from run import ledger

EXERCISE = "application/vnd.mechanics.exercise+json"
ROW = re.compile(r"\b\d\.\d{1,2}\b")
# Commands of TeX that say how a formula looks, not what it is about.
LAYOUT = re.compile(r"\\(?:[td]?frac|[cl]?dots?|left|right|q?quad|boxed|text|mathrm|mathbf|mathcal|operatorname|[lr]Vert|top|hat|bar|tilde"
                    r"|big|Big|bigl|bigr|begin|end|[lr]angle)(?![a-zA-Z])")


@dataclass(frozen=True)
class Figure:
    """A picture, and the file that it becomes."""

    file: str  # below the site's root
    content: bytes
    alt: str
    caption: str
    width: int
    height: int
    main: bool


def inline(markdown):
    """A paragraph of Markdown without its <p>."""
    return re.sub(r"^<p>|</p>\s*$", "", markdown2html(markdown).strip())


def fill(page, notebook, folder, pages, numbers):
    """Puts the notebook's cells into its page. The page is modified."""
    section = ("", page.title)
    for place, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            text = without_title(cell.source) if place == 0 else cell.source
            soup = text_cell(page, text, folder, pages, numbers)
            page.body.append(f'<div class="text">{soup}</div>')
            for part, words in by_heading(soup, section):
                section = part
                page.words.append((*part, words))
        elif cell.cell_type == "code":
            page.body.append(code_cell(page, notebook, cell))


def without_title(source):
    """The first cell without what the head of the page shows: title, facts, claim."""
    source = re.sub(r"^# .+$", "", source, count=1, flags=re.MULTILINE)
    source = re.sub(r"^\*(?!\*).+?\*$", "", source, count=1, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"^\*\*Claim\.\*\*.+?(?=\n\n|\Z)", "", source, count=1, flags=re.MULTILINE | re.DOTALL).strip()


# ---------------------------------------------------------------------------------------------- text


def text_cell(page, source, folder, pages, numbers):
    soup = BeautifulSoup(markdown2html(source), "html.parser")
    for anchor in soup.select("a.anchor-link"):
        anchor.decompose()
    for heading in soup.find_all(re.compile("^h[1-6]$")):
        if heading.name == "h1":
            heading.name = "h2"
        words = heading.get_text().strip()
        heading["id"] = unique(slug(words), [name for name, _ in page.sections])
        page.sections.append((heading["id"], words))
        heading["data-level"] = heading.name[1]
    for link in soup.find_all("a", href=True):
        relink(page, link, pages)
    for image in soup.find_all("img", src=True):
        picture(page, image, folder)
    for table in soup.find_all("table"):
        tidy_table(table)
        wrap(soup, table, "Table")
    link_rows(soup, page, numbers)
    return soup


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "section"


def unique(name, taken):
    number = 2
    while (name if number == 2 else f"{name}-{number - 1}") in taken:
        number += 1
    return name if number == 2 else f"{name}-{number - 1}"


def target(page, link, pages):
    """The page to which a link to a notebook leads, None if there is none."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page.source), link.partition("#")[0]))
    return pages.get(path)


def relink(page, link, pages):
    address = link["href"]
    if re.match(r"[a-z]+:|#", address):
        return
    other = target(page, address, pages)
    if other:
        link["href"] = page.root + other.path
    else:  # a notebook that is not in this gallery, or a file of the project
        link.unwrap()


def picture(page, image, folder):
    source = image["src"]
    file = (folder / posixpath.dirname(page.source) / source).resolve()
    if re.match(r"[a-z]+:", source) or folder.resolve() not in file.parents or not file.is_file():
        image.replace_with(image.get("alt", ""))
        return
    name = f"figures/{slug(page.source[:-6])}/{file.name}"
    page.figures.append(Figure(name, file.read_bytes(), image.get("alt", ""), "", 0, 0, False))
    image["src"] = page.root + name
    image["loading"] = "lazy"


def tidy_table(table):
    """No empty head, and rows whose first cell is bold have it as their head."""
    head = table.find("thead")
    if head and not head.get_text().strip():
        head.decompose()
    for row in table.select("tbody tr"):
        first = row.find("td")
        if first and first.find("strong") and first.get_text().strip() == first.find("strong").get_text().strip():
            first.name = "th"
            first["scope"] = "row"
    for cell in table.find_all("th"):
        if not cell.get_text().strip():
            cell.name = "td"
            del cell["scope"]


def wrap(soup, element, label):
    """Wide content scrolls in a region of its own, which the keyboard reaches too."""
    region = soup.new_tag("div", attrs={"class": "wide", "tabindex": "0", "role": "region", "aria-label": label})
    element.wrap(region)


def link_rows(soup, page, numbers):
    """Numbers of rows that have a page become links to it: in the last lines, and where the text says row."""
    for paragraph in soup.find_all(["p", "li"]):
        text = paragraph.get_text()
        if not ("Leans on" in text or "Leaning on it" in text or re.search(r"\b[Rr]ows? \d", text)):
            continue
        for string in list(paragraph.find_all(string=True)):
            if string.find_parent(["a", "code"]) is None:
                link_string(soup, string, page, numbers, "Lean" in text)


def link_string(soup, string, page, numbers, everywhere):
    pattern = ROW if everywhere else re.compile(r"(?<=[Rr]ow )\d\.\d{1,2}\b|(?<=[Rr]ows )\d\.\d{1,2}\b")
    parts, last = [], 0
    for match in pattern.finditer(string):
        other = numbers.get(match[0])
        if other is None or other is page:
            continue
        link = soup.new_tag("a", href=page.root + other.path)
        link.string = match[0]
        parts += [NavigableString(string[last:match.start()]), link]
        last = match.end()
    if parts:
        string.replace_with(*parts, NavigableString(string[last:]))


def by_heading(soup, section):
    """The words of a text cell in pieces, one for each heading in it."""
    words = []
    for element in soup.children:
        if getattr(element, "name", None) and re.match("h[1-6]$", element.name):
            if words:
                yield section, " ".join(words)
            section, words = (element["id"], element.get_text().strip()), []
        else:
            words.append(readable(element.get_text() if getattr(element, "name", None) else str(element)))
    yield section, " ".join(filter(None, words))


def readable(text):
    """A text whose formulas are words: of `$\\tau\\,\\dot a$` stays tau, dot and a."""
    text = re.sub(r"\$\$.+?\$\$|\$[^$]+\$", lambda m: re.sub(r"[\\${}_^&,;!]+", " ", LAYOUT.sub(" ", m[0])), text, flags=re.DOTALL)
    return " ".join(text.split())


# ---------------------------------------------------------------------------------------------- code


def code_cell(page, notebook, cell):
    parts = []
    if cell.source.strip():
        code = highlight(cell.source, JavaLexer(), HtmlFormatter(nowrap=True))
        parts.append(f'<pre class="code" tabindex="0" role="region" aria-label="Java code"><code>{code}</code></pre>')
    outputs = files.captions(files.merge_streams(cell.outputs))
    shown = [output(page, cell, number, *one) for number, one in enumerate(outputs)]
    if any(shown):
        parts.append(f'<div class="out">{"".join(shown)}</div>')
    return f'<div class="cell" id="cell-{html.escape(cell.get("id", ""))}">{"".join(parts)}</div>'


def output(page, cell, number, one, caption):
    if one.output_type == "stream":
        return printed(one.text) if one.name == "stdout" else ""
    if one.output_type == "error":
        return printed(re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(one.traceback)))
    data = one.get("data", {})
    if "image/png" in data:
        return figure(page, cell, number, one, caption)
    if ledger.CHECK in data or EXERCISE in data or "text/html" in data:
        kind = "check" if ledger.CHECK in data else "exercise" if EXERCISE in data else "result"
        if kind == "result" and "not yet measured" in data.get("text/html", ""):
            kind = "prediction"
        return f'<div class="{kind}">{restyled(data.get("text/html", ""))}</div>'
    return printed(data.get("text/plain", ""))


def printed(text):
    text = html.escape(text.rstrip("\n"))
    return f'<pre class="printed" tabindex="0" role="region" aria-label="Output">{text}</pre>' if text.strip() else ""


def figure(page, cell, number, one, caption):
    metadata = one.get("metadata", {}).get("image/png", {})
    caption = BeautifulSoup(caption or one.data.get("text/html", ""), "html.parser").find("figcaption")
    alt = metadata.get("alt") or one.data.get("text/plain", "")
    name = f"figures/{slug(page.source[:-6])}/{slug(cell.get('id', 'cell'))}{'-' + str(number) if number else ''}.png"
    main = any("figure" in words.lower() for _, words in page.sections[-1:])
    one_figure = Figure(name, base64.b64decode(one.data["image/png"]), alt, caption.get_text() if caption else "",
                        int(metadata.get("width", 620)), int(metadata.get("height", 430)), main)
    page.figures.append(one_figure)
    text = f"<figcaption>{html.escape(one_figure.caption)}</figcaption>" if one_figure.caption else ""
    return (f'<figure style="max-width:{one_figure.width}px"><img src="{page.root}{name}" width="{one_figure.width}" '
            f'height="{one_figure.height}" loading="lazy" alt="{html.escape(alt)}">{text}</figure>')


def verdict(words):
    """The class of a badge, from its words: a sign and a verdict, or whether an exercise is done."""
    first = words.strip("✓✗ ").partition(":")[0].partition(",")[0]
    return first if first in ("holds", "undecided", "breaks", "exact", "refuted", "fails") else (
        "fails" if first.startswith("not yet") else "holds")


def restyled(markup):
    """The library's tables without styles of their own: the page's are readable in the dark, too."""
    soup = BeautifulSoup(markup, "html.parser")
    for script in soup.find_all(["script", "style", "link", "iframe"]):
        script.decompose()
    for element in soup.find_all(style=True):
        style = element["style"]
        del element["style"]
        if element.name == "span" and "background" in style:
            element["class"] = "badge " + verdict(element.get_text())
        elif element.name == "span":
            element["class"] = "kind"
        elif element.name in ("td", "th") and "right" in style:
            element["class"] = "num"
        elif element.name == "div" and "font-size" in style:
            element["class"] = "foot"
    for foot in soup.select(".foot"):
        if not foot.get_text().strip():
            foot.decompose()
    for table in soup.find_all("table"):
        tidy_table(table)
        wrap(soup, table, "Table")
    return str(soup)
