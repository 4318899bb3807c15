package io.fasterapi.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import io.fasterapi.spring.testing.OwnThreads;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

/** A wrong value stops the start-up with the property's name, its value and what is allowed. */
@ExtendWith(OutputCaptureExtension.class)
class InvalidPropertiesWiringTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    fasterapi.cores.ring-size       | 1000    | a power of two from 2 to 1048576
                    fasterapi.cores.ring-size       | 1       | a power of two from 2 to 1048576
                    fasterapi.cores.ring-size       | 2097152 | a power of two from 2 to 1048576
                    fasterapi.cores.count           | 0       | a number from 1 to 1024
                    fasterapi.cores.count           | 1025    | a number from 1 to 1024
                    fasterapi.io.threads            | 0       | a number from 1 to 1024
                    fasterapi.placement.threads     | 0       | a number from 1 to 10000
                    fasterapi.placement.threads     | 10001   | a number from 1 to 10000
                    fasterapi.io.threads            | -3      | a number from 1 to 1024
                    fasterapi.routes.max-body-size  | -1B     | a size from 0B to 2047MB
                    fasterapi.routes.max-body-size  | 2GB     | a size from 0B to 2047MB
                    fasterapi.cores.pinned          | true    | false, or add net.openhft:affinity
                    fasterapi.pools.a-b.per-thread  | -1      | a number from 0 to 1024
                    fasterapi.pools.a-b.per-thread  | 1025    | a number from 0 to 1024
                    fasterapi.pools.a-b.shared      | -1      | a number from 0 to 1048576
                    fasterapi.pools.a-b.shared      | 1048577 | a number from 0 to 1048576
                    fasterapi.cores.wait-mode       | spin    | park; or set
                    fasterapi.cores.wait-mode       | yield   | park; or set
                    fasterapi.deadline-header       | a b     | the name of a header, for example
                    fasterapi.limits.connections    | 0       | a number from 1
                    fasterapi.limits.unwritten      | 0B      | a size from 1B
                    """)
    void outOfRange(String property, String value, String allowed, CapturedOutput output) {
        fails(property + "=" + value);
        String shown = value.endsWith("GB") ? "2147483648B" : value;
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains(
                        "The property '"
                                + property
                                + "' has the value '"
                                + shown
                                + "', which is not allowed.")
                .contains("Set '" + property + "' to " + allowed);
    }

    @ParameterizedTest
    @CsvSource({"0s, PT0S", "-1s, PT-1S", "25h, PT25H"})
    void requestTimeout(String value, String shown, CapturedOutput output) {
        fails("fasterapi.request-timeout=" + value);
        assertThat(output)
                .contains("The property 'fasterapi.request-timeout' has the value '" + shown + "'")
                .contains("Set 'fasterapi.request-timeout' to a duration from 1ms to 1d");
    }

    @ParameterizedTest
    @CsvSource({"-1s, PT-1S", "-250ms, PT-0.25S"})
    void negativeDuration(String value, String shown, CapturedOutput output) {
        fails("fasterapi.cores.stop-timeout=" + value);
        assertThat(output)
                .contains(
                        "The property 'fasterapi.cores.stop-timeout' has the value '"
                                + shown
                                + "', which is not allowed.")
                .contains("Set 'fasterapi.cores.stop-timeout' to a duration of 0s or more.");
    }

    @ParameterizedTest
    @CsvSource({
        "slow/**, patterns that begin with '/'",
        "/{id, a path pattern",
    })
    void patternsOfPlacements(String pattern, String allowed, CapturedOutput output) {
        fails("fasterapi.placement.routes[" + pattern + "]=core");
        assertThat(output)
                .contains("'fasterapi.placement.routes' has the value '" + pattern + "'")
                .contains("Set 'fasterapi.placement.routes' to " + allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"essential", "too-many-requests"})
    void patternsOfAdmission(String name, CapturedOutput output) {
        fails("fasterapi.admission." + name + "=/search/{id");
        assertThat(output)
                .contains("'fasterapi.admission." + name + "' has the value '/search/{id'")
                .contains("Set 'fasterapi.admission." + name + "' to a path pattern");
    }

    @ParameterizedTest
    @CsvSource({"loop-stall, 3ms, PT0.003S", "core-stall, 61m, PT1H1M"})
    void limitOfTheWatchdog(String name, String value, String shown, CapturedOutput output) {
        String property = "fasterapi.watchdog." + name;
        fails(property + "=" + value);
        assertThat(output)
                .contains(
                        "The property '"
                                + property
                                + "' has the value '"
                                + shown
                                + "', which is not allowed.")
                .contains("Set '" + property + "' to a duration from 4ms to 1h.");
    }

    /** Values of no type's are Boot's to explain; it names property, value and reason. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    fasterapi.cores.wait-mode      | foo  | PARK,SPIN,YIELD
                    fasterapi.placement.default    | foo  | AUTO,CORE,INLINE,VIRTUAL
                    fasterapi.cores.count          | many | many
                    fasterapi.cores.stop-timeout   | soon | soon
                    fasterapi.routes.max-body-size | huge | huge
                    fasterapi.cores.pinned         | foo  | foo
                    """)
    void ofNoSuchType(String property, String value, String said, CapturedOutput output) {
        fails(property + "=" + value);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Property: " + property)
                .contains("Value: \"" + value + "\"");
        assertThat(output).contains(said.split(","));
    }

    @ParameterizedTest
    @CsvSource({
        "fasterapi.cores.cuont, fasterapi.cores.count",
        "fasterapi.cores.foo, fasterapi.cores.count",
        "fasterapi.enable, fasterapi.enabled",
        "fasterapi.io.thread, fasterapi.io.threads",
        "fasterapi.placement.defualt, fasterapi.placement.default",
        "fasterapi.admission.unready, fasterapi.admission.unready-after",
        "fasterapi.pools.json.per-tread, fasterapi.pools.json.per-thread",
        "fasterapi.watchdog.loopstal, fasterapi.watchdog.loop-stall"
    })
    void unknownProperty(String property, String nearest, CapturedOutput output) {
        fails(property + "=17");
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("The property '" + property + "' is unknown. It is set by ")
                .contains(
                        "Rename '"
                                + property
                                + "' to '"
                                + nearest
                                + "', which is the nearest known property, or remove it.")
                .doesNotContain("Binding to target");
    }

    @Test
    void eachUnknownPropertyIsNamed(CapturedOutput output) {
        fails("fasterapi.io.thread=1", "fasterapi.cores.counts=1");
        assertThat(output)
                .contains("The property 'fasterapi.cores.counts' is unknown.")
                .contains("The property 'fasterapi.io.thread' is unknown.")
                .contains("Rename 'fasterapi.cores.counts' to 'fasterapi.cores.count',")
                .contains("Rename 'fasterapi.io.thread' to 'fasterapi.io.threads',");
    }

    @Test
    void knownNamesAreThoseOfTheMetadata() throws Exception {
        String metadata;
        try (InputStream source =
                FasterApiProperties.class.getResourceAsStream(
                        "/META-INF/spring-configuration-metadata.json")) {
            metadata = new String(source.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (String name : PropertyNames.all()) {
            String known = name.replaceFirst("\\.\\*.*", "");
            assertThat(metadata).contains('"' + known + '"');
        }
        assertThat(PropertyNames.all())
                .contains("fasterapi.placement.default", "fasterapi.pools.*.per-thread");
    }

    private static void fails(String... properties) {
        OwnThreads threads = new OwnThreads();
        assertThatException()
                .isThrownBy(() -> RunningApplication.start(Application.class, properties).close());
        threads.awaitNone();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
