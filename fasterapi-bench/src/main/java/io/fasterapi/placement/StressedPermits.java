package io.fasterapi.placement;

/** Permits that four threads share; here because the number of threads is no public API. */
public final class StressedPermits {

    /** The least limit of which chunks of two permits are lent. */
    public static final int LIMIT = 32;

    private final PermitCounter permits = new PermitCounter(new Stripes(4), LIMIT);

    /** Takes one, if the limit is not reached. */
    public boolean take() {
        return permits.take(LIMIT);
    }

    /** Gives one back. */
    public void giveBack() {
        permits.giveBack();
    }

    /** Returns how many can be taken now, which are taken. */
    public int takeAll() {
        int taken = 0;
        while (permits.take(LIMIT)) {
            taken++;
        }
        return taken;
    }

    /** Returns how many are in use. */
    public long inUse() {
        return permits.inUse();
    }
}
