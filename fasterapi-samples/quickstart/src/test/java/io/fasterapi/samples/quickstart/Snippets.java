package io.fasterapi.samples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fenced blocks of the documentation, and the tagged regions they are cut from. */
final class Snippets {

    private static final Pattern SOURCE =
            Pattern.compile("<!-- snippet: (?<path>[^#\\s]+)#(?<tag>[\\w-]+) -->");

    private static final Pattern FENCE = Pattern.compile("```(?<language>java|ya?ml)\\s*");

    /**
     * A fenced block.
     *
     * @param place file and line, for messages
     * @param path the file it is cut from, relative to the root; null if the block has no marker
     * @param tag the region in that file; null if the block has no marker
     */
    record Snippet(String place, @Nullable String path, @Nullable String tag, String text) {

        @Override
        public String toString() {
            return place;
        }
    }

    private Snippets() {}

    /** Returns all blocks of Java and YAML in a file of Markdown. */
    static List<Snippet> read(Path markdown) throws IOException {
        List<String> lines = Files.readAllLines(markdown);
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
                                markdown.getFileName() + ":" + (i + 1),
                                marked ? source.group("path") : null,
                                marked ? source.group("tag") : null,
                                String.join("\n", lines.subList(i + 1, end))));
                i = end;
            }
        }
        return found;
    }

    /**
     * Returns the region between the tag's two markers, without common indentation and blank end.
     */
    static String region(Path file, String tag) throws IOException {
        List<String> lines = Files.readAllLines(file);
        int start = lineOf(file, lines, "tag::" + tag + "[]");
        int end = lineOf(file, lines, "end::" + tag + "[]");
        return String.join("\n", lines.subList(start + 1, end)).stripTrailing().stripIndent();
    }

    private static int lineOf(Path file, List<String> lines, String marker) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().matches("(//|#) " + Pattern.quote(marker))) {
                return i;
            }
        }
        throw new AssertionError("no line '" + marker + "' in " + file);
    }
}
