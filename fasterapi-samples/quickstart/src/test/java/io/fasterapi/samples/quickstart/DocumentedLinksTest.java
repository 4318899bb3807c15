package io.fasterapi.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links of the documentation lead to files and headings that exist, and to every page. */
class DocumentedLinksTest {

    private static final int LONGEST_README = 150;

    static List<Path> pages() throws IOException {
        return Documentation.pages();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Path page) throws IOException {
        List<String> broken = new ArrayList<>();
        for (String link : read(page).links) {
            if (link.contains("://") || link.startsWith("mailto:")) {
                continue; // other people's pages
            }
            int hash = link.indexOf('#');
            Path target = target(page, hash < 0 ? link : link.substring(0, hash));
            if (!Files.exists(target)
                    || hash >= 0 && !read(target).anchors.contains(link.substring(hash + 1))) {
                broken.add(link);
            }
        }

        assertThat(broken).as("links of " + Documentation.name(page)).isEmpty();
    }

    @Test
    void everyPageIsReachedFromTheFrontPage() throws IOException {
        Set<Path> reached = new HashSet<>();
        Deque<Path> open = new ArrayDeque<>(List.of(Documentation.ROOT.resolve("README.md")));
        while (!open.isEmpty()) {
            Path page = open.pop();
            if (reached.add(page)) {
                for (String link : read(page).links) {
                    Path target = target(page, link.replaceFirst("#.*", ""));
                    if (target.toString().endsWith(".md") && Files.exists(target)) {
                        open.push(target);
                    }
                }
            }
        }

        assertThat(reached).containsAll(Documentation.pages());
    }

    @Test
    void theFrontPageIsShort() throws IOException {
        assertThat(Files.readAllLines(Documentation.ROOT.resolve("README.md")))
                .hasSizeLessThanOrEqualTo(LONGEST_README);
    }

    private static Path target(Path page, String link) {
        return link.isEmpty() ? page : page.resolveSibling(link).normalize();
    }

    private static Page read(Path page) throws IOException {
        Page read = new Page();
        if (page.toString().endsWith(".md")) {
            Parser.builder().build().parse(Files.readString(page)).accept(read);
        }
        return read;
    }

    /** Where a page leads, and what leads into it. */
    private static final class Page extends AbstractVisitor {

        private final Set<String> links = new LinkedHashSet<>();
        private final Set<String> anchors = new HashSet<>();
        private final IdGenerator ids = IdGenerator.builder().build();

        @Override
        public void visit(Link link) {
            links.add(link.getDestination());
            visitChildren(link);
        }

        @Override
        public void visit(Image image) {
            links.add(image.getDestination());
        }

        @Override
        public void visit(Heading heading) {
            anchors.add(ids.generateId(text(heading)));
            visitChildren(heading);
        }

        private static String text(Node node) {
            if (node instanceof Text text) {
                return text.getLiteral();
            }
            if (node instanceof Code code) {
                return code.getLiteral();
            }
            StringBuilder all = new StringBuilder();
            for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
                all.append(text(child));
            }
            return all.toString();
        }
    }
}
