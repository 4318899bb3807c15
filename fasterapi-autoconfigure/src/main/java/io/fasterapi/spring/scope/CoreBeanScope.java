package io.fasterapi.spring.scope;

import io.fasterapi.cores.CoreLocal;
import io.fasterapi.cores.HandlerCore;
import io.fasterapi.cores.HandlerCores;
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
import org.springframework.beans.factory.config.Scope;
import org.springframework.util.function.SingletonSupplier;

/** The scope behind {@link CoreScope}: one map of beans per core. */
public final class CoreBeanScope implements Scope {

    /** The scope's name. */
    public static final String NAME = "core";

    private final Supplier<CoreLocal<CoreBeans>> local;
    private final List<CoreBeans> all = new CopyOnWriteArrayList<>();

    /**
     * Creates the scope.
     *
     * @param cores gives the cores, at the first use of a bean
     */
    public CoreBeanScope(Supplier<HandlerCores> cores) {
        this.local = SingletonSupplier.of(() -> new CoreLocal<>(cores.get(), this::beans));
    }

    private CoreBeans beans() {
        CoreBeans beans = new CoreBeans(Objects.requireNonNull(HandlerCore.current()));
        all.add(beans);
        return beans;
    }

    /**
     * Returns the calling core's instance.
     *
     * @throws IllegalStateException if the caller is not on a handler core
     */
    @Override
    public Object get(String name, ObjectFactory<?> objectFactory) {
        return current("bean '" + name + "'").get(name, objectFactory);
    }

    /** Makes the calling core forget its instance, which is not destroyed any more. */
    @Override
    public @Nullable Object remove(String name) {
        return current("bean '" + name + "'").remove(name);
    }

    @Override
    public void registerDestructionCallback(String name, Runnable callback) {
        current("bean '" + name + "'").onEnd(name, callback);
    }

    /** Returns the name of the calling core, or null off the cores. */
    @Override
    public @Nullable String getConversationId() {
        HandlerCore core = HandlerCore.current();
        return core == null ? null : core.name();
    }

    private CoreBeans current(String wanted) {
        if (HandlerCore.current() == null) {
            throw new IllegalStateException(
                    wanted
                            + ": of the scope '"
                            + NAME
                            + "', asked for on the thread "
                            + Thread.currentThread().getName()
                            + " (expected: a handler core; HandlerCores.gather reaches all of"
                            + " them)");
        }
        return local.get().get();
    }

    /**
     * Destroys the beans of every core, those of running cores on their threads. Beans that were
     * destroyed before are not destroyed again.
     *
     * @param limit how long to wait for the cores that run
     */
    void end(Duration limit) {
        List<CoreBeans> known = List.copyOf(all);
        CountDownLatch done = new CountDownLatch(known.size());
        known.forEach(beans -> beans.end(done));
        try {
            if (!done.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                LogFactory.getLog(CoreBeanScope.class)
                        .warn(
                                done.getCount()
                                        + " handler cores are busy: their beans of the scope '"
                                        + NAME
                                        + "' are not destroyed yet");
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
