package io.fasterapi.watchdog;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a watchdog said. Any thread. */
final class Stalls implements StallListener {

    /** The end of a stall. */
    record Ended(Stall stall, Duration heldFor) {}

    final List<Stall> found = new CopyOnWriteArrayList<>();
    final List<Ended> ended = new CopyOnWriteArrayList<>();

    @Override
    public void stalled(Stall stall) {
        found.add(stall);
    }

    @Override
    public void ended(Stall stall, Duration heldFor) {
        ended.add(new Ended(stall, heldFor));
    }
}
