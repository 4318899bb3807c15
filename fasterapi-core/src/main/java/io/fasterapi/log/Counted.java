package io.fasterapi.log;

/** Numbers with their nouns, for messages. */
public final class Counted {

    private Counted() {}

    /**
     * Returns a number with its noun, for example {@code 1 event loop} or {@code 2 event loops}.
     *
     * @param noun one of it; its plural has an s at the end
     */
    public static String of(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
