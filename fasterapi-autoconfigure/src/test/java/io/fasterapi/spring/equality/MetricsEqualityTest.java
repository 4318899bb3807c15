package io.fasterapi.spring.equality;

import static io.fasterapi.spring.equality.RequestText.JSON;
import static io.fasterapi.spring.equality.RequestText.TEXT;
import static io.fasterapi.spring.equality.RequestText.get;
import static io.fasterapi.spring.equality.RequestText.post;
import static io.fasterapi.spring.equality.RequestText.request;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same {@value #REQUESTS} mixed requests leave the same series of {@code http.server.requests}
 * with the same counts: successes and failures, redirects, what no handler answers, and what CORS
 * or a filter refuses.
 */
@TestInstance(Lifecycle.PER_CLASS)
class MetricsEqualityTest {

    private static final int REQUESTS = 2000;
    private static final int ON_ONE_CONNECTION = 100;
    private static final long SEED = 20_261_121;

    private final List<EqualityCase> conversations = conversations();
    private final List<Server> servers = new ArrayList<>();
    private final Map<Variant.Stock, Map<String, Long>> expected =
            new EnumMap<>(Variant.Stock.class);

    /** All at once: servers of one JVM share their event loops, and the first to go stops them. */
    @AfterAll
    void close() {
        servers.forEach(Server::close);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "CORE",
                "INLINE",
                "WEB_FILTER",
                "WEB_FILTER_VIRTUAL",
                "COMPRESSION_AUTO",
                "CORS",
                "DECORATED_INLINE",
                "PROBLEM_DETAILS"
            })
    void sameSeriesWithTheSameCounts(Variant variant) {
        Map<String, Long> expected = expected(variant.stock());
        assertThat(played(started(variant.start()))).isEqualTo(expected);
    }

    /** Else the comparison would be of little. */
    @Test
    void theMixIsOne() {
        Map<String, Long> series = expected(Variant.Stock.PLAIN);
        assertThat(series).hasSizeGreaterThan(100);
        assertThat(series.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(REQUESTS);
        for (String status :
                List.of("200", "201", "204", "302", "400", "404", "405", "406", "415")) {
            assertThat(series.keySet())
                    .as("series of status %s", status)
                    .anyMatch(key -> key.contains("status=" + status));
        }
    }

    private Map<String, Long> expected(Variant.Stock stock) {
        return expected.computeIfAbsent(stock, kind -> played(started(kind.start())));
    }

    private Server started(Server server) {
        servers.add(server);
        return server;
    }

    /**
     * Probes end the conversations, so that no answer's connection is lost before it is counted.
     */
    private Map<String, Long> played(Server server) {
        for (EqualityCase conversation : conversations) {
            assertThat(server.answers(conversation).responses())
                    .as("answers to %s", conversation)
                    .hasSizeGreaterThanOrEqualTo(ON_ONE_CONNECTION);
        }
        await().atMost(20, SECONDS).until(() -> RequestSeries.total(server) == REQUESTS);
        return RequestSeries.counts(server);
    }

    private static List<EqualityCase> conversations() {
        List<String> kinds = kinds();
        Random random = new Random(SEED);
        List<EqualityCase> conversations = new ArrayList<>();
        for (int i = 0; i < REQUESTS / ON_ONE_CONNECTION; i++) {
            EqualityCase conversation = EqualityCase.named("conversation " + i);
            for (int j = 1; j <= ON_ONE_CONNECTION; j++) {
                conversation.requests(kinds.get(random.nextInt(kinds.size()))).await(j);
            }
            conversations.add(conversation);
        }
        return conversations;
    }

    /** Nothing here answers late or ends its connection. */
    private static List<String> kinds() {
        List<String> kinds = new ArrayList<>();
        for (String target : TargetList.ALL) {
            if (!LateAnswers.isLate("GET " + target)) {
                kinds.add(get(target));
                kinds.add(get(target, "Accept: application/json"));
                kinds.add(get(target, "Accept: application/x-nothing"));
                kinds.add(get(target, "Origin: https://friend.example"));
                kinds.add(request("DELETE", target));
                kinds.add(request("HEAD", target));
            }
        }
        for (String target : List.of("/point", "/echo", "/valid", "/read/void", "/only-json")) {
            for (String body : List.of("{\"x\":1,\"name\":\"n\",\"age\":18}", "{\"x\":", "")) {
                kinds.add(post(target, JSON, body));
                kinds.add(post(target, TEXT, body));
            }
        }
        kinds.add(get("/guarded/plain"));
        kinds.add(get("/users/%20"));
        kinds.add(get("/users//1"));
        kinds.add(get("/no/such/path"));
        kinds.add(request("PROPFIND", "/any"));
        return kinds;
    }
}
