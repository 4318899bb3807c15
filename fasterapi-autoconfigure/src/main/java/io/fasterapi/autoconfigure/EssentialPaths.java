package io.fasterapi.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import org.springframework.core.env.Environment;

/** The paths whose requests are never refused: the application's, and those of the actuator. */
final class EssentialPaths {

    private static final String BASE_PATH = "management.endpoints.web.base-path";
    private static final String PROBES = "management.endpoint.health.probes.add-additional-paths";

    private EssentialPaths() {}

    static List<String> of(List<String> named, Environment environment) {
        List<String> all = new ArrayList<>(named);
        String base = environment.getProperty(BASE_PATH, "/actuator");
        if (base.endsWith("/")) {
            base = base.substring(0, base.length() - 1);
        }
        all.add(base.isEmpty() ? "/health/**" : base + "/**"); // at "/" it shares the root
        if (environment.getProperty(PROBES, Boolean.class, false)) {
            all.add("/livez");
            all.add("/readyz");
        }
        return all;
    }
}
