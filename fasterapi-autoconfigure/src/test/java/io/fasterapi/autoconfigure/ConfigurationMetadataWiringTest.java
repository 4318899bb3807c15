package io.fasterapi.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An IDE can complete and explain every property. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfigurationMetadataWiringTest {

    private final Map<String, JsonNode> described = described();

    /** Name of each property, and its default as written or an empty string. */
    private final Map<String, String> declared =
            declared("fasterapi", FasterApiProperties.class, new TreeMap<>());

    @Test
    void everyPropertyAndNoOther() {
        Set<String> own = new TreeSet<>(described.keySet());
        own.removeIf(name -> name.startsWith("management.endpoint.fasterapi."));
        assertThat(own).isEqualTo(declared.keySet());
        assertThat(declared).hasSizeBetween(1, 29);
    }

    @Test
    void everyDescriptionIsThere() {
        described.forEach(
                (name, entry) ->
                        assertThat(entry.path("description").asString(""))
                                .as(name)
                                .hasSizeGreaterThan(10));
    }

    @Test
    void everyConstantDefaultIsThere() {
        declared.forEach(
                (name, value) ->
                        assertThat(described.get(name).path("defaultValue").asString(""))
                                .as(name)
                                .isEqualTo(value));
    }

    private static Map<String, JsonNode> described() {
        Path file =
                Path.of(
                        System.getProperty("basedir", ""),
                        "target/classes/META-INF/spring-configuration-metadata.json");
        Map<String, JsonNode> entries = new TreeMap<>();
        try (InputStream json = Files.newInputStream(file)) {
            JsonMapper.shared()
                    .readTree(json)
                    .path("properties")
                    .forEach(entry -> entries.put(entry.path("name").asString(), entry));
        } catch (IOException e) {
            throw new AssertionError("metadata: " + file, e);
        }
        return entries;
    }

    private static Map<String, String> declared(
            String prefix, Class<?> type, Map<String, String> found) {
        for (RecordComponent component : type.getRecordComponents()) {
            String property = prefix + "." + nameOf(type, component);
            if (component.getType().isRecord()) {
                declared(property, component.getType(), found);
            } else {
                DefaultValue value =
                        parameter(type, component.getName()).getAnnotation(DefaultValue.class);
                found.put(
                        ConfigurationPropertyName.adapt(property, '.').toString(),
                        value == null ? "" : String.join(",", value.value()));
            }
        }
        return found;
    }

    private static String nameOf(Class<?> type, RecordComponent component) {
        Name name = parameter(type, component.getName()).getAnnotation(Name.class);
        String written = name == null ? component.getName() : name.value();
        return written.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }

    private static java.lang.reflect.Parameter parameter(Class<?> type, String name) {
        for (java.lang.reflect.Parameter parameter :
                type.getDeclaredConstructors()[0].getParameters()) {
            if (parameter.getName().equals(name)) {
                return parameter;
            }
        }
        throw new AssertionError("parameter: " + name + " of " + type);
    }
}
