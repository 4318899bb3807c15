package io.fasterapi.samples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The pages of the documentation: every Markdown file outside of what a build makes. */
final class Documentation {

    static final Path ROOT = root();

    private Documentation() {}

    static List<Path> pages() throws IOException {
        try (Stream<Path> root = Files.list(ROOT)) {
            List<Path> pages = new ArrayList<>();
            for (Path each : root.toList()) {
                String name = each.getFileName().toString();
                if (name.endsWith(".md")) {
                    pages.add(each);
                } else if (name.equals("docs") || name.startsWith("fasterapi-")) {
                    addBelow(each, pages);
                }
            }
            return pages.stream().sorted().toList();
        }
    }

    private static void addBelow(Path folder, List<Path> pages) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .forEach(pages::add);
        }
    }

    /** Returns a path as it is named from the root. */
    static String name(Path page) {
        return ROOT.relativize(page).toString();
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/architecture.md"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new AssertionError("no docs/architecture.md in this folder or above it");
            }
        }
        return folder;
    }
}
