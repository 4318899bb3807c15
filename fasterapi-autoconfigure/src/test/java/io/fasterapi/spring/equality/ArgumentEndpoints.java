package io.fasterapi.spring.equality;

import io.fasterapi.spring.equality.Payloads.Level;
import jakarta.validation.constraints.Min;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.MatrixVariable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;

/** Controller methods told apart by what they take. */
@RestController
class ArgumentEndpoints {

    @GetMapping("/users/{id}")
    String user(@PathVariable int id) {
        return "user " + id;
    }

    @GetMapping("/users/me")
    String me() {
        return "me";
    }

    @GetMapping("/users/{id}/orders/{order}")
    Map<String, Object> order(@PathVariable long id, @PathVariable String order) {
        return new TreeMap<>(Map.of("id", id, "order", order));
    }

    @GetMapping("/regex/{name:[a-z]+}-{version:\\d+}")
    String regex(@PathVariable String name, @PathVariable int version) {
        return name + " at " + version;
    }

    @GetMapping("/rest/{*path}")
    String rest(@PathVariable String path) {
        return path;
    }

    @GetMapping("/matrix/{value}")
    String matrix(
            @PathVariable String value, @MatrixVariable(defaultValue = "none") String colour) {
        return value + " is " + colour;
    }

    @GetMapping("/params")
    String params(
            @RequestParam String q,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(required = false) List<String> tag,
            @RequestParam Optional<String> sort) {
        return q + "|" + page + "|" + tag + "|" + sort.orElse("unsorted");
    }

    @GetMapping("/all-params")
    Map<String, List<String>> allParams(@RequestParam MultiValueMap<String, String> params) {
        return new TreeMap<>(params);
    }

    @GetMapping("/typed")
    String typed(
            @RequestParam Level level,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate day) {
        return level + " on " + day;
    }

    @GetMapping("/at-least")
    String atLeast(@RequestParam @Min(10) int n) {
        return "n " + n;
    }

    @GetMapping("/headers")
    String headers(
            @RequestHeader("X-Token") String token,
            @RequestHeader(name = "X-Number", defaultValue = "7") int number,
            @RequestHeader HttpHeaders all) {
        return token + "|" + number + "|" + all.getOrEmpty("X-Many");
    }

    @GetMapping("/cookie")
    String cookie(@CookieValue("a") String a, @CookieValue(defaultValue = "none") String b) {
        return a + "|" + b;
    }

    /** What the request says of itself; the parts of the URI show how it was decoded. */
    @GetMapping({"/uri", "/uri/{*rest}"})
    String uri(ServerHttpRequest request) {
        return String.join(
                "\n",
                request.getMethod().name(),
                request.getURI().toString(),
                request.getPath().value(),
                request.getQueryParams().toString());
    }

    @GetMapping("/link")
    String link(UriComponentsBuilder builder) {
        return builder.path("/users/{id}").buildAndExpand(7).toUriString();
    }

    @GetMapping("/exchange")
    String exchange(ServerWebExchange exchange, HttpMethod method) {
        exchange.getResponse().getHeaders().add("X-Exchange", "yes");
        return method + " " + exchange.getAttributes().containsKey("missing");
    }

    @RequestMapping("/any")
    String any(HttpMethod method) {
        return "any " + method;
    }

    @GetMapping("/slash/")
    String slash() {
        return "with slash";
    }
}
