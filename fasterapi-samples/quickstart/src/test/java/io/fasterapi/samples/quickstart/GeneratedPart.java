package io.fasterapi.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A part of a page that is made from the code: between two markers. */
final class GeneratedPart {

    private static final String END = "<!-- /generated -->";

    private GeneratedPart() {}

    /**
     * Compares a part with what it should be; with {@code -Ddocs.update=true} writes it instead.
     *
     * @param page relative to the root
     * @param name the part's name in its marker
     * @param expected its lines, with a line end after each
     */
    static void check(String page, String name, String expected) throws IOException {
        Path file = Documentation.ROOT.resolve(page);
        String text = Files.readString(file);
        String begin = "<!-- generated: " + name + " -->\n";
        int from = text.indexOf(begin) + begin.length();
        assertThat(text).as(page).containsOnlyOnce(begin);
        int to = text.indexOf(END, from);
        assertThat(to).as("the end of the part %s in %s", name, page).isPositive();
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(file, text.substring(0, from) + expected + text.substring(to));
            return;
        }
        assertThat(text.substring(from, to))
                .as("the part %s of %s is stale: run this test with -Ddocs.update=true", name, page)
                .isEqualTo(expected);
    }
}
