package io.fasterapi.autoconfigure;

import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** Where the report of the actuator endpoint {@code fasterapi} is, as a part of a log line. */
final class ReportPlace {

    private static final String ENDPOINTS =
            "org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints";

    private ReportPlace() {}

    /** Returns its path and port once the server has started; else what to add to have it. */
    static String in(ApplicationContext context) {
        return ClassUtils.isPresent(ENDPOINTS, context.getClassLoader())
                ? Exposed.in(context)
                : "add spring-boot-starter-actuator to have it";
    }

    /** A class of its own, because it needs a class of the actuator. */
    private static final class Exposed {

        static String in(ApplicationContext context) {
            PathMappedEndpoints endpoints =
                    context.getBeanProvider(PathMappedEndpoints.class).getIfAvailable();
            String path = endpoints == null ? null : endpoints.getPath(EndpointId.of("fasterapi"));
            if (path == null) {
                return "not exposed, add 'fasterapi' to management.endpoints.web.exposure.include";
            }
            Environment environment = context.getEnvironment();
            String server = environment.getProperty("local.server.port", "");
            String management = environment.getProperty("local.management.port", server);
            String base =
                    management.equals(server)
                            ? environment.getProperty("spring.webflux.base-path", "")
                            : environment.getProperty("management.server.base-path", "");
            return base + path + " on port " + management;
        }
    }
}
