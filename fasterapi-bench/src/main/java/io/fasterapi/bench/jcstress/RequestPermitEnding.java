package io.fasterapi.bench.jcstress;

import io.fasterapi.admission.Admission;
import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.admission.Ending;
import io.fasterapi.admission.RequestPermit;
import io.fasterapi.placement.ConcurrencyLimit;
import io.fasterapi.placement.LoadLimits;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.Refused;
import io.fasterapi.placement.RouteLoad;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/**
 * Claim: an exchange is ended once, by its answer, its deadline or its lost connection: whoever is
 * first is told so, nobody else; it leaves its route and the count once, and as the first says.
 * What waits for its deadline is cancelled, also when it is handed over just then.
 */
@JCStressTest
@Outcome(
        id = {"true, true, 0", "true, false, 0", "false, true, 0", "false, false, 0"},
        expect = Expect.ACCEPTABLE,
        desc = "Each was ended once, and counted so.")
@Outcome(expect = Expect.FORBIDDEN, desc = "One was ended twice, never, or counted wrongly.")
@State
public class RequestPermitEnding {

    private static final int EXCHANGES = 3;

    private final ConcurrencyLimiter limiter = new ConcurrencyLimiter();
    private final Told limit = new Told();
    private final RouteLoad load =
            new Placements(
                            Placement.CORE,
                            template -> null,
                            new LoadLimits(() -> limit, template -> false))
                    .of("GET", "/", null)
                    .load();
    private final AtomicInteger steps = new AtomicInteger();
    private final CompletableFuture<Void> timer = new CompletableFuture<>();

    /** Whose deadline is about to be waited for, has come, and which is about to be hung up on. */
    private final RequestPermit early = begun();

    private final RequestPermit due = begun();
    private final RequestPermit left = begun();

    /** Whether the answer was first, in turn. */
    private boolean earlyAnswered;

    private boolean dueAnswered;
    private boolean leftAnswered;

    private RequestPermit begun() {
        RequestPermit permit = Admission.of(limiter).permit(load, EmptyHttpHeaders.INSTANCE);
        permit.begin();
        return permit;
    }

    @Actor
    public void eventLoop(ZZI_Result result) {
        meet(1);
        early.awaits(timer);
        meet(2);
        result.r1 = due.expire();
        meet(3);
        result.r2 = left.end(Ending.GONE);
    }

    @Actor
    public void handler() {
        meet(1);
        earlyAnswered = early.end(Ending.ANSWERED);
        meet(2);
        dueAnswered = due.end(Ending.ANSWERED);
        meet(3);
        leftAnswered = left.end(Ending.ANSWERED);
    }

    /** The actors come to the same exchange at the same time. */
    private void meet(int step) {
        steps.incrementAndGet();
        while (steps.get() < 2 * step) {
            Thread.onSpinWait();
        }
    }

    @Arbiter
    public void settled(ZZI_Result result) {
        int expired = result.r1 ? 1 : 0;
        int lost = result.r2 ? 1 : 0;
        boolean[] right = {
            earlyAnswered && timer.isCancelled(),
            dueAnswered != result.r1,
            leftAnswered != result.r2,
            limiter.count() == 0,
            limiter.ended(Ending.GONE) == lost,
            load.underWay() == 0,
            load.refused(Refused.DEADLINE) == expired,
            limit.ended.get() == EXCHANGES,
            limit.failed.get() == expired + lost,
            limit.unseen.get() == 0
        };
        for (boolean each : right) {
            result.r3 += each ? 0 : 1;
        }
    }

    /** A limit that counts what it is told. */
    private static final class Told implements ConcurrencyLimit {

        private final AtomicInteger ended = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();
        private final AtomicInteger unseen = new AtomicInteger();

        @Override
        public int now() {
            return EXCHANGES;
        }

        @Override
        public boolean isLearning() {
            return true;
        }

        @Override
        public void ended(long begunNanos, long nanos, int underWay, boolean withoutAnswer) {
            ended.incrementAndGet();
            if (withoutAnswer) {
                failed.incrementAndGet();
            }
            if (begunNanos == 0) {
                unseen.incrementAndGet();
            }
        }
    }
}
