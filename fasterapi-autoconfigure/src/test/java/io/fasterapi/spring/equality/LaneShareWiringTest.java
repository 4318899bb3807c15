package io.fasterapi.spring.equality;

import static io.fasterapi.spring.testing.RawConnection.json;
import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.fasterapi.spring.webflux.route.RouteReport;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thousand ordinary requests of many kinds: the lane that the report names serves them. */
class LaneShareWiringTest {

    private static final int ROUNDS = 50;
    private static final double SHARE = 0.95;

    private static final List<String> PATHS =
            List.of(
                    "/plain",
                    "/json",
                    "/bean",
                    "/order",
                    "/list",
                    "/strings",
                    "/map",
                    "/tree",
                    "/number",
                    "/bytes",
                    "/arg/uuid/8c3f8c34-6e0c-4dc3-b5b3-b84b0ac6a1c8",
                    "/arg/many/1/x/1.5/true",
                    "/arg/header-map",
                    "/arg/locale",
                    "/result/entity-list",
                    "/result/entity-wild",
                    "/result/entity-flux");

    private static final List<String> BODIES = List.of("/person", "/map", "/mono-body");

    @ParameterizedTest
    @EnumSource
    void theLaneOfTheReportServes(Variant variant) throws IOException {
        assumeFalse(Comparison.isStockOnly());
        boolean logged = variant == Variant.WEB_LOG; // no request is direct then, which is meant
        try (Server server = variant.start()) {
            String base = variant == Variant.BASE_PATH ? Variant.BASE : "";
            for (int round = 0; round < ROUNDS; round++) {
                play(server, base);
            }
            long planned = 0;
            long all = 0;
            for (RouteReport row : server.bean(ControllerRoutes.class).report()) {
                planned += row.calls().getOrDefault(row.lane(), 0L);
                all += row.calls().values().stream().mapToLong(Long::longValue).sum();
                assertThat(row.calls()).as(row.toString()).doesNotContainKey("webflux");
            }
            boolean answersOne = variant.stock() == Variant.Stock.WEB_FILTER; // the filter itself
            int paths = PATHS.size() + BODIES.size() - (answersOne ? 1 : 0);
            assertThat(all).isEqualTo((long) ROUNDS * paths);
            if (!logged) {
                assertThat(planned).as(variant.toString()).isGreaterThan((long) (all * SHARE));
            }
        }
    }

    /** With the headers of an ordinary client; each request on a connection that is kept. */
    private static void play(Server server, String base) throws IOException {
        try (RawConnection connection = server.connect()) {
            for (String path : PATHS) {
                connection.exchange(
                        request(
                                "GET",
                                base + path,
                                "Connection: keep-alive",
                                "Accept: application/json, text/plain, */*",
                                "User-Agent: test"));
            }
            for (String path : BODIES) {
                connection.exchange(
                        json(base + path, "{\"name\":\"ann\"}")
                                .replace("/json\r\n", "/json; charset=utf-8\r\n"));
            }
        }
    }
}
