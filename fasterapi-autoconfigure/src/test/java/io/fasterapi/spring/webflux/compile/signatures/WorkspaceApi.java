package io.fasterapi.spring.webflux.compile.signatures;

import com.fasterxml.jackson.annotation.JsonView;
import io.fasterapi.spring.webflux.compile.signatures.Payloads.Account;
import io.fasterapi.spring.webflux.compile.signatures.Payloads.Login;
import io.fasterapi.spring.webflux.compile.signatures.Payloads.ResponseView;
import io.fasterapi.spring.webflux.compile.signatures.Payloads.Views;
import jakarta.validation.Valid;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Mappings and views that stand on an interface, an envelope around most results. */
@RequestMapping("/api/workspaces")
interface WorkspaceApi {

    @PostMapping
    Mono<ResponseView<Account>> create(@RequestBody Login login);

    @DeleteMapping("/{id}")
    Mono<ResponseView<Boolean>> delete(@PathVariable("id") String id);

    @PutMapping("/restore/{id}")
    Mono<ResponseView<Boolean>> restore(@PathVariable("id") String id);

    @GetMapping("/{id}")
    @JsonView(Views.Public.class)
    Mono<Account> publicAccount(@PathVariable("id") String id);

    @GetMapping("/{id}/internal")
    @JsonView(Views.Internal.class)
    Mono<Account> internalAccount(@PathVariable("id") String id);

    @GetMapping("/{id}/now")
    @JsonView(Views.Public.class)
    Account accountNow(@PathVariable("id") String id);

    @GetMapping("/{id}/entity")
    @JsonView(Views.Public.class)
    Mono<ResponseEntity<Account>> accountEntity(@PathVariable("id") String id);

    @GetMapping
    @JsonView(Views.Public.class)
    Mono<List<Account>> accounts(
            @RequestParam(required = false) String filter,
            @RequestParam(required = false, defaultValue = "0") int pageNum,
            @RequestParam(required = false, defaultValue = "0") int pageSize);

    @PutMapping("/{id}/rename")
    Mono<ResponseView<String>> rename(
            @PathVariable("id") String id, @RequestParam("name") String name);

    @PutMapping("/{id}/publish")
    Mono<ResponseView<Map<String, Object>>> publish(
            @PathVariable("id") String id, @RequestBody(required = false) Map<String, Object> dsl);

    @GetMapping("/{id}/any")
    Mono<ResponseEntity<?>> any(@PathVariable("id") String id);

    @GetMapping("/{id}/view")
    Mono<ResponseView<?>> view(@PathVariable("id") String id);

    @PostMapping("/login")
    Mono<ResponseView<Boolean>> login(
            @Valid @RequestBody Login login,
            @RequestParam(required = false) String invitation,
            ServerWebExchange exchange);

    @GetMapping("/{id}/export")
    Mono<Void> export(@PathVariable("id") String id, ServerWebExchange exchange);
}
