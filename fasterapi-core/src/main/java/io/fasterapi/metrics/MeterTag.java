package io.fasterapi.metrics;

/** A tag of FasterAPI's meters, with what its values are. Immutable. */
public enum MeterTag {
    CORE("core", "the index of the handler core, from 0"),
    PLACEMENT("placement", "`core`, `inline`, `virtual`"),
    TO("to", "`core`, `inline`, `virtual`"),
    ROUTE("route", "HTTP method and path pattern, for example `GET /users/{id}`"),
    CAUSE(
            "cause",
            "`ring-full`, `waited`, `route-limit`, `limit`, `no-thread`, `loop-busy`,"
                    + " `batch-full`, `deadline`"),
    LANE("lane", "`direct`, `filtered`, `webflux`"),
    BATCHER("batcher", "the name of the batcher; the route, if it is a batch handler's"),
    DROP_CAUSE(
            "cause",
            "`refused` (the queue was full, or the item had waited for too long), `expired` (its"
                    + " deadline had passed), `cancelled` (its caller had gone)"),
    POOL("pool", "the name of the pool"),
    THREAD("thread", "the name of the event loop's or core's thread");

    private final String key;
    private final String meaning;

    MeterTag(String key, String meaning) {
        this.key = key;
        this.meaning = meaning;
    }

    /** Returns the tag's key. */
    public String key() {
        return key;
    }

    /** Returns which values the tag has, as a part of a sentence in Markdown. */
    public String meaning() {
        return meaning;
    }
}
