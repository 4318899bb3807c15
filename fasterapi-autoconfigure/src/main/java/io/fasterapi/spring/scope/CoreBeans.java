package io.fasterapi.spring.scope;

import io.fasterapi.cores.HandlerCore;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectFactory;

/** The scoped beans of one core. Owned by that core's thread; by whoever ends it after that. */
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
            known = factory.getObject(); // which may ask for others of this core
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

    /** Has every bean destroyed on the core if that still runs, else before this returns. */
    void end(CountDownLatch done) {
        if (core.isRunning() && !core.isCurrent()) {
            core.execute(() -> destroy(done));
        } else {
            destroy(done);
        }
    }

    /** The last one made is the first one destroyed. */
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
