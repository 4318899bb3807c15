package io.fasterapi.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** The first page of the application without us. */
@TestPropertySource(properties = "fasterapi.enabled=false")
class SwitchedOffPageBrowserTest extends OnRealPort {

    @Test
    void pageSaysSoAndWorks() throws Exception {
        try (Browser browser = Browser.start()) {
            browser.open(request("/").build().uri(), 1280, 900);
            browser.waitUntil(
                    "the state",
                    () ->
                            browser.text("#state")
                                    .startsWith("FasterAPI is off (fasterapi.enabled=false)"));
            assertThat(browser.find("#routes").isDisplayed()).isFalse();
            assertThat(browser.find("#compare").isDisplayed()).isFalse();

            browser.find("form[data-path='/json'] button").click();
            browser.waitUntil("an answer", () -> browser.text("#status").startsWith("200"));
            assertThat(browser.text("#body")).contains("Hello, World!");
            browser.waitUntil("the count", () -> browser.number("#total-count") > 0);
            browser.assertNoErrors();
        }
    }
}
