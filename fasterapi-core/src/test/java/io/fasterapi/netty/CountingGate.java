package io.fasterapi.netty;

/** Counts what a connection is held back for. */
class CountingGate implements InboundGate {

    int open;

    @Override
    public void onConnectionLost(Runnable action) {}

    @Override
    public void forget(Runnable action) {}

    @Override
    public void hopBegins() {
        open++;
    }

    @Override
    public void hopsEnded(int count) {
        open -= count;
    }
}
