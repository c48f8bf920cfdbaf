package mechanics.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader sees: `lab` starts Jupyter Notebook, a browser opens a notebook and runs all of it. */
@Tag("browser")
class PageTest {

    private static final Pattern ADDRESS = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+/)\\?token=(\\w+)");
    private static final Path PICTURE = Path.of("target", "page.png").toAbsolutePath();

    private static final String CONNECTED = """
            window.Jupyter && Jupyter.notebook && Jupyter.notebook.kernel && Jupyter.notebook.kernel.is_connected()""";
    private static final String ALL_EXECUTED = """
            Jupyter.notebook.get_cells().every(c => c.cell_type !== 'code' || !c.get_text().trim()
                || Number.isInteger(c.input_prompt_number))""";
    private static final String FIGURE_VISIBLE = """
            [...document.querySelectorAll('.output_area img')].some(i => i.naturalWidth >= 300 && i.offsetHeight > 0)""";

    @TempDir
    Path folder;
    private Checkout checkout;
    private Process server;
    private Browser browser;

    @BeforeEach
    void startServerAndBrowser() throws IOException {
        checkout = Checkout.built(folder.resolve("project"));
        server = checkout.lab().builder("--no-browser").redirectErrorStream(true).start();
        server.getOutputStream().close();
        browser = new Browser(Files.createDirectories(folder.resolve("profile")));
    }

    @AfterEach
    void endBoth() throws IOException {
        if (browser != null) {
            browser.close();
        }
        Lab.end(server);
        checkout.close();
    }

    @Test
    void javaIsHighlightedAndItsResultsAreShown() throws Exception {
        var image = "new java.awt.image.BufferedImage(300, 200, java.awt.image.BufferedImage.TYPE_INT_RGB)";
        checkout.notebook("page.ipynb", "int answer = 41 + 1; // a comment", image,
                "\"the answer is \" + answer");
        runAll("page.ipynb", Duration.ofMinutes(1));
        browser.await("document.body.innerText.includes('the answer is 42')", Duration.ofSeconds(10),
                PICTURE);
        assertTrue(browser.evaluate("document.querySelectorAll('.cm-comment').length").asInt() > 0);
    }

    @Test
    void theFirstNotebookRunsAndShowsItsFigure() throws Exception {
        var notebook = Notebook.committed().getFirst();
        var name = notebook.getFileName().toString();
        Files.copy(notebook, checkout.home().resolve("notebooks").resolve(name));
        runAll(name, Duration.ofMinutes(5));
    }

    private void runAll(String notebook, Duration limit) throws Exception {
        browser.open(address("notebooks/" + notebook));
        browser.await(CONNECTED, Duration.ofMinutes(1), PICTURE);
        browser.evaluate("Jupyter.notebook.clear_all_output()");
        browser.evaluate("Jupyter.notebook.execute_all_cells()");
        browser.await(ALL_EXECUTED, limit, PICTURE);
        browser.await(FIGURE_VISIBLE, Duration.ofSeconds(20), PICTURE);
        assertEquals(0, browser.evaluate("document.querySelectorAll('.output_error, .output_stderr').length")
                .asInt());
        assertEquals(0, browser.evaluate("document.querySelectorAll('.modal.in').length").asInt());
    }

    /** The address of a notebook on the server, taken from what the server prints for its reader. */
    private String address(String notebook) throws IOException {
        var said = new StringBuilder();
        var reader = server.inputReader();
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            said.append(line).append('\n');
            var address = ADDRESS.matcher(line);
            if (address.find()) {
                return address.group(1) + notebook + "?token=" + address.group(2);
            }
        }
        throw new AssertionError("lab ended before it printed an address:\n" + said);
    }
}
