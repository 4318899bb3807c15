package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.spring.testing.RandomCases;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.DispatchExceptionHandler;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.HandlerResultHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * Parts of a dispatcher that do what a script says, and note what is asked of them. One exchange,
 * one thread: what happens later happens when the test says so.
 */
final class ScriptedParts {

    private static final MethodParameter RETURNED = returned();

    /** What a part does with a call. */
    enum Act {
        VALUE,
        EMPTY,
        FAIL,
        THROW,
        VALUE_LATER,
        EMPTY_LATER,
        FAIL_LATER,
        NEVER,
        NULL
    }

    /**
     * What one part does.
     *
     * @param failure for the acts that fail
     * @param supports whether it takes what it is offered, null if asking it fails
     * @param status for the response, or null
     * @param later what its result's exception handler does, or null if it has none
     */
    record Step(
            Act act,
            Throwable failure,
            @Nullable Boolean supports,
            @Nullable HttpStatusCode status,
            @Nullable Step later) {}

    /** All parts; those of {@code errors} are adapters, too. */
    record Script(List<Step> mappings, List<Step> adapters, List<Step> errors, List<Step> results) {

        static Script random(RandomCases random) {
            return new Script(
                    steps(random, 3), steps(random, 3), steps(random, 3), steps(random, 3));
        }

        private static List<Step> steps(RandomCases random, int most) {
            List<Step> steps = new ArrayList<>();
            for (int i = random.below(most + 1); i > 0; i--) {
                steps.add(step(random, 2));
            }
            return steps;
        }

        private static Step step(RandomCases random, int depth) {
            Act act =
                    random.percent(45)
                            ? random.oneOf(Act.VALUE, Act.VALUE_LATER)
                            : random.oneOf(Act.values());
            return new Step(
                    act,
                    failure(random),
                    random.percent(2) ? null : Boolean.valueOf(random.percent(80)),
                    random.percent(10)
                            ? random.oneOf(HttpStatus.FORBIDDEN, HttpStatus.ACCEPTED)
                            : null,
                    depth > 0 && random.percent(50) ? step(random, depth - 1) : null);
        }

        private static Throwable failure(RandomCases random) {
            String message = "failure " + random.below(1000);
            return switch (random.below(5)) {
                case 0 -> new IllegalStateException(message);
                case 1 -> new java.io.IOException(message);
                case 2 -> new AssertionError(message);
                case 3 -> new OutOfMemoryError(message);
                default -> new NoClassDefFoundError(message);
            };
        }
    }

    final List<String> log = new ArrayList<>();
    final Deque<Runnable> pending = new ArrayDeque<>();
    final MockServerWebExchange exchange =
            MockServerWebExchange.from(MockServerHttpRequest.get("/path"));
    final List<Object> beans = new ArrayList<>();

    ScriptedParts(Script script) {
        for (Step step : script.mappings()) {
            beans.add(new Mapping(step, beans.size()));
        }
        for (Step step : script.adapters()) {
            beans.add(new Adapter(step, beans.size()));
        }
        for (Step step : script.errors()) {
            beans.add(new ErrorAdapter(step, beans.size()));
        }
        for (Step step : script.results()) {
            beans.add(new ResultHandler(step, beans.size()));
        }
    }

