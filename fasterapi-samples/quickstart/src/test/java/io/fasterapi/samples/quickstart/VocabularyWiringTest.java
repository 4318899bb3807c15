package io.fasterapi.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.metrics.FasterApiMeter;
import io.fasterapi.metrics.MeterTag;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an application meets of FasterAPI is named by the glossary in docs/architecture.md and by
 * the words of the libraries that it knows: the types and members listed in {@code
 * application-api.txt}, the properties, and the meters with their tags.
 */
@TestPropertySource(
        properties = {"fasterapi.limits.connections=1000", "fasterapi.limits.unwritten=1MB"})
class VocabularyWiringTest extends OnRealPort {

    private static final int MOST_WORDS = 20;

    /** Tags whose values we choose. */
    private static final Set<String> OWN_VALUES = Set.of("cause", "lane", "placement", "to");

    /** The product's name. */
    private static final Set<String> NAME = Set.of("faster", "api", "fasterapi");

    /** Words of ours that the glossary has replaced. */
    private static final Set<String> REPLACED =
            Set.of("contest", "door", "gate", "handback", "hop", "passage", "resumption");

    private static LibraryWords library;
    private static Set<String> glossary;

    @Autowired private MeterRegistry registry;

    @BeforeAll
    static void read() throws IOException {
        library = new LibraryWords();
        glossary =
                glossaryRows().stream()
                        .flatMap(row -> Words.of(row.split("\\|")[1]))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The rows of the table below the heading, each as it is written. */
    private static List<String> glossaryRows() throws IOException {
        List<String> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(Documentation.ROOT.resolve("docs/architecture.md"))) {
            if (line.startsWith("#")) {
                inside = line.equals("## Glossary");
            } else if (inside && line.startsWith("|")) {
                rows.add(line);
            }
        }
        return rows.size() < 3 ? List.of() : rows.subList(2, rows.size()); // header, dashes
    }

    @Test
    void theGlossaryHasAtMostTwentyWords() throws IOException {
        assertThat(glossaryRows()).hasSizeBetween(1, MOST_WORDS);
    }

    @Test
    void theLibrariesAreRead() {
        assertThat(library.jars())
                .anyMatch(jar -> jar.startsWith("netty-codec-http-"))
                .anyMatch(jar -> jar.startsWith("reactor-core-"))
                .anyMatch(jar -> jar.startsWith("reactor-netty-http-"))
                .anyMatch(jar -> jar.startsWith("spring-webflux-"))
                .anyMatch(jar -> jar.startsWith("micrometer-core-"))
                .anyMatch(jar -> jar.startsWith("disruptor-"));
        assertThat(library.contains("completable")).isTrue(); // of the JDK
    }

    @Test
    void theApiOfApplications() throws IOException {
        List<String> names = new ArrayList<>();
        Set<String> unknown = new TreeSet<>(listedApi());
        for (String module : List.of("fasterapi-core", "fasterapi-autoconfigure")) {
            Path list =
                    Documentation.ROOT.resolve(module).resolve("src/test/resources/public-api.txt");
            for (String line : Files.readAllLines(list)) {
                String type = typeOf(line);
                String entry = entryOf(type.replaceFirst("\\$.*", ""));
                if (entry != null) {
                    unknown.remove(entry);
                    names.add(shortName(type) + '.' + memberOf(line));
                }
            }
        }
        assertThat(unknown).as("in application-api.txt, but not public").isEmpty();
        assertThat(names).hasSizeGreaterThan(200);
        assertUnderstood(names);
    }

    private static List<String> listedApi() throws IOException {
        try (InputStream in =
                VocabularyWiringTest.class.getResourceAsStream("/application-api.txt")) {
            return new String(in.readAllBytes())
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    /** The line of the list by which {@code type} belongs to the API; null if none does. */
    private static String entryOf(String type) throws IOException {
        String all = type.substring(0, type.lastIndexOf('.')) + ".*";
        List<String> listed = listedApi();
        return listed.contains(type) ? type : listed.contains(all) ? all : null;
    }

    /** Lines are {@code final class io.fasterapi.A} and {@code io.fasterapi.A public int b()}. */
    private static String typeOf(String line) {
        return line.startsWith("io.") ? line.substring(0, line.indexOf(' ')) : memberOf(line);
    }

    private static String memberOf(String line) {
        String head = line.replaceFirst("\\(.*", "");
        String last = head.substring(head.lastIndexOf(' ') + 1);
        return last.equals("new") ? "" : last;
    }

    private static String shortName(String type) {
        return type.substring("io.fasterapi.".length());
    }

    @Test
    void theProperties() throws IOException {
        List<String> names = new ArrayList<>();
        String metadata = "META-INF/spring-configuration-metadata.json";
        ClassLoader loader = VocabularyWiringTest.class.getClassLoader();
        for (URL file : Collections.list(loader.getResources(metadata))) {
            try (InputStream in = file.openStream()) {
                for (JsonNode property : new JsonMapper().readTree(in).get("properties")) {
                    names.add(property.get("name").asString());
                }
            }
        }
        List<String> ours = names.stream().filter(name -> name.contains("fasterapi")).toList();
        assertThat(ours).hasSizeGreaterThan(20);
        assertUnderstood(ours);
    }

    @Test
    void theMetersAndTheirTags() throws Exception {
        get("/json"); // meters of lanes begin with their first call
        List<String> names = new ArrayList<>();
        for (FasterApiMeter meter : FasterApiMeter.values()) { // some come with their first event
            names.add(meter.meterName());
        }
        for (MeterTag tag : MeterTag.values()) {
            names.add(tag.key());
        }
        for (Meter meter : registry.getMeters()) {
            if (meter.getId().getName().startsWith("fasterapi.")) {
                names.add(meter.getId().getName());
                for (Tag tag : meter.getId().getTags()) {
                    names.add(tag.getKey());
                    if (OWN_VALUES.contains(tag.getKey())) {
                        names.add(tag.getValue());
                    }
                }
            }
        }
        assertThat(names).hasSizeGreaterThan(50);
        assertUnderstood(names);
    }

    private static void assertUnderstood(List<String> names) {
        Map<String, Set<String>> riddles = new TreeMap<>();
        for (String name : names) {
            Words.of(name)
                    .filter(word -> !isUnderstood(word))
                    .forEach(word -> riddles.computeIfAbsent(word, w -> new TreeSet<>()).add(name));
        }
        assertThat(riddles)
                .as("words that stand neither in the glossary nor in the libraries' names")
                .isEmpty();
    }

    private static boolean isUnderstood(String word) {
        Set<String> stems = Words.stems(word);
        return stems.stream().noneMatch(REPLACED::contains)
                && stems.stream()
                        .anyMatch(
                                stem ->
                                        NAME.contains(stem)
                                                || glossary.contains(stem)
                                                || library.contains(stem));
    }
}
