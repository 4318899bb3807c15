package io.fasterapi.spring.controller;

import io.netty.util.AsciiString;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The Content-Type with which WebFlux answers a route, by the Accept header of the request. Learnt
 * from requests that went through WebFlux; shared by all threads.
 */
final class LearntTypes {

    /*
     * Bounded, since clients choose the keys: what does not fit any more stays on WebFlux.
     */
    private static final int MOST = 64;

    private static final int LONGEST = 256;

    private final Map<String, AsciiString> types = new ConcurrentHashMap<>();

    /**
     * Returns the type.
     *
     * @param accept the header, empty if the request has none
     */
    @Nullable AsciiString find(String accept) {
        return types.get(accept);
    }

    boolean lacks(String accept) {
        return accept.length() <= LONGEST && types.size() < MOST && !types.containsKey(accept);
    }

    void learn(String accept, String contentType) {
        if (lacks(accept)) {
            types.put(accept, AsciiString.cached(contentType));
        }
    }
}