    private static MethodParameter returned() {
        try {
            return new MethodParameter(Object.class.getMethod("toString"), -1);
        } catch (NoSuchMethodException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private abstract class Part implements Ordered {

        final Step step;
        final int order;

        Part(Step step, int order) {
            this.step = step;
            this.order = order;
        }

        @Override
        public int getOrder() {
            return order;
        }

        boolean supported(String what) {
            log.add(this + " supports " + what);
            if (step.supports() == null) {
                throw new IllegalArgumentException(this + " cannot be asked");
            }
            return step.supports();
        }

        <T> @Nullable Mono<T> act(String what, ServerWebExchange seen, Supplier<T> value) {
            if (step.status() != null) {
                seen.getResponse().setStatusCode(step.status());
            }
            return perform(step, this + " " + what, value);
        }

        HandlerResult result(Object handler) {
            HandlerResult result = new HandlerResult(handler, "value of " + this, RETURNED);
            Step later = step.later();
            if (later != null) {
                result.setExceptionHandler(
                        (same, failure) ->
                                perform(
                                        later,
                                        this + " handles " + failure,
                                        () ->
                                                new HandlerResult(
                                                        "handler of " + failure, 1, RETURNED)));
            }
            return result;
        }

        @Override
        public String toString() {
            return getClass().getSimpleName() + order;
        }
    }

    private <T> @Nullable Mono<T> perform(Step step, String what, Supplier<T> value) {
        log.add(what + " " + step.act());
        return switch (step.act()) {
            case NULL -> null;
            case THROW -> throw sneaky(step.failure());
            default -> new Scripted<>(step, what, value);
        };
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException sneaky(Throwable failure) throws E {
        throw (E) failure;
    }

    private final class Mapping extends Part implements HandlerMapping {

        Mapping(Step step, int order) {
            super(step, order);
        }

        @Override
        public Mono<Object> getHandler(ServerWebExchange seen) {
            return act("is asked", seen, () -> "handler of " + this);
        }
    }

    private class Adapter extends Part implements HandlerAdapter {

        Adapter(Step step, int order) {
            super(step, order);
        }

        @Override
        public boolean supports(Object handler) {
            return supported(String.valueOf(handler));
        }

        @Override
        public Mono<HandlerResult> handle(ServerWebExchange seen, Object handler) {
            return act("calls " + handler, seen, () -> result(handler));
        }
    }

    private final class ErrorAdapter extends Adapter implements DispatchExceptionHandler {

        ErrorAdapter(Step step, int order) {
            super(step, order);
        }

        @Override
        public Mono<HandlerResult> handleError(ServerWebExchange seen, Throwable failure) {
            return act("handles " + failure, seen, () -> result("error " + failure));
        }
    }

    private final class ResultHandler extends Part implements HandlerResultHandler {

        ResultHandler(Step step, int order) {
            super(step, order);
        }

        @Override
        public boolean supports(HandlerResult result) {
            return supported(result.getHandler() + " " + result.getReturnValue());
        }

        @Override
        public Mono<Void> handleResult(ServerWebExchange seen, HandlerResult result) {
            seen.getResponse().getHeaders().add("X-Handled", String.valueOf(result.getHandler()));
            return act("writes " + result.getReturnValue(), seen, () -> null);
        }
    }

    /** Signals what its step says, at once or later, unless it is cancelled before. */
    private final class Scripted<T> extends Mono<T> {

        private final Step step;
        private final String what;
        private final Supplier<T> value;

        Scripted(Step step, String what, Supplier<T> value) {
            this.step = step;
            this.what = what;
            this.value = value;
        }

        @Override
        public void subscribe(CoreSubscriber<? super T> actual) {
            log.add(what + ": subscribed");
            Signals<T> signals = new Signals<>(this, actual);
            actual.onSubscribe(signals);
            switch (step.act()) {
                case VALUE_LATER, EMPTY_LATER, FAIL_LATER -> pending.add(signals);
                case NEVER -> log.add(what + ": never ends");
                default -> signals.run();
            }
        }
    }

    private final class Signals<T> implements Subscription, Runnable {

        private final Scripted<T> source;
        private final CoreSubscriber<? super T> actual;
        private boolean ended;

        Signals(Scripted<T> source, CoreSubscriber<? super T> actual) {
            this.source = source;
            this.actual = actual;
        }

        @Override
        public void request(long n) {}

        @Override
        public void cancel() {
            if (!ended) {
                ended = true;
                log.add(source.what + ": cancelled");
            }
        }

        @Override
        public void run() {
            if (ended) {
                return;
            }
            ended = true;
            switch (source.step.act()) {
                case FAIL, FAIL_LATER -> actual.onError(source.step.failure());
                case VALUE, VALUE_LATER -> {
                    T value = source.value.get();
                    if (value != null) {
                        actual.onNext(value);
                    }
                    actual.onComplete();
                }
                default -> actual.onComplete();
            }
        }
    }
}
