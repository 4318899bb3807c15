package io.fasterapi.samples.secured;

import java.security.Principal;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What the users of the sample may see and do. */
@RestController
public class AccountController {

    /**
     * An account.
     *
     * @param owner whose it is
     * @param balance what is in it
     */
    public record Account(String owner, long balance) {}

    @GetMapping("/accounts/mine")
    public Account mine(Principal owner) {
        return new Account(owner.getName(), 10);
    }

    /** For administrators, and for its owner. */
    @GetMapping("/accounts/{owner}")
    @PreAuthorize("hasRole('ADMIN') or #owner == authentication.name")
    public Mono<Account> of(@PathVariable("owner") String owner) {
        return Mono.just(new Account(owner, 20));
    }

    /** A form: the only request that needs a CSRF token. */
    @PostMapping("/transfers")
    public Mono<String> transfer(ServerWebExchange exchange) {
        return exchange.getFormData().map(form -> "to " + form.getFirst("to"));
    }
}
