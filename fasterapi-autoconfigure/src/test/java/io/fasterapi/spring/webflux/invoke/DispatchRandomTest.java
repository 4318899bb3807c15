package io.fasterapi.spring.webflux.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.fasterapi.spring.testing.RandomCases;
import io.fasterapi.spring.webflux.invoke.ScriptedParts.Act;
import io.fasterapi.spring.webflux.invoke.ScriptedParts.Script;
import io.fasterapi.spring.webflux.invoke.ScriptedParts.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Subscription;
import org.slf4j.LoggerFactory;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.reactive.DispatcherHandler;
import reactor.core.CoreSubscriber;

/**
 * Random parts that find nothing, fail, throw and answer later, asked by Spring's dispatcher and by
 * ours: the same calls in the same order, the same signals, the same response, also where the
 * exchange is cancelled on the way.
 */
class DispatchRandomTest {

    private static final int CASES = 20_000;

    private int compared;
    private int completed;
    private int cancelled;
    private int fatal;

    /** Reactor logs each error of the JVM that it throws. */
    private final Logger reactor = (Logger) LoggerFactory.getLogger("reactor.core.Exceptions");

    @BeforeEach
    void silence() {
        reactor.setLevel(Level.OFF);
    }

    @AfterEach
    void speak() {
        reactor.setLevel(null);
    }

    @Test
    void signalsCallsAndResponseAreThoseOfTheDispatcher() {
        RandomCases.run(CASES, this::compare);

        assertThat(compared).as("compared").isGreaterThan(CASES * 3 / 4);
        assertThat(completed).as("completed").isGreaterThan(CASES / 20);
        assertThat(cancelled).as("cancelled on the way").isGreaterThan(CASES / 20);
        assertThat(fatal).as("errors that Reactor throws").isGreaterThan(CASES / 100);
    }

    private void compare(RandomCases random) {
        Script script = Script.random(random);
        int cancelAt = random.percent(40) ? random.below(4) : Integer.MAX_VALUE;
        Run expected = run(script, cancelAt, DispatchRandomTest::byDispatcher);
        Run actual = run(script, cancelAt, DispatchRandomTest::byUs);

        assertThat(actual.thrown).as("thrown at the subscriber, %s", script).isNull();
        if (expected.thrown != null) {
            fatal++; // Reactor has no signal for it; ours has
            assertThat(actual.signals.size() == 1 || actual.cancelled || actual.waits())
                    .as("%s after %s, %s", actual.signals, expected.thrown, script)
                    .isTrue();
            return;
        }
        assertThat(actual.text()).as("%s", script).isEqualTo(expected.text());
        compared++;
        completed += expected.signals.contains("complete") ? 1 : 0;
        cancelled += expected.cancelled ? 1 : 0;
    }

    /** Every kind of error, thrown and signalled by every part. */
    @ParameterizedTest
    @EnumSource(
            value = Act.class,
            names = {"THROW", "FAIL", "FAIL_LATER"})
    void errorsReachTheSubscriber(Act act) {
        Step works = new Step(Act.VALUE, new Error(), true, null, null);
        for (Error error :
                List.of(
                        new StackOverflowError("s"),
                        new NoClassDefFoundError("n"),
                        new OutOfMemoryError("o"),
                        new ExceptionInInitializerError("i"),
                        new InternalError("v"),
                        new AssertionError("a"))) {
            Step fails = new Step(act, error, true, null, null);
            Step handled = new Step(Act.VALUE, error, true, null, fails);
            for (Script script :
                    List.of(
                            new Script(List.of(fails), List.of(), List.of(), List.of()),
                            new Script(List.of(works), List.of(fails), List.of(), List.of()),
                            new Script(List.of(fails), List.of(), List.of(fails), List.of()),
                            new Script(List.of(works), List.of(works), List.of(), List.of(fails)),
                            new Script(
                                    List.of(works), List.of(handled), List.of(), List.of(fails)))) {
                Run run = run(script, Integer.MAX_VALUE, DispatchRandomTest::byUs);
                assertThat(run.thrown).isNull();
                assertThat(run.signals).as("%s", script).containsExactly("error " + error);
            }
        }
    }

    private static Run run(
            Script script,
            int cancelAt,
            BiConsumer<ScriptedParts, CoreSubscriber<Void>> subscribe) {
        Run run = new Run(new ScriptedParts(script));
        try {
            subscribe.accept(run.parts, run);
            for (int i = 0; i < cancelAt && !run.parts.pending.isEmpty(); i++) {
                run.parts.pending.remove().run();
            }
            if (cancelAt != Integer.MAX_VALUE && run.signals.isEmpty()) {
                run.cancel();
            }
        } catch (Throwable ex) {
            run.thrown = ex;
        }
        return run;
    }

    private static void byDispatcher(ScriptedParts parts, CoreSubscriber<Void> actual) {
        new DispatcherHandler(context(parts)).handle(parts.exchange).subscribe(actual);
    }

    private static void byUs(ScriptedParts parts, CoreSubscriber<Void> actual) {
        GenericApplicationContext context = context(parts);
        DispatchParts found = DispatchParts.of(new DispatcherHandler(context), context);
        Dispatcher dispatcher = new Dispatcher(found, Map.of(), new LaneCounters());
        new Dispatch(dispatcher, parts.exchange, actual).begin();
    }

    private static GenericApplicationContext context(ScriptedParts parts) {
        GenericApplicationContext context = new GenericApplicationContext();
        for (Object bean : parts.beans) {
            context.getBeanFactory().registerSingleton(bean.toString(), bean);
        }
        context.refresh();
        return context;
    }

    /** One exchange, as its subscriber sees it. */
    private static final class Run implements CoreSubscriber<Void> {

        private final ScriptedParts parts;
        private final List<String> signals = new ArrayList<>();
        private @Nullable Subscription subscription;
        private @Nullable Throwable thrown;
        private boolean cancelled;

        Run(ScriptedParts parts) {
            this.parts = parts;
        }

        boolean waits() {
            return parts.log.stream().anyMatch(line -> line.endsWith("never ends"));
        }

        void cancel() {
            cancelled = true;
            if (subscription != null) {
                subscription.cancel();
            }
        }

        /** A null where a part must return a Mono is worded as Reactor likes. */
        String text() {
            String text =
                    String.join("\n", signals)
                            + (cancelled ? "\ncancelled\n" : "\n")
                            + parts.exchange.getResponse().getStatusCode()
                            + " "
                            + parts.exchange.getResponse().getHeaders()
                            + "\n"
                            + String.join("\n", parts.log);
            return text.replaceAll("(NullPointerException)[^\n]*", "$1");
        }

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Void value) {
            signals.add("value " + value);
        }

        @Override
        public void onError(Throwable failure) {
            signals.add("error " + failure);
        }

        @Override
        public void onComplete() {
            signals.add("complete");
        }
    }
}
