package io.fasterapi.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.fasterapi.http.FastHandler;
import io.fasterapi.placement.Placement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTreeTest {

    private static final FastHandler HANDLER = (req, res) -> res.end();

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "GET,  /users/me,   GET /users/{id}",
                "HEAD, /users/me,   GET /users/{id}",
                "PUT,  /users/me,   PUT /users/me",
                "PUT,  /users/you,  none",
                "POST, /users/me,   none",
                "get,  /users/me,   none",
                "GET,  /users/,     none",
                "GET,  /users,      none",
                "GET,  /users/1/,   none",
                "GET,  //users/1,   none",
                "GET,  /users//1,   none",
                "GET,  /user,       none",
                "GET,  /usersx/1,   none",
                "GET,  /files,      GET /files/{*rest}",
                "GET,  /files/,     GET /files/{*rest}",
                "GET,  /files/a//b, GET /files/{*rest}",
                "GET,  /filesx,     none",
                "GET,  /a/,         GET /a/",
                "GET,  /a,          none",
                "GET,  /,           GET /",
                "GET,  '',          none",
                "GET,  users/1,     none",
                "GET,  *,           none",
                "GET,  /users/a|b,  none",
                "GET,  /users/{id}, none",
            })
    void findsByMethodAndPath(String method, String path, String expected) {
        RouteTree tree =
                tree("GET /", "GET /users/{id}", "PUT /users/me", "GET /files/{*rest}", "GET /a/");
        Route found = tree.match(method, path, tree.newMatch());
        assertThat(found == null ? null : found.name()).isEqualTo(expected);
    }

    @Test
    void prefersFewerVariablesThenLengthThenTheEarlierLiteral() {
        assertThat(find("/a/b/c", "GET /a/{x}/{y}", "GET /{x}/b/c")).isEqualTo("GET /{x}/b/c");
        assertThat(find("/a/bb", "GET /a/{x}", "GET /{x}/bb")).isEqualTo("GET /{x}/bb");
        assertThat(find("/a/b", "GET /{x}/b", "GET /a/{x}")).isEqualTo("GET /a/{x}");
        assertThat(find("/a/b", "GET /a/**", "GET /{x}/{y}")).isEqualTo("GET /{x}/{y}");
        assertThat(find("/a/b", "GET /**", "GET /a/**")).isEqualTo("GET /a/**");
        assertThat(find("/a/b", "GET /{x}/**", "GET /a/**")).isEqualTo("GET /a/**");
    }

    @Test
    void goesBackWhenALiteralLeadsNowhere() {
        String[] routes = {"GET /a/b/c", "GET /a/{x}/d", "GET /{x}/b/e", "GET /**"};
        assertThat(find("/a/b/c", routes)).isEqualTo("GET /a/b/c");
        assertThat(find("/a/b/d", routes)).isEqualTo("GET /a/{x}/d");
        assertThat(find("/a/b/e", routes)).isEqualTo("GET /{x}/b/e");
        assertThat(find("/a/b/f", routes)).isEqualTo("GET /**");
    }

    @Test
    void prefersTheMoreSpecificPathToTheMoreSpecificMethodForHead() {
        RouteTree tree = tree("HEAD /{x}", "GET /a", "GET /{x}");
        RouteMatch match = tree.newMatch();
        assertThat(tree.match("HEAD", "/a", match)).hasToString("GET /a");
        assertThat(tree.match("HEAD", "/b", match)).hasToString("HEAD /{x}");
        assertThat(tree.match("GET", "/b", match)).hasToString("GET /{x}");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "/v/a%2Fb,        a/b",
                "/v/a%2fb;x=1,    a/b",
                "/v/a%20b+c,      a b+c",
                "/v/%C3%A9%E2%82%AC, é€",
                "/v/%F0%9F%98%80, \uD83D\uDE00",
                "/v/%FF,          \uFFFD",
                "/v/%C3a,         \uFFFDa",
                "/v/a;b=c;d,      a",
                "/v;m=1/a,        a",
                "/%76/a,          a",
                "/v/%7Bx%7D,      {x}",
                "/v/é,            é",
                "/v/%3B,          ;",
                "/v/%2525,        %25",
                "/v/%,            none",
                "/v/%4,           none",
                "/v/%zz,          none",
                "/v/%4/1,         none",
                "/v/a;%zz,        none",
                "/v/a;b|c,        none",
                "/v/;x=1,         none",
                "/v%2Fa,          none",
                "/v/%EF%B7%90,    none",
                "/v/%EF%B7%91,    none",
                "/v/\u0085,       none",
            })
    void decodesSegmentBySegment(String path, String value) {
        RouteTree tree = tree("GET /v/{x}");
        RouteMatch match = tree.newMatch();
        Route found = tree.match("GET", path, match);
        assertThat(found == null ? null : match.variable(found.variableIndex("x")))
                .isEqualTo(value);
    }

    @Test
    void keepsASegmentOfParametersOnly() {
        RouteTree tree = tree("GET /a/", "GET /a/b", "GET /w/{*rest}");
        RouteMatch match = tree.newMatch();
        assertThat(tree.match("GET", "/a/;x", match)).isNull();
        assertThat(tree.match("GET", "/a/b;x", match)).hasToString("GET /a/b");
        assertThat(tree.match("GET", "/a;x/", match)).hasToString("GET /a/");
        assertThat(tree.match("GET", "/w/;x/c%2Fd/", match)).isNotNull();
        assertThat(match.variable(0)).isEqualTo("//c/d/");
    }

    @Test
    void givesAWildcardItsLeadingSlash() {
        RouteTree tree = tree("GET /f/{x}/{*rest}", "GET /{*rest}");
        RouteMatch match = tree.newMatch();
        tree.match("GET", "/f/1", match);
        assertThat(match.variables()).containsExactly("1", "");
        tree.match("GET", "/f/1/", match);
        assertThat(match.variables()).containsExactly("1", "/");
        tree.match("GET", "/f/1/a/b.c", match);
        assertThat(match.variables()).containsExactly("1", "/a/b.c");
        tree.match("GET", "/f//a", match);
        assertThat(match.variables()).containsExactly("/f//a");
        tree.match("GET", "/", match);
        assertThat(match.variables()).containsExactly("/");
    }

    @Test
    void copiesVariables() {
        RouteTree tree = tree("GET /{a}/x/{b}", "GET /p", "GET /q");
        RouteMatch match = tree.newMatch();
        tree.match("GET", new StringBuilder("/1/x/2"), match);
        String[] first = match.variables();
        assertThat(tree.match("GET", "/3/x/4", match).variableNames()).containsExactly("a", "b");
        assertThat(first).containsExactly("1", "2");
        assertThat(match.variable(match.route().variableIndex("b"))).isEqualTo("4");
        tree.match("GET", "/p", match);
        String[] none = match.variables();
        tree.match("GET", "/q", match);
        assertThat(none).isEmpty();
        assertThat(match.variables()).isSameAs(none);
    }

    @Test
    void forgetsTheLastMatch() {
        RouteTree tree = tree("GET /{a}");
        RouteMatch match = tree.newMatch();
        tree.match("GET", "/1", match);
        tree.match("GET", "/1/2", match);
        assertThat(match.route()).isNull();
        assertThatIllegalStateException().isThrownBy(() -> match.variable(0));
        tree.match("GET", "/1", match);
        match.clear();
        assertThatIllegalStateException().isThrownBy(match::variables);
    }

    @Test
    void refusesDuplicates() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tree("GET /users/{id}", "PUT /users/{id}", "GET /users/{name}"))
                .withMessageContaining("GET /users/{id}")
                .withMessageContaining("GET /users/{name}");
        assertThatIllegalArgumentException().isThrownBy(() -> tree("GET /**", "GET /{*all}"));
        assertThat(tree("GET /users/{id}", "PUT /users/{name}").routes()).hasSize(2);
    }

    @Test
    void refusesAnotherTreesMatch() {
        RouteMatch other = tree("GET /").newMatch();
        RouteTree tree = tree("GET /");
        assertThatIllegalArgumentException().isThrownBy(() -> tree.match("GET", "/", other));
    }

    @Test
    void numbersRoutesByTheirPlace() {
        RouteTree tree = tree("GET /**", "GET /{a}", "GET /a", "PUT /a");
        for (int i = 0; i < tree.routes().size(); i++) {
            assertThat(tree.routes().get(i).index()).isEqualTo(i);
        }
        assertThat(tree.match("PUT", "/a", tree.newMatch())).isIn(tree.routes());
        assertThat(Route.of("GET", "/", null, HANDLER).index()).isEqualTo(-1);
    }

    @Test
    void matchesNothingWithoutRoutes() {
        RouteTree tree = tree();
        assertThat(tree.match("GET", "/", tree.newMatch())).isNull();
    }

    @Test
    void buildsRoutesAndPrefixes() {
        FastRoutes routes =
                FastRoutes.builder()
                        .get("/{id}", Placement.INLINE, HANDLER)
                        .post("/", HANDLER)
                        .put("/{id}", HANDLER)
                        .patch("/{id}", HANDLER)
                        .delete("/{id}", HANDLER)
                        .route("OPTIONS", "/", HANDLER)
                        .build();
        assertThat(routes.routes())
                .extracting(r -> r.withPrefix("/base").name())
                .containsExactly(
                        "GET /base/{id}",
                        "POST /base/",
                        "PUT /base/{id}",
                        "PATCH /base/{id}",
                        "DELETE /base/{id}",
                        "OPTIONS /base/");
        assertThat(routes.routes().get(0).withPrefix("/b").placement()).isEqualTo(Placement.INLINE);
        assertThat(routes.routes().get(1).placement()).isNull();
        assertThat(routes.routes().get(1).withPrefix("")).isSameAs(routes.routes().get(1));
    }

    @Test
    void refusesBadRoutes() {
        Route route = Route.of("GET", "/{id}", null, HANDLER);
        assertThatIllegalArgumentException().isThrownBy(() -> route.withPrefix("/base/"));
        assertThatIllegalArgumentException().isThrownBy(() -> route.withPrefix("base"));
        assertThatIllegalArgumentException().isThrownBy(() -> route.withPrefix("/{id}"));
        assertThatIllegalArgumentException().isThrownBy(() -> route.variableIndex("name"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Route.of("get", "/", null, HANDLER))
                .withMessage("method: get (expected: upper case, for example GET)");
        FastRoutes.Builder twice = FastRoutes.builder().get("/a", HANDLER).get("/a", HANDLER);
        assertThatIllegalArgumentException().isThrownBy(twice::build);
    }

    private static String find(String path, String... routes) {
        RouteTree tree = tree(routes);
        Route found = tree.match("GET", path, tree.newMatch());
        return found == null ? "none" : found.name();
    }

    private static RouteTree tree(String... routes) {
        List<Route> list = new ArrayList<>();
        for (String route : routes) {
            String[] parts = route.split(" ");
            list.add(Route.of(parts[0], parts[1], null, HANDLER));
        }
        return RouteTree.of(list);
    }
}
