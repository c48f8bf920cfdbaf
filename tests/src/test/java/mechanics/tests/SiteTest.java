package mechanics.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** `lab site`: every page of the gallery of the committed notebooks, read from the disk by a browser. */
@Tag("browser")
class SiteTest {

    private static final Path PICTURE = Path.of("target", "site.png").toAbsolutePath();
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** Addresses outside of the page that a browser would load by itself. */
    private static final Pattern FOREIGN = Pattern.compile(
            "(?:src|srcset|poster)\\s*=\\s*[\"'](?:https?:)?//|url\\(\\s*[\"']?(?:https?:)?//|@import|<link[^>]+href=\"(?:https?:)?//");

    @TempDir
    static Path folder;
    private static Path site;
    private static Browser browser;

    @BeforeAll
    static void buildTheSite() throws IOException {
        site = folder.resolve("site");
        var result = Lab.ofProject().call("site", "--out", site.toString());
        assertEquals(0, result.exit(), result.output());
        browser = new Browser(Files.createDirectories(folder.resolve("profile")));
    }

    @AfterAll
    static void endTheBrowser() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void everyNotebookHasAPage() throws IOException {
        for (var notebook : Notebook.committed()) {
            var name = Notebook.FOLDER.relativize(notebook).toString().replace(".ipynb", ".html");
            assertTrue(Files.exists(site.resolve(name)), name);
        }
    }

    @Test
    void notebooksLinkToTheClassesThatTheyUse() throws IOException {
        var page = site.resolve("1-solvable-settings/1.2-depth.html");
        var links = Pattern.compile("href=\"(\\.\\./api/[^\"]+)\"").matcher(Files.readString(page));
        var found = new ArrayList<String>();
        while (links.find()) {
            assertTrue(Files.exists(page.resolveSibling(links.group(1))), links.group(1));
            found.add(links.group(1));
        }
        assertTrue(found.contains("../api/mechanics/solvable/DeepLinearMode.html"), found.toString());
        assertTrue(found.contains("../api/index.html"), found.toString());
    }

    @Test
    void theLedgerHasEveryPrediction() throws IOException {
        browser.open(address(site.resolve("ledger.html")));
        var checks = 0;
        for (var notebook : Notebook.committed()) {
            checks += Notebook.read(notebook).outputs()
                    .map(output -> output.path("data").path("application/vnd.mechanics.check+json"))
                    .mapToInt(check -> check.isArray() ? check.size() : check.isMissingNode() ? 0 : 1).sum();
        }
        assertEquals(checks,
                browser.evaluate("document.querySelectorAll('table.ledger tbody tr').length").asInt());
    }

    @Test
    void theLedgerIsSortedAndFiltered() throws IOException {
        browser.open(address(site.resolve("ledger.html")));
        var values = "[...document.querySelectorAll('table.ledger tbody [data-name=predicted]')]"
                + ".map(c => c.dataset.value).filter(v => v !== undefined).map(Number)";
        browser.evaluate("document.querySelector('th[data-key=predicted] button').click()");
        assertTrue(browser.evaluate("(v => v.every((x, i) => !i || v[i - 1] <= x))(" + values + ")")
                .asBoolean());
        browser.evaluate("document.querySelector('th[data-key=predicted] button').click()");
        assertTrue(browser.evaluate("(v => v.every((x, i) => !i || v[i - 1] >= x))(" + values + ")")
                .asBoolean());
        assertEquals("descending", browser.evaluate(
                "document.querySelector('th[data-key=predicted]').getAttribute('aria-sort')").asString());
        browser.evaluate("(f => { f.value = '1.1-lag'; f.dispatchEvent(new Event('input')) })"
                + "(document.getElementById('filter'))");
        assertEquals(1, browser.evaluate(
                "[...document.querySelectorAll('table.ledger tbody tr')].filter(r => !r.hidden).length")
                .asInt());
    }

    @Test
    void theSearchFindsASection() throws Exception {
        browser.open(address(site.resolve("index.html")));
        ready();
        browser.evaluate("(f => { f.value = 'half-rise'; f.dispatchEvent(new Event('input')) })"
                + "(document.getElementById('search'))");
        assertFalse(browser.evaluate("document.getElementById('found').hidden").asBoolean());
        var address = browser.evaluate("document.querySelector('#found a').href").asString();
        assertTrue(address.contains("1.1-deep-linear-networks.html"), address);
        browser.evaluate("(f => { f.value = 'qwertzuiop'; f.dispatchEvent(new Event('input')) })"
                + "(document.getElementById('search'))");
        assertEquals(0, browser.evaluate("document.querySelectorAll('#found a').length").asInt());
    }

    @Test
    void theColorsAreTheReadersChoice() throws Exception {
        browser.open(address(site.resolve("index.html")));
        ready();
        var paper = "getComputedStyle(document.body).backgroundColor";
        var before = browser.evaluate(paper).asString();
        browser.evaluate("document.querySelector('button.theme').click()");
        var after = browser.evaluate(paper).asString();
        assertFalse(before.equals(after), before);
        browser.open(address(site.resolve("ledger.html")));
        assertEquals(after, browser.evaluate(paper).asString(), "kept on the next page");
        browser.evaluate("localStorage.clear()");
    }

