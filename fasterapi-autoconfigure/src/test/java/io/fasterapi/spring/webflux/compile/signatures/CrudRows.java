package io.fasterapi.spring.webflux.compile.signatures;

/** Requests to {@link CrudEndpoints}. */
final class CrudRows {

    private static final String QUERY = "{\"where\":\"w\",\"pageIndex\":1,\"pageSize\":3}";

    /** What each of the four kinds finds its properties in. */
    private static final String THING =
            "{\"id\":\"7\",\"price\":1,\"level\":2,\"targets\":[],\"enabled\":true}";

    private CrudRows() {}

    static void addTo(Rows rows) {
        CrudEndpoints.PATHS.forEach(path -> addTo(rows, path));
    }

    private static void addTo(Rows rows, String path) {
        rows.get(path + "/_query/no-paging", path + "/_query/no-paging?where=x&pageSize=2");
        rows.json(path + "/_query/no-paging", QUERY);
        rows.get(path + "/_all");
        rows.get(path + "/_stream", path + "/_stream?count=2");
        rows.get(path + "/_events");
        rows.json(path + "/_each", "[\"one\",\"two\"]");
        rows.json(path + "/_query", QUERY);
        rows.get(path + "/_count", path + "/_count?where=a&where=b");
        rows.get(path + "/{id:.+}", path + "/7.5");
        rows.get(path + "/{id}/tags/**", path + "/7/tags/a/b");
        rows.json(path, THING);
        rows.json(path + "/_batch", "[" + THING + "," + THING + "]");
        rows.json("PATCH", path, path, "[" + THING + "]");
        rows.json("PUT", path + "/{id}", path + "/7", THING);
        rows.plain("DELETE", path + "/{id}", path + "/7");
        rows.get(path + "/_exists", path + "/_exists?pageIndex=1");
    }
}
