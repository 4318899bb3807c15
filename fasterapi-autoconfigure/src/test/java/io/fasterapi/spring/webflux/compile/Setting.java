package io.fasterapi.spring.webflux.compile;

import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.WebFilter;

/** Whether a filter comes first, and on which threads handlers run. */
enum Setting {
    DIRECT_INLINE(false, "inline"),
    DIRECT_CORE(false, "core"),
    FILTERED_INLINE(true, "inline"),
    FILTERED_CORE(true, "core");

    private final boolean filtered;
    private final String placement;

    Setting(boolean filtered, String placement) {
        this.filtered = filtered;
        this.placement = placement;
    }

    boolean isFiltered() {
        return filtered;
    }

    String property() {
        return "fasterapi.placement.default=" + placement;
    }

    List<Class<?>> sources(List<Class<?>> application) {
        List<Class<?>> all = new ArrayList<>(application);
        if (filtered) {
            all.add(Passing.class);
        }
        return all;
    }

    /** A filter that changes nothing. */
    @Configuration(proxyBeanMethods = false)
    static class Passing {

        @Bean
        WebFilter passing() {
            return (exchange, chain) -> chain.filter(exchange);
        }
    }
}
