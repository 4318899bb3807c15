package io.fasterapi.spring.webflux.compile.signatures;

/** Requests to the controllers whose interfaces are as if generated. */
final class GeneratedRows {

    private static final String BASE = "/api/clusters/{cluster}";

    private GeneratedRows() {}

    static void addTo(Rows rows) {
        topics(rows);
        connectors(rows);
        schemas(rows);
        brokers(rows);
    }

    private static void plain(Rows rows, String method, String pattern, String query) {
        rows.plain(method, BASE + pattern, target(pattern) + query);
    }

    private static void json(Rows rows, String method, String pattern, String body) {
        rows.json(method, BASE + pattern, target(pattern), body);
    }

    private static String target(String pattern) {
        return (BASE + pattern)
                .replace("{cluster}", "local")
                .replace("{name}", "orders")
                .replace("{id}", "7")
                .replace("{task}", "3")
                .replace("{action}", "pause");
    }

    private static void topics(Rows rows) {
        String body = "{\"name\":\"t\",\"partitions\":1}";
        plain(rows, "GET", "/topics", "?page=2");
        json(rows, "POST", "/topics", body);
        plain(rows, "GET", "/topics/{name}", "");
        json(rows, "PATCH", "/topics/{name}", body);
        plain(rows, "DELETE", "/topics/{name}", "");
        plain(rows, "POST", "/topics/{name}", "");
        plain(rows, "POST", "/topics/{name}/clone", "?to=copy");
        plain(rows, "GET", "/topics/{name}/config", "");
        json(rows, "PATCH", "/topics/{name}/partitions", body);
        plain(rows, "POST", "/topics/{name}/analysis", "");
        plain(rows, "DELETE", "/topics/{name}/analysis", "");
        plain(rows, "GET", "/topics/{name}/analysis", "");
        plain(rows, "GET", "/topics/{name}/activeproducers", "");
    }

    private static void connectors(Rows rows) {
        String body = "{\"name\":\"c\",\"state\":\"s\"}";
        plain(rows, "GET", "/connects", "");
        plain(rows, "GET", "/connects/{name}/connectors", "");
        json(rows, "POST", "/connects/{name}/connectors", body);
        plain(rows, "GET", "/connects/{name}/connectors/{id}", "");
        plain(rows, "DELETE", "/connects/{name}/connectors/{id}", "");
        plain(rows, "GET", "/connects/{name}/connectors/{id}/config", "");
        json(rows, "PUT", "/connects/{name}/connectors/{id}/config", body);
        plain(rows, "POST", "/connects/{name}/connectors/{id}/action/{action}", "");
        plain(rows, "GET", "/connects/{name}/connectors/{id}/tasks", "");
        plain(rows, "POST", "/connects/{name}/connectors/{id}/tasks/{task}/action/restart", "");
        plain(rows, "GET", "/connects/{name}/plugins", "");
        json(rows, "PUT", "/connects/{name}/plugins/{id}/config/validate", body);
    }

    private static void schemas(Rows rows) {
        String body = "{\"subject\":\"s\",\"version\":2}";
        plain(rows, "GET", "/schemas", "?page=2");
        json(rows, "POST", "/schemas", body);
        plain(rows, "DELETE", "/schemas/{name}", "");
        plain(rows, "GET", "/schemas/{name}/versions", "");
        plain(rows, "GET", "/schemas/{name}/latest", "");
        plain(rows, "DELETE", "/schemas/{name}/latest", "");
        plain(rows, "GET", "/schemas/{name}/versions/{id}", "");
        plain(rows, "DELETE", "/schemas/{name}/versions/{id}", "");
        plain(rows, "GET", "/schemas/compatibility", "");
        json(rows, "PUT", "/schemas/compatibility", body);
        json(rows, "PUT", "/schemas/{name}/compatibility", body);
        json(rows, "POST", "/schemas/{name}/check", body);
    }

    private static void brokers(Rows rows) {
        String body = "{\"id\":1,\"host\":\"h\"}";
        plain(rows, "GET", "/clusters", "");
        plain(rows, "GET", "/brokers", "");
        plain(rows, "GET", "/brokers/{id}/metrics", "");
        plain(rows, "GET", "/brokers/logdirs", "?brokers=1&brokers=2");
        json(rows, "PATCH", "/brokers/{id}/logdirs", body);
        plain(rows, "GET", "/brokers/{id}/configs", "");
        json(rows, "PUT", "/brokers/{id}/configs/{name}", body);
        plain(rows, "GET", "/consumer-groups/paged", "?page=2");
        plain(rows, "GET", "/consumer-groups/{id}", "");
        plain(rows, "DELETE", "/consumer-groups/{id}", "");
        json(rows, "POST", "/consumer-groups/{id}/offsets", body);
        plain(rows, "GET", "/acls", "?page=2");
        json(rows, "POST", "/acl", body);
    }
}