    /** A page is opened once for all of its checks: what takes time is to typeset its formulas. */
    @TestFactory
    Stream<DynamicContainer> aPage() throws IOException {
        var axe = resource("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js");
        return pages().map(page -> DynamicContainer.dynamicContainer(name(page), Stream.of(
                DynamicTest.dynamicTest("loads with nothing missing and nothing foreign", () -> load(page)),
                DynamicTest.dynamicTest("links lead somewhere", SiteTest::followLinks),
                DynamicTest.dynamicTest("is accessible in light", () -> inspect(axe, "light")),
                DynamicTest.dynamicTest("is accessible in dark", () -> inspect(axe, "dark")),
                DynamicTest.dynamicTest("fits a phone", SiteTest::fitAPhone))));
    }

    private static void load(Path page) throws Exception {
        browser.log();
        browser.open(address(page));
        ready();
        browser.evaluate("document.querySelectorAll('img').forEach(i => i.loading = 'eager')");
        browser.await("[...document.images].every(i => i.complete)", LIMIT, PICTURE);
        assertEquals("[]", browser.evaluate(
                "[...document.images].filter(i => !i.naturalWidth || (!i.alt && !i.closest('[aria-hidden]')))"
                        + ".map(i => i.src)")
                .toString(), "pictures that are missing or have no alternative text");
        assertEquals("[]", browser.evaluate("performance.getEntriesByType('resource').map(e => e.name)"
                + ".filter(n => !n.startsWith('file:') && !n.startsWith('data:'))").toString(),
                "loaded from elsewhere");
        assertEquals("[]", browser.evaluate(
                "[...document.querySelectorAll('.katex-error')].map(e => e.title)").toString(),
                "formulas that cannot be typeset");
        assertEquals(List.of(), browser.log(), "the console's messages");
        assertFalse(FOREIGN.matcher(Files.readString(page)).find(), "foreign addresses");
    }

    private static void followLinks() throws IOException {
        var lost = new ArrayList<String>();
        for (JsonNode link : browser.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)")) {
            var parts = link.asString().split("#", 2);
            if (!parts[0].startsWith("file:")) {
                continue;
            }
            var file = Path.of(java.net.URI.create(parts[0]));
            if (!Files.isRegularFile(file) || !file.startsWith(site.toRealPath())
                    || (parts.length == 2 && !Files.readString(file).contains("id=\"" + parts[1] + "\""))) {
                lost.add(link.asString());
            }
        }
        assertEquals(List.of(), lost);
    }

    private static void inspect(String axe, String theme) throws IOException {
        browser.evaluate("document.documentElement.dataset.theme = '" + theme + "'");
        browser.run(axe);
        var found = browser.evaluateLater("""
                axe.run(document, {resultTypes: ['violations']}).then(r => r.violations
                    .filter(v => v.impact === 'serious' || v.impact === 'critical')
                    .map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' '
                        + n.failureSummary).join(' | ')))""");
        assertEquals(List.of(), found.valueStream().map(JsonNode::asString).toList());
    }

    private static void fitAPhone() throws IOException {
        browser.resize(390, 844);
        try {
            var width = "document.documentElement.clientWidth";
            assertTrue(browser.evaluate("document.documentElement.scrollWidth <= " + width).asBoolean(),
                    "the page scrolls sideways: " + browser.evaluate(
                            "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > "
                                    + width
                                    + " + 1 && !e.closest('.wide, pre, .katex-display, .hidden')).slice(0, 5)"
                                    + ".map(e => e.outerHTML.slice(0, 120))"));
        } finally {
            browser.resize(1200, 1600);
        }
    }

    @Test
    void aFolderWithoutExecutedNotebooksGetsOneSentence() throws IOException {
        var empty = Files.createDirectories(folder.resolve("empty"));
        var result = Lab.ofProject().call("site", "--from", empty.toString(), "--out",
                folder.resolve("none").toString());
        assertEquals(1, result.exit(), result.output());
        assertEquals(1, result.output().lines().count(), result.output());
        var own = Files.createDirectories(folder.resolve("own"));
        Files.writeString(own.resolve("thesis.txt"), "mine");
        assertEquals(1, Lab.ofProject().call("site", "--out", own.toString()).exit());
        assertTrue(Files.exists(own.resolve("thesis.txt")), "a folder of something else is left alone");
    }

    private static void ready() throws Exception {
        browser.await("document.documentElement.dataset.typeset === 'yes'", LIMIT, PICTURE);
    }

    private static Stream<Path> pages() throws IOException {
        try (var files = Files.walk(site)) {
            // The pages of the API are the JDK's.
            return files.filter(file -> file.toString().endsWith(".html")
                    && !file.startsWith(site.resolve("api"))).sorted().toList().stream();
        }
    }

    private static String name(Path page) { return site.relativize(page).toString(); }

    private static String address(Path page) throws IOException {
        return page.toRealPath().toUri().toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = SiteTest.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
