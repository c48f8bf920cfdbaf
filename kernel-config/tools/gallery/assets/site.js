"use strict";

// ------------------------------------------------------------------------------------------ formulas

for (const part of document.querySelectorAll(".text, .claim, main .facts"))
  renderMathInElement(part, {
    delimiters: [
      { left: "$$", right: "$$", display: true },
      { left: "$", right: "$", display: false },
      { left: "\\[", right: "\\]", display: true },
      { left: "\\(", right: "\\)", display: false },
      { left: "\\begin{equation}", right: "\\end{equation}", display: true },
      { left: "\\begin{align}", right: "\\end{align}", display: true },
      { left: "\\begin{aligned}", right: "\\end{aligned}", display: true },
    ],
    throwOnError: false,
    strict: false, // letters such as μ inside of \\text
  });
// Wide formulas scroll, and what scrolls must be reachable by keyboard.
for (const formula of document.querySelectorAll(".katex-display, .katex")) {
  const inText = !formula.matches(".katex-display, .katex-display *");
  if (inText) formula.classList.toggle("long", formula.querySelector(".katex-html").getBoundingClientRect().right > innerWidth);
  if (inText ? formula.classList.contains("long") : formula.matches(".katex-display") && formula.scrollWidth > formula.clientWidth) {
    formula.tabIndex = 0;
    formula.setAttribute("role", "region");
    formula.setAttribute("aria-label", "Formula");
  }
}
document.documentElement.dataset.typeset = "yes";

// ------------------------------------------------------------------------------------------ light and dark

const themeButton = document.querySelector("button.theme");
const systemDark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (document.documentElement.dataset.theme ?? (systemDark.matches ? "dark" : "light")) === "dark";
const showTheme = () => themeButton.setAttribute("aria-pressed", isDark());
themeButton.addEventListener("click", () => {
  const chosen = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = chosen;
  try { localStorage.setItem("theme", chosen); } catch { /* not kept */ }
  showTheme();
});
systemDark.addEventListener("change", showTheme);
showTheme();

// ------------------------------------------------------------------------------------------ the map

const stop = document.querySelector(".map .stop");
if (stop) {
  const stops = [...document.querySelectorAll(".track a")];
  const show = link => {
    const before = link.dataset.before.split(" ");
    for (const other of stops) other.classList.toggle("first", before.includes(other.getAttribute("href")));
    const first = stops.filter(other => other.classList.contains("first")).map(other => other.firstChild.textContent);
    const title = document.createElement("b");
    title.textContent = link.dataset.title;
    stop.replaceChildren(title, ` ${link.dataset.claim}` + (first.length ? ` Leans on ${first.join(", ")}.` : ""));
    renderMathInElement(stop, { delimiters: [{ left: "$", right: "$", display: false }], throwOnError: false });
  };
  for (const link of stops) {
    link.addEventListener("mouseenter", () => show(link));
    link.addEventListener("focus", () => show(link));
  }
  show(stops[0]);
}

// ------------------------------------------------------------------------------------------ search

const root = document.body.dataset.root;
const form = document.querySelector(".search");
const field = document.getElementById("search");
const found = document.getElementById("found");
const list = found.querySelector("ul");
const status = found.querySelector("[role=status]");
const fold = text => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
let entries = null; // folded at the first search

/** How well an entry fits: every word must occur; in a title it counts more than in the text. */
function score(entry, words) {
  let sum = 0;
  for (const word of words) {
    const here = (entry.title.includes(word) ? 6 : 0) + (entry.heading.includes(word) ? 4 : 0) + (entry.text.includes(word) ? 1 : 0);
    if (!here) return 0;
    sum += here;
  }
  return sum;
}

function excerpt(text, folded, word) {
  const at = Math.max(0, folded.indexOf(word));
  const from = Math.max(0, at - 40);
  return (from ? "…" : "") + text.slice(from, from + 130) + (text.length > from + 130 ? "…" : "");
}

