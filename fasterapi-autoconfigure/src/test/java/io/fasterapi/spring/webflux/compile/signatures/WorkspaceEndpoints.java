package io.fasterapi.spring.webflux.compile.signatures;

import io.fasterapi.spring.webflux.compile.signatures.Payloads.Account;
import io.fasterapi.spring.webflux.compile.signatures.Payloads.Login;
import io.fasterapi.spring.webflux.compile.signatures.Payloads.ResponseView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Says nothing about HTTP itself. */
@RestController
class WorkspaceEndpoints implements WorkspaceApi {

    @Override
    public Mono<ResponseView<Account>> create(Login login) {
        return Mono.just(ResponseView.of(new Account(login.name(), "s3cr3t")));
    }

    @Override
    public Mono<ResponseView<Boolean>> delete(String id) {
        return Mono.just(ResponseView.of(true));
    }

    @Override
    public Mono<ResponseView<Boolean>> restore(String id) {
        return Mono.just(id).map("7"::equals).map(ResponseView::of);
    }

    @Override
    public Mono<Account> publicAccount(String id) {
        return Mono.just(accountNow(id));
    }

    @Override
    public Mono<Account> internalAccount(String id) {
        return Mono.just(accountNow(id));
    }

    @Override
    public Account accountNow(String id) {
        return new Account("ann " + id, "s3cr3t");
    }

    @Override
    public Mono<ResponseEntity<Account>> accountEntity(String id) {
        return Mono.just(ResponseEntity.ok().eTag("v1").body(accountNow(id)));
    }

    @Override
    public Mono<List<Account>> accounts(@Nullable String filter, int pageNum, int pageSize) {
        return Mono.just(List.of(accountNow(filter + pageNum + pageSize)));
    }

    @Override
    public Mono<ResponseView<String>> rename(String id, String name) {
        return Mono.just(ResponseView.of(id + " is " + name));
    }

    @Override
    public Mono<ResponseView<Map<String, Object>>> publish(
            String id, @Nullable Map<String, Object> dsl) {
        return Mono.just(ResponseView.of(dsl == null ? Map.of() : new TreeMap<>(dsl)));
    }

    @Override
    public Mono<ResponseEntity<?>> any(String id) {
        return Mono.just(ResponseEntity.ok().header("X-Id", id).body(Map.of("any", id)));
    }

    @Override
    public Mono<ResponseView<?>> view(String id) {
        return Mono.just(ResponseView.of(List.of(id)));
    }

    @Override
    public Mono<ResponseView<Boolean>> login(
            Login login, @Nullable String invitation, ServerWebExchange exchange) {
        return Mono.fromSupplier(
                () -> {
                    exchange.getResponse()
                            .addCookie(
                                    ResponseCookie.from("token", login.name()).path("/").build());
                    return ResponseView.of(invitation == null);
                });
    }

    @Override
    public Mono<Void> export(String id, ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        response.getHeaders().set("Content-Disposition", "attachment; filename=" + id);
        byte[] text = ("export of " + id).getBytes(StandardCharsets.UTF_8);
        return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(text)));
    }
}
