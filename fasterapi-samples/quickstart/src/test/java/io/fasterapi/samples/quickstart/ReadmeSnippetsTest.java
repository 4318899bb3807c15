package io.fasterapi.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.samples.quickstart.Snippets.Snippet;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation shows is what was compiled and tested. */
class ReadmeSnippetsTest {

    private static final Path ROOT = root();

    /** Every block of Java and YAML in README.md and docs; JUnit fails if there is none. */
    static List<Snippet> snippets() throws IOException {
        List<Snippet> snippets = new ArrayList<>(Snippets.read(ROOT.resolve("README.md")));
        try (DirectoryStream<Path> docs = Files.newDirectoryStream(ROOT.resolve("docs"), "*.md")) {
            for (Path file : docs) {
                snippets.addAll(Snippets.read(file));
            }
        }
        return snippets;
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void snippetIsCutFromACompiledSample(Snippet snippet) throws IOException {
        assertThat(snippet.path())
                .as("the line before must be <!-- snippet: path#tag -->, at " + snippet)
                .isNotNull();

        assertThat(snippet.text())
                .as(snippet + " and " + snippet.path() + "#" + snippet.tag())
                .isEqualTo(Snippets.region(ROOT.resolve(snippet.path()), snippet.tag()));
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("README.md"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new AssertionError("no README.md in this folder or above it");
            }
        }
        return folder;
    }
}