function search() {
  const words = fold(field.value).split(/\s+/).filter(Boolean);
  found.hidden = !words.length;
  list.replaceChildren();
  if (!words.length) return;
  entries ??= window.WORDS.map(([path, number, title, heading, text]) => ({
    path, number, shown: [title, heading, text],
    title: fold(number + " " + title), heading: fold(heading), text: fold(text),
  }));
  const best = entries.map(entry => [score(entry, words), entry]).filter(([points]) => points)
    .sort(([a], [b]) => b - a).slice(0, 12);
  status.textContent = best.length ? `${best.length === 12 ? "The best 12" : best.length} found` : `Nothing found for “${field.value}”`;
  for (const [, entry] of best) {
    const link = document.createElement("a");
    link.href = root + entry.path;
    const [title, heading, text] = entry.shown;
    const where = document.createElement("b");
    where.textContent = `${entry.number} ${title}`.trim() + (heading && heading !== title ? ` › ${heading}` : "");
    const what = document.createElement("span");
    what.textContent = excerpt(text, entry.text, words[0]);
    link.append(where, what);
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
}

field.addEventListener("input", search);
form.addEventListener("submit", event => {
  event.preventDefault();
  list.querySelector("a")?.click();
});
form.addEventListener("keydown", event => {
  const stops = [field, ...list.querySelectorAll("a")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && !found.hidden) {
    event.preventDefault();
    stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
  } else if (event.key === "Escape") {
    field.value = "";
    search();
    field.focus();
  }
});
document.addEventListener("keydown", event => {
  if (event.key === "/" && !event.ctrlKey && !event.metaKey && !/INPUT|TEXTAREA|SELECT/.test(document.activeElement.tagName)) {
    event.preventDefault();
    field.focus();
  }
});
document.addEventListener("click", event => {
  if (!form.contains(event.target)) found.hidden = true;
});
field.addEventListener("focus", () => { if (field.value) found.hidden = false; });

// ------------------------------------------------------------------------------------------ the ledger

const table = document.querySelector("table.ledger");
if (table) {
  const body = table.tBodies[0];
  const value = (row, name) => {
    const cell = row.querySelector(`[data-name=${name}]`);
    return cell.dataset.value === undefined ? cell.textContent.trim() : Number(cell.dataset.value);
  };
  const compare = (a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b
      : typeof a !== typeof b ? (typeof a === "number" ? -1 : 1)
        : a.localeCompare(b, "en", { numeric: true });

  for (const head of table.querySelectorAll("thead th"))
    head.querySelector("button").addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.querySelectorAll("thead th")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const name = head.dataset.key;
      body.append(...[...body.rows].sort((a, b) => compare(value(a, name), value(b, name)) * (down ? -1 : 1)));
    });

  const filter = document.getElementById("filter");
  const boxes = [...document.querySelectorAll("input[name=verdict]")];
  const count = document.querySelector(".count");
  const show = () => {
    const words = fold(filter.value).split(/\s+/).filter(Boolean);
    const verdicts = boxes.filter(box => box.checked).map(box => box.value);
    let shown = 0;
    for (const row of body.rows) {
      const text = fold(row.textContent);
      row.hidden = !verdicts.includes(row.dataset.verdict) || !words.every(word => text.includes(word));
      shown += !row.hidden;
    }
    count.textContent = `${shown} of ${body.rows.length} predictions`;
  };
  filter.addEventListener("input", show);
  boxes.forEach(box => box.addEventListener("change", show));
  document.querySelector(".filters").addEventListener("submit", event => event.preventDefault());
}

// ------------------------------------------------------------------------------------------ contents of a notebook

const contents = document.querySelector(".contents details");
if (contents) {
  const narrow = matchMedia("(max-width: 70rem)");
  const fit = () => { contents.open = !narrow.matches; };
  narrow.addEventListener("change", fit);
  fit();
  const links = new Map([...contents.querySelectorAll("a")].map(link => [link.hash.slice(1), link]));
  const seen = new IntersectionObserver(items => {
    for (const item of items)
      if (item.isIntersecting) {
        for (const link of links.values()) link.removeAttribute("aria-current");
        links.get(item.target.id)?.setAttribute("aria-current", "location");
      }
  }, { rootMargin: "0px 0px -75% 0px" });
  for (const heading of document.querySelectorAll("article h2[id], article h3[id]")) seen.observe(heading);
}
