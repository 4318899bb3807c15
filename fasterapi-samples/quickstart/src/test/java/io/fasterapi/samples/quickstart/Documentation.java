package io.fasterapi.samples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The pages of the documentation: every Markdown file in the root and below docs. */
final class Documentation {

    static final Path ROOT = root();

    private Documentation() {}

    static List<Path> pages() throws IOException {
        try (Stream<Path> root = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(root, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    /** Returns a path as it is named from the root. */
    static String name(Path page) {
        return ROOT.relativize(page).toString();
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
