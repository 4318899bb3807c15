package io.fasterapi.spring.scope;

import io.fasterapi.core.HandlerCore;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectFactory;

/**
 * The scoped beans of one core. The core's thread owns them, and after its end the thread that ends
 * the scope.
 */
final class CoreBeans {

    private static final Log LOGGER = LogFactory.getLog(CoreBeans.class);

    private final HandlerCore core;
    private final Map<String, Object> beans = new HashMap<>();
    private final Map<String, Runnable> ends = new LinkedHashMap<>();

    CoreBeans(HandlerCore core) {
        this.core = core;
    }

    Object get(String name, ObjectFactory<?> factory) {
        Object known = beans.get(name);
        if (known == null) {
            known = factory.getObject(); // may ask for other beans of this core
            beans.put(name, known);
        }
        return known;
    }

    @Nullable Object remove(String name) {
        ends.remove(name);
        return beans.remove(name);
    }

    void onEnd(String name, Runnable action) {
        ends.put(name, action);
    }

    /** Destroys all beans: on the core if it still runs, else before this method returns. */
    void end(CountDownLatch done) {
        if (core.isRunning() && !core.isCurrent()) {
            core.execute(() -> destroy(done));
        } else {
            destroy(done);
        }
    }

    /** Destroys the beans in the reverse order of their creation. */
    private void destroy(CountDownLatch done) {
        String[] names = ends.keySet().toArray(String[]::new);
        for (int i = names.length - 1; i >= 0; i--) {
            Runnable end = ends.remove(names[i]);
            try {
                if (end != null) {
                    end.run();
                }
            } catch (RuntimeException | Error ex) {
                LOGGER.error(core.name() + ": bean '" + names[i] + "' could not be destroyed", ex);
            }
        }
        beans.clear();
        done.countDown();
    }
}
