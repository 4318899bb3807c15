package io.fasterapi.spring.scope;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

/**
 * Gives each handler core its own instance of a bean. The core's thread makes it at the first use,
 * and no other thread touches it, so it needs no locks. Spring injects a proxy, so the bean's class
 * must not be final; each call through it looks up the core's instance by name. On other threads a
 * call throws a {@code ScopeNotActiveException}, caused by an {@link IllegalStateException} that
 * says so.
 *
 * <p>Destroy methods run when the context closes: on the core's thread if it still runs, else on
 * the closing thread. FasterAPI's own cores have stopped by then.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Scope(scopeName = CoreBeanScope.NAME, proxyMode = ScopedProxyMode.TARGET_CLASS)
public @interface CoreScope {}
