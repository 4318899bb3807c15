package io.fasterapi.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.samples.quickstart.Snippets.Snippet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation shows is what was compiled and tested. */
class DocumentedSnippetsTest {

    /** Every block of code of every page; JUnit fails if there is none. */
    static List<Snippet> snippets() throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        for (Path page : Documentation.pages()) {
            snippets.addAll(Snippets.read(page));
        }
        return snippets;
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void isCutFromAFileThatIsBuilt(Snippet snippet) throws IOException {
        assertThat(snippet.path())
                .as("the line before must be <!-- snippet: path#tag -->, at " + snippet)
                .isNotNull();

        assertThat(snippet.text())
                .as(snippet + " and " + snippet.path() + "#" + snippet.tag())
                .isEqualTo(
                        Snippets.region(Documentation.ROOT.resolve(snippet.path()), snippet.tag()));
    }
}
