package io.fasterapi.spring.webflux.route;

import io.fasterapi.placement.PlacementMove;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * The actuator endpoint {@code fasterapi}: lists every mapping of the application with its lane,
 * its placement, the reason for them, and its calls; and what the settings of the server cost.
 * Thread-safe.
 */
@Endpoint(id = "fasterapi")
public final class FasterApiEndpoint {

    private final List<Supplier<List<RouteReport>>> sources;
    private final Supplier<List<PlacementMove>> moves;
    private final Supplier<List<EarlyCost>> costs;

    /**
     * Creates the endpoint.
     *
     * @param sources list mappings, in the order in which they are shown
     * @param moves lists the last move of each route that has moved
     * @param costs lists the settings that cost early answers
     */
    public FasterApiEndpoint(
            List<Supplier<List<RouteReport>>> sources,
            Supplier<List<PlacementMove>> moves,
            Supplier<List<EarlyCost>> costs) {
        this.sources = List.copyOf(sources);
        this.moves = moves;
        this.costs = costs;
    }

    /** Returns the report. */
    @ReadOperation
    public Report report() {
        return new Report(
                sources.stream().flatMap(source -> source.get().stream()).toList(),
                moves.get().stream().map(Move::of).toList(),
                costs.get());
    }

    /**
     * The report.
     *
     * @param routes every mapping
     * @param moves the last move of each route under the placement auto that has moved
     * @param notEarly the settings that keep requests from being answered early
     */
    public record Report(List<RouteReport> routes, List<Move> moves, List<EarlyCost> notEarly) {}

    /**
     * One move of a route, in the words of the properties.
     *
     * @param route method and pattern, for example {@code GET /users/{id}}
     * @param from the placement that it had: {@code core}, {@code inline} or {@code virtual}
     * @param to the placement that it has since then
     * @param reason what was measured
     * @param at when it moved
     */
    public record Move(String route, String from, String to, String reason, Instant at) {

        static Move of(PlacementMove move) {
            return new Move(
                    move.route(), move.from().label(), move.to().label(), move.reason(), move.at());
        }
    }
}
