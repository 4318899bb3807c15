package io.fasterapi.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.autoconfigure.FasterApiProperties;
import io.fasterapi.metrics.FasterApiMeter;
import io.fasterapi.metrics.MeterTag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tables that the documentation has from the code, and that they are not stale. */
class GeneratedDocsTest {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    /** The name of a property, too. */
    private static final String PROPERTY_TOO = "fasterapi.placement.routes";

    private static final Map<String, String> TYPES =
            Map.of(
                    "java.lang.Boolean", "`true`, `false`",
                    "java.lang.Integer", "number",
                    "java.lang.String", "text",
                    "java.time.Duration", "duration",
                    "org.springframework.util.unit.DataSize", "size",
                    "java.util.List<java.lang.String>", "list");

    @Test
    void meters() throws IOException {
        StringBuilder table = new StringBuilder("| meter | kind | unit | tags | what it says |\n");
        table.append("|---|---|---|---|---|\n");
        for (FasterApiMeter meter : FasterApiMeter.values()) {
            table.append(
                    "| `%s` | %s | %s | %s | %s |\n"
                            .formatted(
                                    meter.meterName(),
                                    meter.kind().label(),
                                    unit(meter),
                                    meter.tags().stream()
                                            .map(tag -> '`' + tag.key() + '`')
                                            .collect(Collectors.joining(", ")),
                                    meter.description()));
        }
        table.append("\n| tag | values |\n|---|---|\n");
        for (MeterTag tag : MeterTag.values()) {
            table.append(
                    "| `%s` of %s | %s |\n".formatted(tag.key(), metersOf(tag), tag.meaning()));
        }
        GeneratedPart.check("docs/observability.md", "meters", table.toString());
    }

    private static String unit(FasterApiMeter meter) {
        if (meter.kind() == FasterApiMeter.Kind.TIMER
                || meter.kind() == FasterApiMeter.Kind.TIME_GAUGE) {
            return "s";
        }
        return meter.unit() == null ? "" : meter.unit();
    }

    /** The only meter that has the tag, or what the names of those have in common. */
    private static String metersOf(MeterTag tag) {
        List<String> names =
                Stream.of(FasterApiMeter.values())
                        .filter(meter -> meter.tags().contains(tag))
                        .map(FasterApiMeter::meterName)
                        .toList();
        String first = names.get(0);
        if (names.size() == 1) {
            return '`' + first + '`';
        }
        String prefix = first.substring(0, first.indexOf('.', "fasterapi.".length()) + 1);
        return names.stream().allMatch(name -> name.startsWith(prefix))
                ? '`' + prefix + "*`"
                : names.stream().map(name -> '`' + name + '`').collect(Collectors.joining(", "));
    }

    @Test
    void properties() throws Exception {
        Map<String, JsonNode> all = new TreeMap<>();
        for (JsonNode each : metadata().get("properties")) {
            all.put(each.get("name").asString(), each);
        }
        StringBuilder table = new StringBuilder("| property | type | default | what it does |\n");
        table.append("|---|---|---|---|\n");
        for (Map.Entry<String, JsonNode> each : all.entrySet()) {
            JsonNode property = each.getValue();
            JsonNode fallback = property.get("defaultValue");
            table.append(
                    "| `%s` | %s | %s | %s |\n"
                            .formatted(
                                    each.getKey(),
                                    type(property.get("type").asString()),
                                    fallback == null ? "" : '`' + fallback.asString() + '`',
                                    sentence(property.get("description").asString())));
        }
        GeneratedPart.check("docs/configuration.md", "properties", table.toString());
    }

    private static JsonNode metadata() throws IOException {
        for (var url : java.util.Collections.list(loader().getResources(METADATA))) {
            try (InputStream source = url.openStream()) {
                JsonNode root = new JsonMapper().readTree(source);
                for (JsonNode each : root.get("properties")) {
                    if (each.get("name").asString().equals("fasterapi.enabled")) {
                        return root;
                    }
                }
            }
        }
        throw new AssertionError("no metadata has fasterapi.enabled");
    }

    private static ClassLoader loader() {
        return FasterApiProperties.class.getClassLoader();
    }

    private static String type(String type) throws ClassNotFoundException {
        String known = TYPES.get(type);
        if (known != null) {
            return known;
        }
        if (type.startsWith("java.util.Map")) {
            return "map";
        }
        Object[] constants = loader().loadClass(type).getEnumConstants();
        assertThat(constants).as("an enum, or a type that this test knows: " + type).isNotNull();
        return Stream.of(constants)
                .map(each -> '`' + each.toString().toLowerCase(Locale.ROOT) + '`')
                .collect(Collectors.joining(", "));
    }

    private static String sentence(String description) {
        String text = description.replace("|", "\\|").strip();
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    @Test
    void exampleOfTheConfigurationIsBound() throws Exception {
        MutablePropertySources sources = new MutablePropertySources();
        for (PropertySource<?> each :
                new YamlPropertySourceLoader()
                        .load("example", new ClassPathResource("docs/configuration.yml"))) {
            sources.addLast(each);
        }
        FasterApiProperties bound =
                new Binder(ConfigurationPropertySources.from(sources))
                        .bind(
                                "fasterapi",
                                Bindable.of(FasterApiProperties.class),
                                new NoUnboundElementsBindHandler(BindHandler.DEFAULT, each -> true))
                        .get();
        assertThat(bound.cores().count()).isEqualTo(4);
        assertThat(bound.placement().routes()).containsKey("/reports/**");
        assertThat(bound.admission().essential()).containsExactly("/login", "/ping");
        assertThat(bound.pools().get("deflaters").perThread()).isEqualTo(2);
        assertThat(bound.watchdog().loopStall()).hasMillis(50);
    }

    @Test
    void noMeterIsNamedOutsideOfTheCatalogue() throws IOException {
        List<String> found = new ArrayList<>();
        for (String module : List.of("fasterapi-core", "fasterapi-autoconfigure")) {
            Path sources = Documentation.ROOT.resolve(module).resolve("src/main/java");
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    String text = Files.readString(file);
                    for (FasterApiMeter meter : FasterApiMeter.values()) {
                        if (text.contains('"' + meter.meterName() + '"')
                                && !PROPERTY_TOO.equals(meter.meterName())) {
                            found.add(file.getFileName() + ": " + meter.meterName());
                        }
                    }
                    if (!file.getFileName().toString().equals("FasterApiMeter.java")
                            && text.matches(
                                    "(?s).*\\b(Gauge|TimeGauge|Counter|Timer|Function\\w+)"
                                            + "\\s*\\.builder\\(.*")) {
                        found.add(file.getFileName() + ": builds a meter");
                    }
                }
            }
        }
        assertThat(found).isEmpty();
    }
}
