package io.fasterapi.samples.quickstart;

import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one class here that knows FasterAPI: routes that skip the WebFlux machinery. */
@Configuration(proxyBeanMethods = false)
class DirectRoutes {

    // tag::fast-routes[]
    @Bean
    FastRoutes fastRoutes() {
        return FastRoutes.builder()
                .get("/fast/json", (req, res) -> res.json(new Message("Hello, World!")))
                .get(
                        "/fast/inline/json",
                        Placement.INLINE,
                        (req, res) -> res.json(new Message("Hello, World!")))
                .get(
                        "/fast/hello/{name}",
                        (req, res) ->
                                res.json(new Message("Hello, " + req.pathVariable("name") + "!")))
                .post("/fast/echo", (req, res) -> res.json(req.json(Message.class)))
                .build();
    }
    // end::fast-routes[]
}
