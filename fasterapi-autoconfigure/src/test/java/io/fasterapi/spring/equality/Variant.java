package io.fasterapi.spring.equality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A way to run the application. Variants that differ in nothing but FasterAPI's own properties
 * share their stock side.
 */
enum Variant {
    CORE(Stock.PLAIN, "core"),
    CORE_BEHIND_REACTOR_NETTY(Stock.PLAIN, "core", Variant.NONE_UNDER_WAY),
    INLINE(Stock.PLAIN, "inline"),
    WEB_FILTER(Stock.WEB_FILTER, "core"),
    WEB_FILTER_VIRTUAL(Stock.WEB_FILTER, "virtual"),
    WEB_FILTER_BEHIND_REACTOR_NETTY(Stock.WEB_FILTER, "core", Variant.NONE_UNDER_WAY),
    COMPRESSION(Stock.COMPRESSION, "core"),
    COMPRESSION_AUTO(Stock.COMPRESSION, "auto"),
    CORS(Stock.CORS, "core"),
    DECORATED(Stock.DECORATED, "core"),
    DECORATED_INLINE(Stock.DECORATED, "inline"),
    SECURITY(Stock.SECURITY, "core"),
    SECURITY_INLINE(Stock.SECURITY, "inline"),
    TRACING(Stock.TRACING, "auto"),
    BASE_PATH(Stock.BASE_PATH, "inline"),
    API_VERSION(Stock.API_VERSION, "inline"),
    PROBLEM_DETAILS(Stock.PROBLEM_DETAILS, "auto"),
    WEB_LOG(Stock.WEB_LOG, "core"),
    WEB_LOG_FILTERED(Stock.WEB_LOG_FILTERED, "inline");

    /** Changes no answer, but nothing on a core may be early with it. */
    private static final String NONE_UNDER_WAY = "server.netty.idle-timeout=1h";

    /** The base path of its variant. */
    static final String BASE = "/base";

    /** An application without FasterAPI. */
    enum Stock {
        PLAIN(List.of(EqualityApplication.class)),
        WEB_FILTER(List.of(EqualityApplication.class, FilterVariant.class)),
        COMPRESSION(
                List.of(EqualityApplication.class),
                "server.compression.enabled=true",
                "server.compression.min-response-size=10B"),
        CORS(List.of(EqualityApplication.class, CorsVariant.class)),
        DECORATED(List.of(EqualityApplication.class, DecoratingVariant.class)),
        SECURITY(List.of(EqualityApplication.class, SecurityVariant.class)),
        TRACING(
                List.of(EqualityApplication.class, SecurityVariant.class, TracingVariant.class),
                "spring.reactor.context-propagation=auto"),
        BASE_PATH(
                List.of(EqualityApplication.class, DecoratingVariant.class),
                "spring.webflux.base-path=" + BASE),
        API_VERSION(
                List.of(EqualityApplication.class, VersionVariant.class),
                "spring.webflux.apiversion.use.header=X-Version",
                "spring.webflux.apiversion.default=1.0",
                "spring.webflux.apiversion.supported=1.2,2.0"),
        PROBLEM_DETAILS(
                List.of(EqualityApplication.class), "spring.webflux.problemdetails.enabled=true"),
        WEB_LOG(List.of(EqualityApplication.class), RequestLog.SETTINGS),
        WEB_LOG_FILTERED(
                List.of(EqualityApplication.class, DecoratingVariant.class), RequestLog.SETTINGS);

        private final List<Class<?>> sources;
        private final List<String> properties;

        Stock(List<Class<?>> sources, String... properties) {
            this.sources = sources;
            this.properties = List.of(properties);
        }

        Server start() {
            return start("fasterapi.enabled=false");
        }

        private Server start(String... added) {
            List<String> all = new ArrayList<>(properties);
            all.addAll(Arrays.asList(added));
            return Server.start(sources, all);
        }
    }

    private final Stock stock;
    private final String placement;
    private final String property;

    Variant(Stock stock, String placement) {
        this(stock, placement, "fasterapi.enabled=true");
    }

    Variant(Stock stock, String placement, String property) {
        this.stock = stock;
        this.placement = placement;
        this.property = property;
    }

    Stock stock() {
        return stock;
    }

    /** Starts our side; or stock again, to see whether stock is equal to itself. */
    Server start() {
        if (Comparison.isStockOnly()) {
            return stock.start();
        }
        return stock.start(property, "fasterapi.placement.default=" + placement);
    }
}
