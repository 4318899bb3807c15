package io.fasterapi.netty;

/**
 * Whether requests of one route are worth an early try: one that was not answered at once has cost
 * more than it need have. Shared by all event loops without synchronisation: nothing depends on the
 * numbers being exact, and while every try succeeds none is written.
 */
public final class EarlyTries {

    private static final int IN_VAIN = 16;
    private static final int RESTING = 1_000;

    private int inVain;
    private int resting;

    /** Returns whether the next request is worth a try. */
    public boolean isWorthwhile() {
        if (resting > 0) {
            resting--;
            return false;
        }
        return true;
    }

    /** A request was answered early. */
    public void answered() {
        if (inVain > 0) {
            inVain = 0;
        }
    }

    /** A request went on to Reactor Netty. */
    public void passed() {
        if (++inVain >= IN_VAIN) {
            inVain = 0;
            resting = RESTING;
        }
    }
}
