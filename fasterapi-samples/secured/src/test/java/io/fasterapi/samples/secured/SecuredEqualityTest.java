package io.fasterapi.samples.secured;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.netty.FrontDoor;
import io.fasterapi.spring.equality.Comparison;
import io.fasterapi.spring.equality.EqualityApplication;
import io.fasterapi.spring.equality.EqualityCase;
import io.fasterapi.spring.equality.EqualityCases;
import io.fasterapi.spring.equality.Server;
import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.fasterapi.spring.webflux.invoke.LaneCounters;
import io.fasterapi.spring.webflux.route.Lane;
import io.fasterapi.spring.webflux.route.RouteReport;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Every request of the equality suite behind Spring Security, and those that need credentials: no
 * difference to stock, and nothing opened.
 */
@TestInstance(Lifecycle.PER_CLASS)
class SecuredEqualityTest {

    /**
     * Behind Spring Security's CSRF filter a handler runs on another thread, and some of stock's
     * own answers depend on which of the two is faster: how much of a stream is written before it
     * fails (stock against stock differs in half of the tries), and whether the header that is too
     * long is answered at all (not in 2 of 30).
     */
    private static final Set<String> RACES =
            Set.of(
                    "stream fails behind the first element",
                    "events fail behind the first",
                    "array fails in the middle",
                    "header too long in the second request");

    private final List<EqualityCase> ordinary =
            EqualityCases.once().stream().filter(played -> !RACES.contains(played.name())).toList();

    private final List<EqualityCase> secured = SecuredCases.list();
    private Server stock;
    private Server ours;

    @BeforeAll
    void start() {
        stock = start("fasterapi.enabled=false");
        ours = start("fasterapi.enabled=" + !Comparison.isStockOnly());
    }

    private static Server start(String property) {
        return Server.start(
                List.of(
                        EqualityApplication.class,
                        SecurityConfiguration.class,
                        AccountController.class),
                List.of(property, "fasterapi.placement.default=core"));
    }

    @AfterAll
    void close() {
        try {
            theFilteredLaneServed();
        } finally {
            ours.close();
            stock.close();
        }
    }

    /** Else the suite would compare WebFlux with WebFlux. */
    private void theFilteredLaneServed() {
        if (Comparison.isStockOnly()) {
            return;
        }
        long answered =
                Stream.concat(ordinary.stream(), secured.stream())
                        .flatMap(played -> ours.answers(played).responses().stream())
                        .filter(response -> response.status() / 100 == 2)
                        .count();
        LaneCounters counters = ours.bean(ControllerRoutes.class).counters();
        assertThat(answered).as("answers with success").isGreaterThan(2000);
        assertThat(counters.calls(Lane.FILTERED))
                .as("calls on the filtered lane")
                .isGreaterThanOrEqualTo(answered);
        assertThat(counters.calls(Lane.DIRECT)).as("calls on the direct lane").isZero();
        assertThat(counters.calls(Lane.WEBFLUX)).as("calls left to WebFlux").isZero();
        assertThat(ours.bean(FrontDoor.class).servedCount())
                .as("answered before Reactor Netty saw them")
                .isGreaterThan(500);
    }

    @TestFactory
    Stream<DynamicTest> ordinaryCases() {
        return compare(ordinary);
    }

    @TestFactory
    Stream<DynamicTest> securedCases() {
        return compare(secured);
    }

    private Stream<DynamicTest> compare(List<EqualityCase> cases) {
        Comparison comparison = new Comparison(stock, ours, "SECURED");
        return cases.stream()
                .map(
                        played ->
                                DynamicTest.dynamicTest(
                                        played.name(), () -> comparison.play(played)));
    }

    /** Else the suite would prove nothing about that lane. */
    @Test
    void guardedMethodsAreOnTheFilteredLane() {
        List<String> filtered =
                ours.bean(ControllerRoutes.class).report().stream()
                        .filter(route -> route.lane().equals("filtered"))
                        .map(RouteReport::pattern)
                        .toList();
        assertThat(filtered)
                .contains("/guarded/plain", "/guarded/items/{id}", "/guarded/echo", "/list")
                .contains("/accounts/mine", "/accounts/{owner}");
    }
}
