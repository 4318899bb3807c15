package io.fasterapi.spring.server;

import io.fasterapi.spring.beans.BeanMaker;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

/** Looks for event loops that the application itself brings. At start-up only. */
final class ForeignLoops {

    private static final String BOOT = "org.springframework.boot.";

    private ForeignLoops() {}

    /** Returns the name of a {@link ReactorResourceFactory} that is not Boot's, or null. */
    static @Nullable String find(ApplicationContext context) {
        AutowireCapableBeanFactory beans = context.getAutowireCapableBeanFactory();
        for (String name :
                BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
                        context, ReactorResourceFactory.class, true, false)) {
            if (!(beans instanceof ConfigurableListableBeanFactory known)
                    || !BeanMaker.isOf(known, name, BOOT)) {
                return name;
            }
        }
        return null;
    }
}
