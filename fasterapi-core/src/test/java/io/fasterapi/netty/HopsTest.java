package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose turn it is: what comes late waits for the hops that had begun, and for no others. */
class HopsTest {

    private final Hops hops = new Hops();
    private final List<String> run = new ArrayList<>();

    @Test
    void withoutHopsNothingWaits() {
        hops.afterwards(() -> run.add("at once"));
        assertThat(run).containsExactly("at once");
        assertThat(hops.isOver(hops.ticket())).isTrue();
    }

    @Test
    void waitsForWhatHadBegun() {
        hops.begin(null);
        hops.begin();
        int ticket = hops.ticket();
        hops.afterwards(() -> run.add("late"));
        endOne();
        assertThat(hops.isOver(ticket)).isFalse();
        assertThat(run).isEmpty();
        endOne();
        assertThat(hops.isOver(ticket)).isTrue();
        assertThat(run).containsExactly("late");
    }

    /** A body that goes on arriving begins new hops all the time. */
    @Test
    void doesNotWaitForWhatBeginsLater() {
        hops.begin(null);
        int ticket = hops.ticket();
        hops.afterwards(() -> run.add("first"));
        hops.begin();
        hops.afterwards(() -> run.add("second"));
        endOne();
        assertThat(hops.isOver(ticket)).isTrue();
        assertThat(run).containsExactly("first");
        hops.begin();
        endOne();
        assertThat(run).containsExactly("first", "second");
    }

    @Test
    void whatATaskBeginsHoldsUpNoneThatWaitedBefore() {
        hops.begin(null);
        hops.afterwards(
                () -> {
                    run.add("first");
                    hops.begin();
                    hops.afterwards(() -> run.add("third"));
                });
        hops.afterwards(() -> run.add("second"));
        endOne();
        assertThat(run).containsExactly("first", "second");
        endOne();
        assertThat(run).containsExactly("first", "second", "third");
    }

    /** A step behind it may fail, and then it is aborted. */
    @Test
    void aHopThatFinishedTwiceEndsOnce() {
        CountingGate gate = new CountingGate();
        hops.begin(gate);
        hops.finish();
        hops.finish();
        hops.end(hops.takeFinished());
        hops.finish();
        hops.end(hops.takeFinished());
        assertThat(gate.open).isZero();
        hops.begin();
        assertThat(gate.open).isEqualTo(1);
        hops.finish();
        hops.end(hops.takeFinished());
        assertThat(gate.open).isZero();
    }

    @Test
    void whatFailsInItsTurnKeepsNobodyFromHis() {
        hops.begin(null);
        hops.afterwards(
                () -> {
                    throw new StackOverflowError("injected");
                });
        hops.afterwards(() -> run.add("second"));
        endOne();
        assertThat(run).containsExactly("second");
    }

    private void endOne() {
        hops.finish();
        hops.end(hops.takeFinished());
        hops.runWaiting();
    }
}
