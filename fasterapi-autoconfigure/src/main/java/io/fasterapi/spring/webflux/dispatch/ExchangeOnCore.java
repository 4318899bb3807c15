package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.HandlerCores;
import java.security.Principal;
import org.springframework.http.codec.multipart.Part;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** An exchange of any server, or a mock, whose later signals come on a handler core. */
public final class ExchangeOnCore extends ServerWebExchangeDecorator {

    private final ServerHttpRequest request;
    private final Scheduler core;

    /**
     * Creates the exchange.
     *
     * @param core one of these cores
     */
    public ExchangeOnCore(ServerWebExchange delegate, HandlerCore core, HandlerCores cores) {
        super(delegate);
        this.request =
                new CoreServerHttpRequest(delegate.getRequest(), new CoreTarget(core, cores, null));
        this.core = core.scheduler();
    }

    @Override
    public ServerHttpRequest getRequest() {
        return request;
    }

    @Override
    public Mono<WebSession> getSession() {
        return super.getSession().publishOn(core);
    }

    @Override
    public <T extends Principal> Mono<T> getPrincipal() {
        return super.<T>getPrincipal().publishOn(core);
    }

    @Override
    public Mono<MultiValueMap<String, String>> getFormData() {
        return super.getFormData().publishOn(core);
    }

    @Override
    public Mono<MultiValueMap<String, Part>> getMultipartData() {
        return super.getMultipartData().publishOn(core);
    }
}
