package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.netty.FrontDoor;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.CookieHeaderNames.SameSite;
import io.netty.handler.codec.http.cookie.DefaultCookie;
import java.util.function.Consumer;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import reactor.netty.http.server.HttpServerResponse;

/** Converts Spring's cookies to Netty's. Stateless. */
final class NettyCookies {

    private NettyCookies() {}

    /** Adds cookies to a response. */
    static void add(MultiValueMap<String, ResponseCookie> cookies, HttpServerResponse response) {
        forEach(cookies, response::addCookie);
    }

    /** Adds cookies to the headers of a response that Reactor Netty does not send. */
    static void add(
            MultiValueMap<String, ResponseCookie> cookies, HttpHeaders target, Channel channel) {
        forEach(
                cookies,
                cookie ->
                        target.add(HttpHeaderNames.SET_COOKIE, FrontDoor.encode(channel, cookie)));
    }

    /** Returns the cookies of a request that Reactor Netty has not seen, as Spring has them. */
    static MultiValueMap<String, HttpCookie> of(Channel channel, HttpHeaders headers) {
        MultiValueMap<String, HttpCookie> cookies = new LinkedMultiValueMap<>();
        if (headers.contains(HttpHeaderNames.COOKIE)) {
            FrontDoor.cookies(channel, headers)
                    .forEach(
                            (name, all) ->
                                    all.forEach(
                                            each ->
                                                    cookies.add(
                                                            name.toString(),
                                                            new HttpCookie(
                                                                    name.toString(),
                                                                    each.value()))));
        }
        return cookies;
    }

    private static void forEach(
            MultiValueMap<String, ResponseCookie> cookies, Consumer<Cookie> action) {
        if (!cookies.isEmpty()) {
            cookies.forEach((name, all) -> all.forEach(each -> action.accept(nettyCookie(each))));
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
