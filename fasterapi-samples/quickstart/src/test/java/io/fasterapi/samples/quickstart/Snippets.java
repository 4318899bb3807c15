package io.fasterapi.samples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fenced blocks of code in the documentation, and the files or regions they are cut from. */
final class Snippets {

    private static final Pattern SOURCE =
            Pattern.compile("<!-- snippet: (?<path>[^#\\s]+)(#(?<tag>[\\w-]+))? -->");

    private static final Pattern FENCE =
            Pattern.compile(
                    "```(java|ya?ml|xml|kotlin|groovy|properties|json|html|sql|dockerfile)\\s*");

    private static final Pattern MARKER =
            Pattern.compile("\\s*(//|#|<!--) (tag|end)::[\\w-]+\\[\\]( -->)?\\s*");

    /**
     * A fenced block.
     *
     * @param place page and line, for messages
     * @param path the file it is cut from, relative to the root; null if the block has no marker
     * @param tag the region in that file; null for the whole file
     */
    record Snippet(String place, @Nullable String path, @Nullable String tag, String text) {

        @Override
        public String toString() {
            return place;
        }
    }

    private Snippets() {}

    /** Returns all blocks of code in a page. */
    static List<Snippet> read(Path page) throws IOException {
        List<String> lines = Files.readAllLines(page);
        List<Snippet> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (FENCE.matcher(lines.get(i)).matches()) {
                int end = i + 1;
                while (!lines.get(end).startsWith("```")) {
                    end++;
                }
                Matcher source = SOURCE.matcher(i == 0 ? "" : lines.get(i - 1));
                boolean marked = source.matches();
                found.add(
                        new Snippet(
                                Documentation.name(page) + ":" + (i + 1),
                                marked ? source.group("path") : null,
                                marked ? source.group("tag") : null,
                                String.join("\n", lines.subList(i + 1, end))));
                i = end;
            }
        }
        return found;
    }

    /**
     * Returns the region between the tag's two markers, without common indentation and blank end;
     * the whole file if the tag is null.
     */
    static String region(Path file, @Nullable String tag) throws IOException {
        List<String> lines = Files.readAllLines(file);
        int start = tag == null ? -1 : lineOf(file, lines, "tag::" + tag + "[]");
        int end = tag == null ? lines.size() : lineOf(file, lines, "end::" + tag + "[]");
        return lines.subList(start + 1, end).stream()
                .filter(line -> !MARKER.matcher(line).matches()) // of another region
                .collect(Collectors.joining("\n"))
                .stripTrailing()
                .stripIndent();
    }

    private static int lineOf(Path file, List<String> lines, String marker) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().matches("(//|#|<!--) " + Pattern.quote(marker) + "( -->)?")) {
                return i;
            }
        }
        throw new AssertionError("no line '" + marker + "' in " + file);
    }
}
