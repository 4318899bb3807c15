package io.fasterapi.spring.webflux.compile.signatures;

import io.fasterapi.spring.webflux.compile.signatures.PagedArguments.Paged;
import io.fasterapi.spring.webflux.compile.signatures.PagedArguments.Tenant;
import io.fasterapi.spring.webflux.compile.signatures.Payloads.Product;
import io.fasterapi.spring.webflux.compile.signatures.Payloads.Query;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.codec.multipart.Part;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.MatrixVariable;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One method for each kind of argument. */
@RestController
@RequestMapping("/args")
class ArgumentsEndpoints {

    @GetMapping("/principal")
    Mono<String> principal(Mono<Principal> principal) {
        return principal.map(Principal::getName).defaultIfEmpty("nobody");
    }

    @GetMapping("/principal-now")
    String principalNow(@Nullable Principal principal) {
        return principal == null ? "nobody" : principal.getName();
    }

    @GetMapping("/session")
    Mono<String> session(WebSession session) {
        return Mono.just("started " + session.isStarted());
    }

    @GetMapping("/session-kept")
    String sessionKept(WebSession session) {
        session.getAttributes().put("kept", 1);
        return "kept " + session.getAttributes().size();
    }

    @GetMapping("/paged")
    Flux<String> paged(Paged paged) {
        return Flux.just(paged.sort(), String.valueOf(paged.page()));
    }

    @GetMapping("/tenant")
    String tenant(@Tenant @Nullable String tenant) {
        return "tenant " + tenant;
    }

    @GetMapping("/model")
    Map<String, Object> model(@ModelAttribute Query query) {
        return new TreeMap<>(Map.of("where", query.getWhere(), "size", query.getPageSize()));
    }

    @PostMapping("/model-valid")
    Mono<String> modelValid(@Valid @ModelAttribute Mono<Product> product) {
        return product.map(Product::id).onErrorResume(ex -> Mono.just("refused"));
    }

    @PostMapping("/model-errors")
    String modelErrors(@Valid Product product, BindingResult errors) {
        return "errors " + errors.getErrorCount();
    }

    @PostMapping(path = "/form", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<String> form(ServerWebExchange exchange) {
        return exchange.getFormData().map(form -> new TreeMap<>(form).toString());
    }

    @PostMapping(path = "/parts", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Mono<String> parts(@RequestPart("file") FilePart file, @RequestPart("note") String note) {
        return Mono.just(file.filename() + " " + note);
    }

    @PostMapping("/parts-all")
    Mono<List<String>> partsAll(@RequestBody Flux<Part> parts) {
        return parts.concatMap(part -> part.delete().thenReturn(part.name())).collectList();
    }

    @PostMapping("/part-json")
    Mono<Product> partJson(@Valid @RequestPart("product") Mono<Product> product) {
        return product;
    }

    @GetMapping("/cookie")
    String cookie(@CookieValue(name = "c", defaultValue = "none") String value) {
        return value;
    }

    @GetMapping("/matrix/{car}")
    String matrix(@PathVariable String car, @MatrixVariable(required = false) List<String> of) {
        return car + of;
    }

    @GetMapping("/optional")
    String optional(@RequestParam Optional<Integer> n, @RequestHeader Optional<String> host) {
        return n.map(value -> value + 1).orElse(0) + " " + host.isPresent();
    }

    @GetMapping("/constrained/{id}")
    String constrained(@PathVariable @Min(3) int id, @RequestParam @Size(max = 4) String name) {
        return id + name;
    }

    @GetMapping("/date")
    String date(@RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate day) {
        return day.plusDays(1).toString();
    }

    @GetMapping("/many")
    String many(
            @RequestParam List<Integer> ids,
            @RequestParam MultiValueMap<String, String> all,
            @RequestHeader HttpHeaders headers) {
        return ids + " " + all.size() + " " + headers.getFirst("X-One");
    }

    @GetMapping("/expression")
    String expression(@RequestParam(defaultValue = "#{1 + 1}") String value) {
        return value;
    }

    @GetMapping("/attribute")
    String attribute(@RequestAttribute(required = false) @Nullable String given) {
        return "given " + given;
    }

    @GetMapping("/request")
    String request(ServerHttpRequest request, HttpMethod method, @Nullable Locale locale) {
        return method + " " + request.getPath().value() + " " + locale;
    }

    @GetMapping("/builder")
    String builder(UriComponentsBuilder builder) {
        return builder.path("/next").build().getPath();
    }

    @PostMapping("/entity")
    String entity(HttpEntity<Product> entity) {
        return entity.getBody() + " " + entity.getHeaders().getContentType();
    }

    @PostMapping("/optional-body")
    String optionalBody(@RequestBody(required = false) @Nullable Product product) {
        return "product " + product;
    }
}
