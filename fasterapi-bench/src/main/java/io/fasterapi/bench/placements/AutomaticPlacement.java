package io.fasterapi.bench.placements;

import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.spring.server.ServerParts;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Serves ten handlers with automatic placement. From the first request on it says, after 10 s and
 * after 70 s, where each runs and how often any has moved, and ends.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(TenHandlers.class)
public class AutomaticPlacement {

    private static final long FIRST_MILLIS = 10_000;
    private static final long REST_MILLIS = 60_000;

    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("steps per microsecond: " + Steps.PER_MICRO);
        try (var context = SpringApplication.run(AutomaticPlacement.class, arguments)) {
            ServerParts parts = context.getBean(ServerParts.class);
            ConcurrencyLimiter limiter = parts.workers().admission().limiter();
            Placements placements = parts.placements();
            while (limiter.begun() == 0) {
                Thread.sleep(10);
            }
            Instant begun = Instant.now();
            Thread.sleep(FIRST_MILLIS);
            report("after 10 s of load", placements, begun);
            Thread.sleep(REST_MILLIS);
            report("after 70 s of load", placements, begun);
            System.out.println(limiter.begun() + " requests");
        }
    }

    private static void report(String when, Placements placements, Instant begun) {
        long moves = 0;
        for (Placement to : Placement.values()) {
            moves += placements.moves(to);
        }
        System.out.println(when + ", " + moves + " moves so far:");
        placements.routes().stream()
                .filter(route -> route.declared() == Placement.AUTO)
                .sorted(Comparator.comparing(RoutePlacement::route))
                .forEach(route -> System.out.println("  " + route));
        placements
                .lastMoves()
                .forEach(
                        move ->
                                System.out.printf(
                                        "  %s moved to %s after %.1f s: %s%n",
                                        move.route(),
                                        move.to().label(),
                                        Duration.between(begun, move.at()).toMillis() / 1e3,
                                        move.reason()));
    }
}
