package io.fasterapi.samples.secured;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.autoconfigure.FasterApiProperties;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files of the folder deploy: the application starts with them, and they fit each other. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.additional-location=file:deploy/",
            "spring.profiles.active=production"
        })
class DeploymentWiringTest {

    private static final Path DEPLOY = Path.of("deploy");
    private static final List<String> PROBES =
            List.of("startupProbe", "livenessProbe", "readinessProbe");

    @Autowired private FasterApiProperties properties;
    @Autowired private HealthEndpointGroups groups;
    @LocalServerPort private int port;

    @Test
    void theApplicationHasTheSettings() {
        assertThat(properties.admission().unreadyAfter()).isEqualTo(Duration.ofSeconds(30));
        assertThat(properties.admission().essential()).containsExactly("/orders/payment/**");
        assertThat(properties.admission().tooManyRequests()).containsExactly("/search/**");
        assertThat(properties.requestTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(properties.limits().connections()).isEqualTo(10_000);
    }

    @Test
    void probesAreAnswered() throws Exception {
        for (String probe : PROBES) {
            String path = (String) at(container(), probe, "httpGet").get("path");
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
            assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()))
                    .as(probe)
                    .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(200));
        }
    }

    @Test
    void readinessFollowsTheOverloadAndLivenessDoesNot() {
        assertThat(isMember("readiness")).isTrue();
        assertThat(isMember("liveness")).isFalse();
    }

    private boolean isMember(String group) {
        return Objects.requireNonNull(groups.get(group)).isMember("fasterapi");
    }

    @Test
    void theGracePeriodIsLongerThanTheShutdown() throws IOException {
        Number preStop = (Number) at(container(), "lifecycle", "preStop", "sleep").get("seconds");
        Binder settings = new Binder(ConfigurationPropertySources.from(read("production")));
        Duration drain =
                settings.bind("spring.lifecycle.timeout-per-shutdown-phase", Duration.class).get();
        Duration longest =
                drain.plus(properties.cores().stopTimeout()).plusSeconds(preStop.longValue());
        assertThat((int) pod().get("terminationGracePeriodSeconds"))
                .isGreaterThan((int) longest.toSeconds());
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "options"})
    void everyPropertyExists(String profile) throws IOException {
        Set<String> known = knownProperties();
        for (PropertySource<?> document : read(profile)) {
            for (String name : ((EnumerablePropertySource<?>) document).getPropertyNames()) {
                assertThat(known)
                        .as(name)
                        .anyMatch(
                                each ->
                                        name.equals(each)
                                                || name.startsWith(each + "[")
                                                || name.startsWith(each + "."));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "options"})
    void everyDocumentIsAccepted(String profile) throws IOException {
        for (PropertySource<?> document : read(profile)) {
            Binder binder = new Binder(ConfigurationPropertySources.from(document));
            binder.bindOrCreate("fasterapi", FasterApiProperties.class); // throws what it refuses
        }
    }

    @Test
    void theImageIsMadeOfTheJar() throws IOException {
        assertThat(Files.readString(DEPLOY.resolve("Dockerfile")))
                .contains("COPY target/secured.jar ");
    }

    private static List<PropertySource<?>> read(String profile) throws IOException {
        return new YamlPropertySourceLoader()
                .load(
                        profile,
                        new FileSystemResource(DEPLOY.resolve("application-" + profile + ".yml")));
    }

    private static Set<String> knownProperties() throws IOException {
        Set<String> known = new TreeSet<>();
        String metadata = "META-INF/spring-configuration-metadata.json";
        ClassLoader loader = DeploymentWiringTest.class.getClassLoader();
        for (URL url : Collections.list(loader.getResources(metadata))) {
            try (InputStream in = url.openStream()) {
                for (JsonNode each : JsonMapper.shared().readTree(in).get("properties")) {
                    known.add(each.get("name").asString());
                }
            }
        }
        return known;
    }

    private static Map<String, Object> pod() throws IOException {
        Map<String, Object> manifest =
                new Yaml().load(Files.readString(DEPLOY.resolve("kubernetes.yaml")));
        return at(manifest, "spec", "template", "spec");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> container() throws IOException {
        return ((List<Map<String, Object>>) pod().get("containers")).get(0);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> at(Map<String, Object> from, String... names) {
        Map<String, Object> found = from;
        for (String name : names) {
            found = (Map<String, Object>) found.get(name);
        }
        return found;
    }
}
