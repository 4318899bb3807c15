package io.fasterapi.fuzz;

import java.util.Map;

/**
 * An answer as it came off the wire, its framing checked.
 *
 * @param old whether its version is HTTP/1.0
 * @param status the status code
 * @param headers values by name in lower case; several are joined by commas
 * @param body the body without its framing
 * @param continued how many interim answers came before it
 */
record Reply(boolean old, int status, Map<String, String> headers, byte[] body, int continued) {

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    boolean isClosing() {
        String connection = header("connection");
        return old ? connection.isEmpty() : connection.equalsIgnoreCase("close");
    }
}
