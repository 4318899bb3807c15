package io.fasterapi.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.core.env.Environment;

/** Where the actuator shows the report, for the line that the log has at the start. */
final class ReportPlace {

    static final String NO_ACTUATOR = "add spring-boot-starter-actuator to have it";

    private static final String NOT_EXPOSED =
            "not exposed, add 'fasterapi' to management.endpoints.web.exposure.include";

    private static final EndpointId ID = EndpointId.of("fasterapi");

    private final Environment environment;
    private final @Nullable PathMappedEndpoints endpoints;

    /**
     * Creates the place.
     *
     * @param endpoints every endpoint with a path; null if there is none
     */
    ReportPlace(Environment environment, @Nullable PathMappedEndpoints endpoints) {
        this.environment = environment;
        this.endpoints = endpoints;
    }

    /** Returns path and port once the server has started, or what to do to have the report. */
    String text() {
        String path = endpoints == null ? null : endpoints.getPath(ID);
        if (path == null) {
            return NOT_EXPOSED;
        }
        String server = environment.getProperty("local.server.port");
        String management = environment.getProperty("local.management.port", "" + server);
        String base =
                management.equals(server)
                        ? environment.getProperty("spring.webflux.base-path", "")
                        : environment.getProperty("management.server.base-path", "");
        return base + path + " on port " + management;
    }
}
