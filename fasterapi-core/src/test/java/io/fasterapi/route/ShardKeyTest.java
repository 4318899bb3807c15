package io.fasterapi.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fasterapi.http.FastHandler;
import io.fasterapi.placement.Placement;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardKeyTest {

    private static final FastHandler NONE = (req, res) -> res.end();

    @Test
    void aRouteWithAKeyRunsOnACoreAndKeepsItsKey() {
        ShardKey key = ShardKey.query("user");
        List<Route> routes =
                FastRoutes.builder()
                        .get("/a", key, NONE)
                        .post("/a", key, NONE)
                        .put("/a", key, NONE)
                        .patch("/a", key, NONE)
                        .delete("/a", key, NONE)
                        .route("PURGE", "/a", key, NONE)
                        .build()
                        .routes();

        assertThat(routes)
                .extracting(Route::method)
                .containsExactly("GET", "POST", "PUT", "PATCH", "DELETE", "PURGE");
        assertThat(routes)
                .allMatch(route -> route.placement() == Placement.CORE)
                .allMatch(route -> route.shardKey() == key);
        Route changed = routes.get(0).withPrefix("/base").when(RouteCondition.ALWAYS);
        assertThat(RouteTree.of(List.of(changed)).routes().get(0).shardKey()).isSameAs(key);
        assertThat(Route.of("GET", "/a", Placement.INLINE, NONE).shardKey()).isNull();
    }

    @Test
    void aPlacementThatIsNoCoreIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                Route.of("GET", "/a/{id}", Placement.INLINE, NONE)
                                        .shardedBy(ShardKey.path("id")))
                .withMessage("GET /a/{id}: placement inline with a shard key (expected: core)");
        assertThat(
                        Route.of("GET", "/a/{id}", Placement.CORE, NONE)
                                .shardedBy(ShardKey.path("id"))
                                .placement())
                .isEqualTo(Placement.CORE);
    }

    @Test
    void aVariableThatTheTemplateHasNotIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FastRoutes.builder().get("/a/{id}", ShardKey.path("user"), NONE))
                .withMessage("variable: user (expected: one of /a/{id})");
    }
}
