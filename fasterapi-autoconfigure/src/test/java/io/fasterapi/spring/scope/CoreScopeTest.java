package io.fasterapi.spring.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.WaitMode;
import io.fasterapi.placement.ShardBy;
import io.fasterapi.spring.server.Phase;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.ScopeNotActiveException;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CoreScopeTest {

    private static final int CORES = 3;

    @Test
    void eachCoreHasItsOwnAndKeepsIt() throws IOException {
        Journal journal;
        try (RunningApplication application =
                RunningApplication.start(Scoped.class, "fasterapi.cores.count=" + CORES)) {
            journal = application.bean(Journal.class);
            HandlerCores cores = application.bean(HandlerCores.class);
            for (int round = 1; round <= 4; round++) {
                for (int i = 0; i < 30; i++) {
                    String core = cores.coreOf("key" + i).name();
                    assertThat(application.get("/count/key" + i).text())
                            .isEqualTo(core + " " + round);
                }
            }
            assertThat(journal.made).hasSize(CORES);
            journal.made.forEach((bean, thread) -> assertThat(bean.thread).isEqualTo(thread));
            Tally proxy = application.bean(Tally.class);
            List<Integer> sizes = cores.gather(proxy::size).join();
            assertThat(sizes).doesNotContain(0);
            assertThat(sizes.stream().mapToInt(n -> n).sum()).isEqualTo(30);
            assertThat(journal.destroyed).isEmpty();
        }
        // The cores have stopped by then, so it was the closing thread's to do.
        assertThat(journal.destroyed)
                .hasSize(CORES)
                .containsOnly(Thread.currentThread().getName() + ", singletons alive");
    }

    @Test
    void offACoreItSaysSo() {
        try (RunningApplication application = RunningApplication.start(Scoped.class)) {
            Tally proxy = application.bean(Tally.class);
            assertThatThrownBy(proxy::size)
                    .isInstanceOf(ScopeNotActiveException.class)
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "bean 'scopedTarget.tally' of the scope 'core': used on the thread "
                                    + Thread.currentThread().getName()
                                    + " (expected: a handler core; HandlerCores.gather reaches all"
                                    + " of them)");
            CoreBeanScope scope = application.bean(CoreBeanScope.class);
            assertThatIllegalStateException().isThrownBy(() -> scope.get("x", () -> "y"));
            assertThatIllegalStateException().isThrownBy(() -> scope.remove("x"));
            assertThat(scope.getConversationId()).isNull();
        }
    }

    /** Cores of the application's own may go on when its context closes. */
    @Test
    void onCoresThatStillRunTheirThreadsDestroy() {
        HandlerCores cores =
                new HandlerCores(new CoreOptions(CORES, 64, WaitMode.PARK, false, "own-core-"));
        cores.start();
        Journal journal;
        try (AnnotationConfigApplicationContext context =
                new AnnotationConfigApplicationContext()) {
            context.registerBean(HandlerCores.class, () -> cores);
            context.register(Running.class);
            context.refresh();
            journal = context.getBean(Journal.class);
            Tally proxy = context.getBean(Tally.class);
            cores.gather(proxy::size).join();
            assertThat(cores.gather(context.getBean(CoreBeanScope.class)::getConversationId).join())
                    .containsExactly("own-core-0", "own-core-1", "own-core-2");
            context.stop();
            context.start();
            assertThat(journal.destroyed).isEmpty();
        }
        assertThat(journal.destroyed)
                .containsExactlyInAnyOrder(
                        "own-core-0, singletons alive",
                        "own-core-1, singletons alive",
                        "own-core-2, singletons alive");
        cores.stop(Duration.ofSeconds(10));
    }

    @Test
    void aBeanThatIsTakenOutIsMadeAnewAndNotDestroyed() {
        HandlerCores cores =
                new HandlerCores(new CoreOptions(1, 64, WaitMode.PARK, false, "own-core-"));
        cores.start();
        CoreBeanScope scope = new CoreBeanScope(() -> cores);
        List<String> ended = new CopyOnWriteArrayList<>();
        List<Object> seen =
                cores.gather(
                                () -> {
                                    scope.get("a", () -> "first");
                                    scope.registerDestructionCallback("a", () -> ended.add("a"));
                                    scope.registerDestructionCallback("b", () -> ended.add("b"));
                                    scope.registerDestructionCallback("c", () -> ended.add("c"));
                                    return List.<Object>of(
                                            scope.remove("a"), scope.get("a", () -> "second"));
                                })
                        .join()
                        .get(0);
        assertThat(seen).containsExactly("first", "second");
        scope.end(Duration.ofSeconds(10));
        scope.end(Duration.ofSeconds(10));
        assertThat(ended).containsExactly("c", "b");
        cores.stop(Duration.ofSeconds(10));
    }

    /** Remembers what becomes of the others; ends as every singleton. */
    static class Journal implements DisposableBean {

        final Map<Tally, String> made = new ConcurrentHashMap<>();
        final List<String> destroyed = new CopyOnWriteArrayList<>();
        private volatile boolean ended;

        @Override
        public void destroy() {
            ended = true;
        }

        void destroyed() {
            String singletons = ended ? "dead" : "alive";
            destroyed.add(Thread.currentThread().getName() + ", singletons " + singletons);
        }
    }

    /** A plain map; without the scope, threads would meet in it. */
    static class Tally implements DisposableBean {

        private final Map<String, Integer> counts = new HashMap<>();
        private final Journal journal;
        final String thread = Thread.currentThread().getName();

        Tally(Journal journal) {
            this.journal = journal;
        }

        int count(String key) {
            return counts.merge(key, 1, Integer::sum);
        }

        int size() {
            return counts.size();
        }

        @Override
        public void destroy() {
            journal.destroyed();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        Journal journal() {
            return new Journal();
        }

        @Bean
        @CoreScope
        Tally tally(Journal journal) {
            Tally tally = new Tally(journal);
            journal.made.put(tally, Thread.currentThread().getName());
            return tally;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Scoped extends Beans {

        private final Tally tally;

        Scoped(Tally tally) {
            this.tally = tally;
        }

        @ShardBy(path = "key")
        @GetMapping("/count/{key}")
        String count(@PathVariable String key) {
            return HandlerCore.current() + " " + tally.count(key);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Running extends Beans {

        @Bean
        static CoreBeanScope scope(ObjectProvider<HandlerCores> cores) {
            return new CoreBeanScope(cores::getObject);
        }

        @Bean
        Phase end(CoreBeanScope scope, ApplicationContext context) {
            return new Phase(
                    Phase.BEFORE_SERVER,
                    () -> {},
                    () -> scope.stopped(context, Duration.ofSeconds(20)),
                    () -> {});
        }
    }
}
