package io.fasterapi.spring.webflux.compile.signatures;

/** Requests to {@link WorkspaceEndpoints} and {@link AccountEndpoints}. */
final class WorkspaceRows {

    private static final String LOGIN = "{\"name\":\"ann\",\"source\":\"own\"}";

    private WorkspaceRows() {}

    static void addTo(Rows rows) {
        workspaces(rows, "/api/workspaces");
        accounts(rows, "/api/accounts");
    }

    private static void workspaces(Rows rows, String path) {
        String one = path + "/{id}";
        String seven = path + "/7";
        rows.json(path, LOGIN);
        rows.plain("DELETE", one, seven);
        rows.plain("PUT", path + "/restore/{id}", path + "/restore/7");
        rows.get(one, seven);
        rows.get(one + "/internal", seven + "/internal");
        rows.get(one + "/now", seven + "/now");
        rows.get(one + "/entity", seven + "/entity");
        rows.get(path, path + "?filter=f&pageSize=4");
        rows.plain("PUT", one + "/rename", seven + "/rename?name=n");
        rows.json("PUT", one + "/publish", seven + "/publish", "{\"a\":{\"b\":[1,null]}}");
        rows.get(one + "/any", seven + "/any");
        rows.get(one + "/view", seven + "/view");
        rows.json(path + "/login", LOGIN);
        rows.get(one + "/export", seven + "/export");
    }

    private static void accounts(Rows rows, String path) {
        rows.get(path + "/first");
        rows.get(path + "/second");
        rows.get(path + "/third");
        rows.json(path + "/echo", "{\"name\":\"n\",\"passwordHash\":\"h\"}");
        rows.get(path + "/me", path + "/me", "X-Name: bob");
        rows.get(path + "/current");
        rows.get(path + "/wild");
        rows.get(path + "/wild-list");
        rows.json("PUT", path + "/mark-status", path + "/mark-status", "{\"type\":1}");
        rows.plain("POST", path + "/logout", path + "/logout", "Content-Length: 0");
        rows.body("POST " + path + "/photo", path + "/photo", "application/octet-stream", "abc");
        rows.get(path + "/photo/{id}", path + "/photo/7");
        rows.get(path + "/redirect");
        rows.json(path + "/reset", LOGIN);
        rows.get(path + "/search", path + "/search?name=a&x=1&y=2");
        rows.get(path + "/missing");
        rows.get(path + "/nobody");
    }
}
