package io.fasterapi.spring.failures;

import io.fasterapi.batch.BatchHandler;
import io.fasterapi.batch.BatchResult;
import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.error.ErrorAttributeOptions;
import org.springframework.boot.webflux.error.DefaultErrorAttributes;
import org.springframework.boot.webflux.error.ErrorAttributes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Throws what a request names, at the place that its path names. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
class FaultyApplication {

    /** More elements than Reactor Netty asks for at once, and than a core has under way. */
    private static final int MANY = 400;

    private static final int LATE = 300;

    /**
     * What a request carries.
     *
     * @param fault to be thrown
     */
    record Item(Fault fault) {

        Fault group() {
            return fault.group();
        }
    }

    /**
     * What is answered.
     *
     * @param text nothing of interest
     */
    record Reply(String text) {}

    /** An answer that cannot be encoded. */
    static final class Broken {

        private final Fault fault;

        Broken(Fault fault) {
            this.fault = fault;
        }

        public String getText() {
            return fault.or("text");
        }
    }

    /** Throws its fault when it is handled, at the place that it names. */
    static final class Staged extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final Place at;
        private final Fault fault;

        Staged(Place at, Fault fault) {
            super(fault.name());
            this.at = at;
            this.fault = fault;
        }

        /** Throws if this is the place. */
        static void passes(Throwable failure, Place place) {
            if (failure instanceof Staged staged && staged.at == place) {
                staged.fault.or(staged);
            }
        }
    }

    private static Reply answer(Fault fault, Place at) {
        if (fault != Fault.NONE) {
            throw new Staged(at, fault);
        }
        return new Reply("text");
    }

    @ExceptionHandler
    Reply handle(Staged failure) {
        Staged.passes(failure, Place.HANDLER);
        throw failure;
    }

    @Bean
    @Order(-10)
    WebExceptionHandler webExceptionHandler() {
        return (exchange, failure) -> {
            Staged.passes(failure, Place.WEB_HANDLER);
            return Mono.error(failure);
        };
    }

    @Bean
    ErrorAttributes errorAttributes() {
        return new DefaultErrorAttributes() {
            @Override
            public Map<String, Object> getErrorAttributes(
                    ServerRequest request, ErrorAttributeOptions options) {
                Staged.passes(getError(request), Place.ATTRIBUTES);
                return super.getErrorAttributes(request, options);
            }
        };
    }

    private static Reply late(int i, int at, Fault fault) {
        return i < at ? new Reply("text " + i) : fault.or(new Reply("text " + i));
    }

    private static <T> Mono<T> failing(Fault fault, T value) {
        return fault == Fault.NONE ? Mono.just(value) : Mono.error(fault.make());
    }

    @GetMapping("/thrown")
    Reply thrown(@RequestParam Fault fault) {
        return fault.or(new Reply("text"));
    }

    @PostMapping("/thrown")
    Reply thrown(@RequestBody Item item) {
        return thrown(item.fault());
    }

    @GetMapping("/mono")
    Mono<Reply> mono(@RequestParam Fault fault) {
        return failing(fault, new Reply("text"));
    }

    @PostMapping("/mono")
    Mono<Reply> mono(@RequestBody Item item) {
        return mono(item.fault());
    }

    @GetMapping("/operator")
    Mono<Reply> operator(@RequestParam Fault fault) {
        return Mono.just(new Reply("text")).map(fault::or);
    }

    @PostMapping("/operator")
    Mono<Reply> operator(@RequestBody Mono<Item> item) {
        return item.map(each -> each.fault().or(new Reply("text")));
    }

    @GetMapping("/body")
    Mono<Reply> body(@RequestParam Fault fault, @RequestBody Mono<String> body) {
        return body.map(text -> fault.or(new Reply(text)));
    }

    @PostMapping("/body")
    Mono<Reply> body(@RequestBody Mono<Item> item) {
        return operator(item);
    }

    @GetMapping("/body-end")
    Mono<Reply> bodyEnd(
            @RequestParam Fault fault, @RequestBody(required = false) Mono<String> body) {
        return body.then(Mono.fromSupplier(() -> fault.or(new Reply("text"))));
    }

    @PostMapping("/body-end")
    Mono<Reply> bodyEnd(@RequestBody Flux<Item> items) {
        return items.last().map(item -> item.fault().or(new Reply("text")));
    }

    @GetMapping("/flux")
    Flux<Reply> flux(@RequestParam Fault fault) {
        return Flux.just(new Reply("text")).concatWith(failing(fault, new Reply("last")));
    }

    @PostMapping("/flux")
    Flux<Reply> flux(@RequestBody Item item) {
        return flux(item.fault());
    }

    @GetMapping("/flux-operator")
    Flux<Reply> fluxOperator(@RequestParam Fault fault) {
        return Flux.range(0, 2).map(i -> late(i, 1, fault));
    }

    @PostMapping("/flux-operator")
    Flux<Reply> fluxOperator(@RequestBody Item item) {
        return fluxOperator(item.fault());
    }

    @GetMapping("/flux-late")
    Flux<Reply> fluxLate(@RequestParam Fault fault) {
        return Flux.range(0, MANY).map(i -> late(i, LATE, fault));
    }

    @PostMapping("/flux-late")
    Flux<Reply> fluxLate(@RequestBody Item item) {
        return fluxLate(item.fault());
    }

    @GetMapping(path = "/events", produces = "text/event-stream")
    Flux<Reply> events(@RequestParam Fault fault) {
        return fluxOperator(fault);
    }

    @PostMapping(path = "/events", produces = "text/event-stream")
    Flux<Reply> events(@RequestBody Item item) {
        return fluxOperator(item.fault());
    }

    @GetMapping("/getter")
    Broken getter(@RequestParam Fault fault) {
        return new Broken(fault);
    }

    @PostMapping("/getter")
    Broken getter(@RequestBody Item item) {
        return new Broken(item.fault());
    }

    @GetMapping("/handler")
    Reply handler(@RequestParam Fault fault) {
        return answer(fault, Place.HANDLER);
    }

    @PostMapping("/handler")
    Reply handler(@RequestBody Item item) {
        return answer(item.fault(), Place.HANDLER);
    }

    @GetMapping("/web-handler")
    Reply webHandler(@RequestParam Fault fault) {
        return answer(fault, Place.WEB_HANDLER);
    }

    @PostMapping("/web-handler")
    Reply webHandler(@RequestBody Item item) {
        return answer(item.fault(), Place.WEB_HANDLER);
    }

    @GetMapping("/attributes")
    Reply attributes(@RequestParam Fault fault) {
        return answer(fault, Place.ATTRIBUTES);
    }

    @PostMapping("/attributes")
    Reply attributes(@RequestBody Item item) {
        return answer(item.fault(), Place.ATTRIBUTES);
    }

    /** Grouped, so that what fails is not in one batch with what does not. */
    @GetMapping("/batch")
    @BatchHandler(groupBy = "name")
    List<Reply> batchOf(@RequestParam("fault") List<Fault> faults) {
        return faults.stream().map(fault -> fault.or(new Reply("text"))).toList();
    }

    @PostMapping("/batch")
    @BatchHandler(groupBy = "fault")
    List<Reply> batch(@RequestBody List<Item> items) {
        return batchOf(faults(items));
    }

    private static List<Fault> faults(List<Item> items) {
        return items.stream().map(Item::fault).toList();
    }

    @GetMapping("/batch-mono")
    @BatchHandler(groupBy = "name")
    Mono<List<Reply>> batchMonoOf(@RequestParam("fault") List<Fault> faults) {
        return Mono.fromSupplier(() -> batchOf(faults));
    }

    @PostMapping("/batch-mono")
    @BatchHandler(groupBy = "fault")
    Mono<List<Reply>> batchMono(@RequestBody List<Item> items) {
        return batchMonoOf(faults(items));
    }

    @GetMapping("/batch-group")
    @BatchHandler(groupBy = "group")
    List<Reply> batchGroupOf(@RequestParam("fault") List<Fault> faults) {
        return faults.stream().map(fault -> new Reply("text")).toList();
    }

    @PostMapping("/batch-group")
    @BatchHandler(groupBy = "group")
    List<Reply> batchGroup(@RequestBody List<Item> items) {
        return batchGroupOf(faults(items));
    }

    @GetMapping("/batch-result")
    @BatchHandler
    List<BatchResult<Reply>> batchResultOf(@RequestParam("fault") List<Fault> faults) {
        return faults.stream().map(FaultyApplication::result).toList();
    }

    @PostMapping("/batch-result")
    @BatchHandler
    List<BatchResult<Reply>> batchResult(@RequestBody List<Item> items) {
        return batchResultOf(faults(items));
    }

    private static BatchResult<Reply> result(Fault fault) {
        return fault == Fault.NONE
                ? BatchResult.of(new Reply("text"))
                : BatchResult.failed(fault.make());
    }
}
