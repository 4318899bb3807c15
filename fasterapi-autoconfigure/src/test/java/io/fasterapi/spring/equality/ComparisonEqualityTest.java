package io.fasterapi.spring.equality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fasterapi.spring.equality.Recording.State;
import io.fasterapi.spring.equality.Response.Header;
import io.fasterapi.spring.equality.Variant.Stock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Proof that the comparison can fail, and that ours is in fact compared with stock. */
@TestInstance(Lifecycle.PER_CLASS)
class ComparisonEqualityTest {

    private static final EqualityCase JSON =
            EqualityCase.named("json").requests(RequestText.get("/json"));
    private static final EqualityCase FAILURE =
            EqualityCase.named("failure").requests(RequestText.get("/fail/status"));

    private final List<Server> servers = new ArrayList<>();
    private final Server stock = started(Stock.PLAIN.start());

    /** All at once: servers of one JVM share their event loops, and the first to go stops them. */
    @AfterAll
    void close() {
        servers.forEach(Server::close);
    }

    @Test
    void oneSideIsOursAndTheOtherIsNot() {
        assumeThat(Comparison.isStockOnly()).isFalse();
        Server ours = started(Variant.CORE.start());
        assertThat(ours.ownBeans()).as("beans of ours").hasSizeGreaterThan(1);
        assertThat(stock.ownBeans()).hasSizeLessThan(ours.ownBeans().size());
    }

    @Test
    void anotherApplicationDiffersInNearlyEveryCase() {
        List<EqualityCase> sample = EqualityCases.list().subList(0, 60);
        Server other = started(Stock.WEB_FILTER.start());
        assertThat(sample).allMatch(c -> differs(stock.answers(c), other.answers(c)));
    }

    @Test
    void anyAlterationIsSeen() {
        Recording recorded = stock.answers(JSON);
        Response first = recorded.responses().get(0);
        assertThat(recorded.state()).isEqualTo(State.OPEN);
        assertThat(first.body()).isEqualTo("{\"message\":\"Hello, World!\"}");
        assertThat(alterations(first))
                .allMatch(altered -> differs(recorded, withFirst(recorded, altered)));
        assertThat(new Recording(recorded.responses(), State.CLOSED).toString())
                .isNotEqualTo(recorded.toString());
        assertThat(new Recording(recorded.responses().subList(0, 1), State.OPEN).toString())
                .isNotEqualTo(recorded.toString());
    }

    @Test
    void randomValuesAreReplacedAndNothingElse() {
        Response failure = stock.answers(FAILURE).responses().get(0);
        assertThat(failure.body())
                .isEqualTo(
                        "{\"timestamp\":\"<time>\",\"path\":\"/fail/status\",\"status\":409,"
                                + "\"error\":\"Conflict\",\"requestId\":\"<id>\","
                                + "\"message\":\"no \\\"luck\\\"\"}");
        assertThat(failure.header("Content-Length")).contains("<length>");
        Response json = stock.answers(JSON).responses().get(0);
        assertThat(json.header("Content-Length")).contains("27");
    }

    private Server started(Server server) {
        servers.add(server);
        return server;
    }

    private static List<Response> alterations(Response from) {
        List<Header> renamed = new ArrayList<>(from.headers());
        Header first = renamed.remove(0);
        List<Header> moved = new ArrayList<>(renamed);
        List<Header> added = new ArrayList<>(from.headers());
        moved.add(first);
        added.add(new Header("X-Added", ""));
        renamed.add(0, new Header(first.name().toLowerCase(), first.value()));
        return List.of(
                from.withHeaders(renamed),
                from.withHeaders(moved),
                from.withHeaders(added),
                from.withBody(from.body() + " "),
                new Response(
                        "HTTP/1.1 201 Created",
                        from.headers(),
                        from.framing(),
                        from.body(),
                        from.trailers(),
                        true),
                new Response(
                        from.statusLine(),
                        from.headers(),
                        "chunked",
                        from.body(),
                        from.trailers(),
                        true),
                new Response(
                        from.statusLine(),
                        from.headers(),
                        from.framing(),
                        from.body(),
                        List.of(new Header("X-Trailer", "1")),
                        true));
    }

    private static Recording withFirst(Recording recorded, Response first) {
        List<Response> responses = new ArrayList<>(recorded.responses());
        responses.set(0, first);
        return new Recording(responses, recorded.state());
    }

    private static boolean differs(Recording one, Recording other) {
        return !one.toString().equals(other.toString());
    }
}
