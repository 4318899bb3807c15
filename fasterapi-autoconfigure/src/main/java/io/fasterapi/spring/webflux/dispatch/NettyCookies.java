package io.fasterapi.spring.webflux.dispatch;

import io.netty.handler.codec.http.cookie.CookieHeaderNames.SameSite;
import io.netty.handler.codec.http.cookie.DefaultCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.util.MultiValueMap;
import reactor.netty.http.server.HttpServerResponse;

/** Converts Spring's cookies to Netty's. Stateless. */
final class NettyCookies {

    private NettyCookies() {}

    /** Adds cookies to a response. */
    static void add(MultiValueMap<String, ResponseCookie> cookies, HttpServerResponse response) {
        if (!cookies.isEmpty()) {
            cookies.forEach(
                    (name, all) -> all.forEach(cookie -> response.addCookie(nettyCookie(cookie))));
        }
    }

    private static DefaultCookie nettyCookie(ResponseCookie cookie) {
        DefaultCookie result = new DefaultCookie(cookie.getName(), cookie.getValue());
        if (!cookie.getMaxAge().isNegative()) {
            result.setMaxAge(cookie.getMaxAge().getSeconds());
        }
        if (cookie.getDomain() != null) {
            result.setDomain(cookie.getDomain());
        }
        if (cookie.getPath() != null) {
            result.setPath(cookie.getPath());
        }
        result.setSecure(cookie.isSecure());
        result.setHttpOnly(cookie.isHttpOnly());
        result.setPartitioned(cookie.isPartitioned());
        if (cookie.getSameSite() != null) {
            result.setSameSite(SameSite.valueOf(cookie.getSameSite()));
        }
        return result;
    }
}
