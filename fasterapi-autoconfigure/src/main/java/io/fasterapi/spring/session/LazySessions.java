package io.fasterapi.spring.session;

import io.fasterapi.spring.BeanMaker;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.SpringVersion;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.InMemoryWebSessionStore;
import org.springframework.web.server.session.WebSessionStore;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Gives Spring Boot's session manager a store whose sessions need no other thread. Only Spring
 * calls it, at start-up and at shutdown.
 *
 * <p>It changes nothing unless the manager and its store are the ones that Spring Boot makes. It
 * runs before other post-processors, so no code has seen the store that it replaces.
 */
public final class LazySessions implements BeanPostProcessor, PriorityOrdered {

    private static final Log LOGGER = LogFactory.getLog(LazySessions.class);

    private static final String BOOT = "org.springframework.boot.webflux.autoconfigure.";
    private static final String BOOT_STORE =
            BOOT + "WebFluxAutoConfiguration$MaxIdleTimeInMemoryWebSessionStore";

    /** The versions of Spring Framework whose store the tests compare. */
    private static final String PROVED = "7.0.";

    private final SessionIds ids = new SessionIds();
    private final ApplicationContext context;
    private final Supplier<@Nullable Duration> timeout;
    private volatile boolean used;

    /**
     * Creates the post-processor.
     *
     * @param timeout returns the idle time that Spring Boot gives to sessions
     */
    public LazySessions(ApplicationContext context, Supplier<@Nullable Duration> timeout) {
        this.context = context;
        this.timeout = timeout;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (beanName.equals(WebHttpHandlerBuilder.WEB_SESSION_MANAGER_BEAN_NAME)
                && context instanceof WebServerApplicationContext) {
            String other = difference(bean, beanName, SpringVersion.getVersion());
            if (other == null) {
                replaceStore((DefaultWebSessionManager) bean);
            } else {
                LOGGER.info(
                        "FasterAPI: fasterapi.sessions.lazy has no effect, sessions work as in"
                                + " Spring alone: "
                                + other);
            }
        }
        return bean;
    }

    /** Returns what is not as in the tests, or null. */
    @Nullable String difference(Object manager, String name, @Nullable String version) {
        if (version == null || !version.startsWith(PROVED)) {
            return "Spring Framework is " + version + " (expected: " + PROVED + "x)";
        }
        if (!SessionIds.areAvailable()) {
            return "the JDK has no SecureRandom " + SessionIds.ALGORITHM;
        }
        if (manager.getClass() != DefaultWebSessionManager.class
                || !BeanMaker.isOf(context, name, BOOT)) {
            return "the application has a session manager of its own, "
                    + manager.getClass().getName();
        }
        WebSessionStore store = ((DefaultWebSessionManager) manager).getSessionStore();
        return store.getClass() == InMemoryWebSessionStore.class || isOfBoot(store)
                ? null
                : "the session store is " + store.getClass().getName();
    }

    private static boolean isOfBoot(WebSessionStore store) {
        return store.getClass().getName().equals(BOOT_STORE);
    }

    private void replaceStore(DefaultWebSessionManager manager) {
        InMemoryWebSessionStore stock = (InMemoryWebSessionStore) manager.getSessionStore();
        manager.setSessionStore(
                new LazySessionStore(stock, isOfBoot(stock) ? timeout.get() : null, ids));
        used = true;
    }

    /** Seeds the ids on a thread that may block, so that the start does not wait for it. */
    public void start() {
        if (used) {
            ids.open();
            Mono.fromRunnable(ids::seed)
                    .subscribeOn(Schedulers.boundedElastic())
                    .subscribe(null, ex -> LOGGER.warn("FasterAPI: session ids have no seed", ex));
        }
    }

    /** Forgets the seed. The next start takes a new one, also in a restored copy of the process. */
    public void stop() {
        ids.close();
    }

    boolean areSeeded() {
        return ids.isSeeded();
    }
}
