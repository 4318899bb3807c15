package io.fasterapi.spring.equality;

import io.fasterapi.spring.equality.Payloads.Level;
import java.security.Principal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.MatrixVariable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.SessionAttribute;
import reactor.core.publisher.Mono;

/** More of what methods take: conversions, optional arguments, maps, arguments of other kinds. */
@RestController
@RequestMapping("/arg")
class ParameterEndpoints {

    @GetMapping("/uuid/{id}")
    String uuid(@PathVariable UUID id) {
        return "uuid " + id;
    }

    @GetMapping("/level/{level}")
    Level level(@PathVariable Level level) {
        return level;
    }

    @GetMapping("/day/{day}")
    String day(@PathVariable @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate day) {
        return "day " + day.getDayOfYear();
    }

    @GetMapping("/flags")
    String flags(@RequestParam boolean on, @RequestParam(required = false) int[] numbers) {
        return on + " " + Arrays.toString(numbers);
    }

    @GetMapping({"/optional", "/optional/{id}"})
    String optional(@PathVariable Optional<Long> id) {
        return "id " + id.map(String::valueOf).orElse("none");
    }

    @GetMapping({"/nullable", "/nullable/{id}"})
    String nullable(@PathVariable(required = false) @Nullable String id) {
        return "id " + id;
    }

    @GetMapping("/path-map/{a}/{b}")
    Map<String, String> pathMap(@PathVariable Map<String, String> all) {
        return new TreeMap<>(all);
    }

    @GetMapping("/param-map")
    Map<String, String> paramMap(@RequestParam Map<String, String> all) {
        return new TreeMap<>(all);
    }

    /** Arguments without an annotation: of the query, and optional. */
    @GetMapping("/implicit")
    String implicit(@Nullable String q, int n) {
        return q + " " + n;
    }

    /** What is missing cannot be null. */
    @GetMapping("/primitive")
    String primitive(@RequestParam(required = false) long n) {
        return "n " + n;
    }

    @GetMapping("/header-list")
    List<Integer> headerList(@RequestHeader("X-Many") List<Integer> many) {
        return many;
    }

    @GetMapping("/header-map")
    Map<String, String> headerMap(@RequestHeader Map<String, String> all) {
        return new TreeMap<>(all);
    }

    @GetMapping("/header-values")
    List<String> headerValues(@RequestHeader MultiValueMap<String, String> all) {
        return all.getOrDefault("X-Many", List.of("none"));
    }

    @GetMapping("/header-optional")
    String headerOptional(
            @RequestHeader("X-Day") Optional<LocalDate> day,
            @RequestHeader(name = "X-Level", required = false) @Nullable Level level) {
        return day.isPresent() + " " + level;
    }

    @GetMapping("/cookie-number")
    int cookieNumber(@CookieValue("n") int n) {
        return n;
    }

    @GetMapping("/cookie-http")
    String cookieHttp(@CookieValue("c") HttpCookie cookie) {
        return cookie.getName() + "=" + cookie.getValue();
    }

    @GetMapping("/cookie-optional")
    String cookieOptional(@CookieValue("c") Optional<String> cookie) {
        return cookie.orElse("none");
    }

    @GetMapping("/locale")
    String locale(Locale locale) {
        return locale.toLanguageTag();
    }

    @GetMapping("/principal")
    String principal(@Nullable Principal principal) {
        return principal == null ? "nobody" : principal.getName();
    }

    @GetMapping("/principal-mono")
    Mono<String> principalMono(Mono<Principal> principal) {
        return principal.map(Principal::getName).defaultIfEmpty("nobody");
    }

    @GetMapping("/attribute")
    String attribute(@RequestAttribute(required = false) @Nullable String mood) {
        return "mood " + mood;
    }

    @GetMapping("/attribute-missing")
    String attributeMissing(@RequestAttribute String mood) {
        return "mood " + mood;
    }

    @GetMapping("/session-attribute")
    String sessionAttribute(@SessionAttribute(required = false) @Nullable Integer count) {
        return "count " + count;
    }

    @GetMapping("/request")
    String request(ServerHttpRequest request, ServerHttpResponse response) {
        response.setStatusCode(HttpStatus.ACCEPTED);
        response.getHeaders().add("X-Request", "seen");
        return request.getMethod() + " " + request.getPath().pathWithinApplication();
    }

    @GetMapping("/value")
    String value(@Value("#{1 + 1}") int two, @Value("${no.such.property:else}") String other) {
        return two + " or " + other;
    }

    @GetMapping("/matrix/{a}/{b}")
    String matrix(
            @MatrixVariable(pathVar = "a", name = "q") int q,
            @MatrixVariable(pathVar = "b") MultiValueMap<String, String> rest) {
        return q + " " + new TreeMap<>(rest);
    }

    @GetMapping("/file/{name}.{ext}")
    String file(@PathVariable String name, @PathVariable("ext") String extension) {
        return name + " dot " + extension;
    }

    @GetMapping("/between/{a}-and-{b}")
    String between(@PathVariable String a, @PathVariable String b) {
        return a + " & " + b;
    }

    @GetMapping("/many/{a}/{b}/{c}/{d}")
    List<Object> many(
            @PathVariable byte a,
            @PathVariable char b,
            @PathVariable double c,
            @PathVariable boolean d) {
        return List.of(a, b, c, d);
    }
}
