package io.fasterapi.spring.scope;

import io.fasterapi.core.CoreLocal;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.log.Counted;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.Scope;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.function.SingletonSupplier;

/**
 * The scope behind {@link CoreScope}: one map of beans per core. It registers itself. Any thread
 * may end it; each core's beans belong to that core's thread.
 */
public final class CoreBeanScope implements Scope, BeanFactoryPostProcessor {

    /*
     * The beans of the scope end after the cores have stopped, because the last requests use them,
     * and before any singleton is destroyed, because they use singletons. The only moment between
     * the two is the end of the life cycle. That also comes when a context is stopped to be started
     * again; then nothing is destroyed. A start that fails has neither moment.
     */

    /** The name of the scope. */
    public static final String NAME = "core";

    private final Supplier<CoreLocal<CoreBeans>> local;
    private final List<CoreBeans> all = new CopyOnWriteArrayList<>();

    /**
     * Creates the scope.
     *
     * @param cores returns the cores at the first use of a bean
     */
    public CoreBeanScope(Supplier<HandlerCores> cores) {
        this.local = SingletonSupplier.of(() -> new CoreLocal<>(cores.get(), this::beans));
    }

    private CoreBeans beans() {
        CoreBeans beans = new CoreBeans(Objects.requireNonNull(HandlerCore.current()));
        all.add(beans);
        return beans;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        beanFactory.registerScope(NAME, this);
    }

    /**
     * Returns the calling core's instance.
     *
     * @throws IllegalStateException if the calling thread is not a handler core
     */
    @Override
    public Object get(String name, ObjectFactory<?> objectFactory) {
        return current(name).get(name, objectFactory);
    }

    /** Removes the calling core's instance without destroying it. */
    @Override
    public @Nullable Object remove(String name) {
        return current(name).remove(name);
    }

    @Override
    public void registerDestructionCallback(String name, Runnable callback) {
        current(name).onEnd(name, callback);
    }

    /** Returns the name of the calling core, or null on other threads. */
    @Override
    public @Nullable String getConversationId() {
        HandlerCore core = HandlerCore.current();
        return core == null ? null : core.name();
    }

    private CoreBeans current(String name) {
        if (HandlerCore.current() == null) {
            throw new IllegalStateException(
                    "bean '%s' of the scope '%s': used on the thread %s (expected: a handler"
                                    .formatted(name, NAME, Thread.currentThread().getName())
                            + " core; HandlerCores.gather reaches all of them)");
        }
        return local.get().get();
    }

    /** Ends the scope if the context is being closed, but not if it may be started again. */
    public void stopped(ApplicationContext context, Duration limit) {
        if (context instanceof ConfigurableApplicationContext own && own.isClosed()) {
            end(limit);
        }
    }

    /**
     * Destroys the beans of every core, those of running cores on their threads. A second call
     * destroys nothing.
     *
     * @param limit how long to wait for running cores
     */
    public void end(Duration limit) {
        List<CoreBeans> known = List.copyOf(all);
        CountDownLatch done = new CountDownLatch(known.size());
        known.forEach(beans -> beans.end(done));
        try {
            if (!done.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                LogFactory.getLog(CoreBeanScope.class)
                        .warn(
                                Counted.of(done.getCount(), "handler core")
                                        + " did not become idle within "
                                        + limit.toMillis()
                                        + " ms; beans of the scope '"
                                        + NAME
                                        + "' there are destroyed later");
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
