package io.fasterapi.spring.webflux.invoke;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** Tells whether an entity is written as it is, without more of Spring's handling. Stateless. */
final class PlainEntity {

    /** Headers to which WebFlux or the server reacts. */
    private static final Set<String> FOREIGN_HEADERS = foreignHeaders();

    private PlainEntity() {}

    private static Set<String> foreignHeaders() {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(
                List.of(
                        HttpHeaders.CONTENT_TYPE,
                        HttpHeaders.CONTENT_LENGTH,
                        HttpHeaders.CONTENT_ENCODING,
                        HttpHeaders.TRANSFER_ENCODING,
                        HttpHeaders.CONNECTION,
                        HttpHeaders.UPGRADE,
                        HttpHeaders.ETAG,
                        HttpHeaders.LAST_MODIFIED,
                        HttpHeaders.VARY,
                        HttpHeaders.DATE));
        return names;
    }

    static boolean is(ResponseEntity<?> entity) {
        int status = entity.getStatusCode().value();
        if (status < 200 || status > 599 || status == 204 || status == 205 || status == 304) {
            return false;
        }
        HttpHeaders headers = entity.getHeaders();
        if (!headers.isEmpty()) {
            for (String name : headers.headerNames()) {
                if (FOREIGN_HEADERS.contains(name)) {
                    return false;
                }
            }
        }
        return true;
    }
}
