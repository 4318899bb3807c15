package io.fasterapi.spring.aside;

import io.fasterapi.core.CoreLocal;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.http.FastResponse;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.ShardKey;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Fast routes, which are FasterAPI's own: with and without a core. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class AsideRoutes {

    record Item(String name, int amount) {}

    @Bean
    FastRoutes onTheirCores(HandlerCores cores) {
        CoreLocal<Map<String, Integer>> sums = new CoreLocal<>(cores, HashMap::new);
        return FastRoutes.builder()
                .post(
                        "/fast/sums/{name}",
                        ShardKey.path("name"),
                        (req, res) -> {
                            Item item = req.json(Item.class);
                            String name = req.pathVariable("name");
                            res.json(
                                    new Item(
                                            name,
                                            sums.get().merge(name, item.amount, Integer::sum)));
                        })
                .get("/fast/here", (req, res) -> res.text(here()))
                .get("/fast/inline", Placement.INLINE, (req, res) -> res.text(here()))
                .build();
    }

    @Bean
    FastRoutes ofAnyThread() {
        return FastRoutes.builder()
                .get("/fast/users/{id}", (req, res) -> res.text("user " + req.pathVariable("id")))
                .get("/fast/later", (req, res) -> later(res.async()))
                .get(
                        "/fast/fails",
                        (req, res) -> {
                            throw new IllegalStateException("in a test");
                        })
                .build();
    }

    private static void later(FastResponse response) {
        new Thread(() -> response.status(202).header("x-own", "1").text("later")).start();
    }

    private static String here() {
        return HandlerCore.current() == null ? "no core" : "core";
    }
}
