package io.fasterapi.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** The first page as a person sees it, with its script. */
@TestPropertySource(
        properties = {
            "quickstart.side-by-side.warm-up=300ms",
            "quickstart.side-by-side.measuring=30s"
        })
class PageBrowserTest extends OnRealPort {

    private static final int WIDE = 1280;
    private static final int NARROW = 390;
    private static final int HEIGHT = 900;

    /** The cells of the table of routes, in the report's order. */
    private static final String TABLE =
            """
            return [...document.querySelectorAll('#routes tbody tr')]
                .sort((one, other) => one.dataset.index - other.dataset.index)
                .map((row) => [...row.cells].filter((cell) => !cell.matches('.number'))
                .map((cell) => (cell.firstChild.innerText ?? cell.firstChild.data)));
            """;

    /** Elements that end outside the window; what scrolls by itself and what is unseen may. */
    private static final String OVERFLOWING =
            """
            const found = [];
            if (document.documentElement.scrollWidth > innerWidth) found.push('the page');
            for (const each of document.body.querySelectorAll('*')) {
              const box = each.getBoundingClientRect();
              if (box.width > 1 && box.right > innerWidth + 0.5 && !each.closest('.scroll, .unseen, thead')) {
                found.push(each.outerHTML.slice(0, 80));
              }
            }
            return found;
            """;

    private Browser browser;

    @BeforeEach
    void start() throws Exception {
        browser = Browser.start();
    }

    @AfterEach
    void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    /** Such requests cross no ring: the page once showed 0/s, whatever their number. */
    @Test
    void numbersMoveWhileRequestsRunInline() throws Exception {
        assertMoving(
                "/fast/inline/json",
                "#total",
                "#lanes tr[data-key=direct] td:nth-child(3)",
                "#places tr[data-key=inline] td:nth-child(3)",
                "#places tr[data-key=early] td:nth-child(3)",
                "#routes tr[data-route='GET /fast/inline/json'] .number");
    }

    @Test
    void numbersMoveWhileRequestsRunOnCores() throws Exception {
        assertMoving(
                "/users?limit=1",
                "#lanes tr[data-key=filtered] td:nth-child(3)",
                "#places tr[data-key=core] td:nth-child(3)",
                "#routes tr[data-route='GET /users'] .number");
    }

    /** Numbers of the page are above zero while requests to a path run. */
    private void assertMoving(String path, String... numbers) throws Exception {
        openPage(WIDE);
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> sendUntil(enough, path));
        try {
            for (String shown : numbers) {
                browser.waitUntil(shown + " moves", () -> browser.number(shown) > 0);
            }
        } finally {
            enough.set(true);
        }
        load.get();
        browser.assertNoErrors();
    }

    @Test
    void tableSaysWhatTheEndpointSays() throws Exception {
        openPage(WIDE);
        browser.waitUntilAsserted(() -> assertThat(browser.run(TABLE)).isEqualTo(report()));
        browser.assertNoErrors();
    }

    @Test
    void aFormShowsItsAnswer() throws Exception {
        openPage(WIDE);
        browser.find("form[data-path='/fast/hello/{name}'] button").click();
        browser.waitUntil("an answer", () -> browser.text("#status").startsWith("200"));
        assertThat(browser.text("#body")).contains("Hello, Ada!");
        assertThat(browser.text("#headers")).contains("application/json");
        browser.waitUntil("a tick", () -> browser.text("#ticks").startsWith("tick "));
        browser.assertNoErrors();
    }

    @Test
    void manyRequestsAreSent() throws Exception {
        openPage(WIDE);
        browser.find("#burst select[name=path] option:nth-child(3)").click();
        browser.find("#burst select[name=count] option:first-child").click();
        browser.find("#burst button").click();
        browser.waitUntil("answers", () -> browser.text("#burst output").contains("200 × 200"));
        browser.assertNoErrors();
    }

    @Test
    void sideBySideEndsWithEqualBytesAndTwoBarsAndNothingOverflows() throws Exception {
        openPage(NARROW);
        browser.find("#compare select[name=count] option:first-child").click();
        browser.find("#compare button").click();
        browser.waitUntil("a comparison", () -> !browser.text("#equal").isEmpty());

        assertThat(browser.text("#equal")).startsWith("Equal bytes: yes.");
        assertThat(browser.text("#control")).contains("stock against itself: ");
        assertThat(browser.run("return document.querySelectorAll('#comparison tbody tr').length"))
                .isEqualTo(2L);
        for (String row : List.of("nth-child(1)", "nth-child(2)")) {
            assertThat(
                            browser.find("#comparison tbody tr:" + row + " .meter span")
                                    .getSize()
                                    .getWidth())
                    .isPositive();
        }
        assertThat(browser.run(OVERFLOWING)).as("too wide for the window").isEqualTo(List.of());
        browser.assertNoErrors();
    }

    /** Returns name, lane, placement and reason of each route. */
    private List<Object> report() throws Exception {
        List<Object> routes = new ArrayList<>();
        for (JsonNode route : json(get("/actuator/fasterapi")).get("routes")) {
            String name = route.get("method").asString() + " " + route.get("pattern").asString();
            routes.add(
                    List.of(
                            name,
                            route.get("lane").asString(),
                            route.get("placement").asString(),
                            route.get("reason").asString()));
        }
        assertThat(routes).hasSizeGreaterThan(10);
        return routes;
    }

    private void openPage(int width) {
        browser.open(request("/").build().uri(), width, HEIGHT);
        browser.waitUntil(
                "the state", () -> browser.text("#state").startsWith("FasterAPI is on: "));
    }

    private void sendUntil(AtomicBoolean enough, String path) {
        try {
            while (!enough.get()) {
                assertThat(get(path).statusCode()).isEqualTo(200);
            }
        } catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }
}
