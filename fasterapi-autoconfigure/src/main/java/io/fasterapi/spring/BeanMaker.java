package io.fasterapi.spring;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ApplicationContext;

/** Finds the configuration class that declares a bean. At start-up only. */
public final class BeanMaker {

    private BeanMaker() {}

    /**
     * Returns whether a {@code @Bean} method of a class whose name begins with the prefix makes the
     * bean. Looks in this factory and those above it; works for applications processed ahead of
     * time, too.
     */
    public static boolean isOf(BeanFactory beans, String name, String classPrefix) {
        ConfigurableListableBeanFactory at = factory(beans);
        while (at != null && !at.containsBeanDefinition(name)) {
            at = factory(at.getParentBeanFactory());
        }
        String maker = at == null ? null : maker(at, name);
        return maker != null && maker.startsWith(classPrefix);
    }

    private static @Nullable ConfigurableListableBeanFactory factory(@Nullable BeanFactory beans) {
        BeanFactory own =
                beans instanceof ApplicationContext context
                        ? context.getAutowireCapableBeanFactory()
                        : beans;
        return own instanceof ConfigurableListableBeanFactory known ? known : null;
    }

    private static @Nullable String maker(ConfigurableListableBeanFactory beans, String name) {
        BeanDefinition definition = beans.getMergedBeanDefinition(name);
        if (definition.getFactoryBeanName() != null) {
            return definition.getFactoryBeanName();
        }
        Method method =
                definition instanceof RootBeanDefinition root
                        ? root.getResolvedFactoryMethod()
                        : null;
        return method == null ? null : method.getDeclaringClass().getName();
    }
}
