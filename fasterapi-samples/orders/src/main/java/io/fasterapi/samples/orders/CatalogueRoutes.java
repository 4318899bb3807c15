package io.fasterapi.samples.orders;

import io.fasterapi.codec.BodyWriter;
import io.fasterapi.core.CoreLocal;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.ShardKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** A catalogue on fast routes: arguments, answers that come later, a file, a writer, a key. */
@Configuration(proxyBeanMethods = false)
class CatalogueRoutes {

    /**
     * Names of articles.
     *
     * @param names in their order
     */
    record Articles(List<String> names) {}

    private static final Articles ALL = new Articles(List.of("coffee", "tea"));

    // tag::routes[]
    @Bean
    FastRoutes catalogue(@Value("${orders.files:.}") Path folder) {
        return FastRoutes.builder()
                .get("/catalogue", Placement.INLINE, (req, res) -> res.write(ALL))
                .get(
                        "/catalogue/search",
                        (req, res) -> {
                            String wanted = req.queryParameter("q");
                            if (wanted == null) {
                                res.status(400).text("q: missing");
                            } else {
                                res.header("Cache-Control", "max-age=60").json(ALL);
                            }
                        })
                .get(
                        "/catalogue/{article}/stock",
                        (req, res) -> {
                            res.async(); // the answer comes after this handler has returned
                            stock(req.pathVariable("article")).subscribe(res::json, res::fail);
                        })
                .get("/catalogue.pdf", (req, res) -> res.file(folder.resolve("catalogue.pdf")))
                .build();
    }

    // end::routes[]

    private static Mono<Integer> stock(String article) {
        return Mono.fromSupplier(article::length);
    }

    // tag::writer[]
    @Bean
    BodyWriter<Articles> articlesAsCsv() {
        return new BodyWriter<>() {
            @Override
            public boolean supports(Class<?> type) {
                return type == Articles.class;
            }

            @Override
            public CharSequence contentType() {
                return "text/csv;charset=UTF-8";
            }

            @Override
            public void write(Articles value, ByteBuf target) {
                value.names().forEach(name -> ByteBufUtil.writeUtf8(target, name + "\n"));
            }
        };
    }

    // end::writer[]

    // tag::sharded[]
    @Bean
    FastRoutes visits(HandlerCores cores) {
        CoreLocal<Map<String, Integer>> visits = new CoreLocal<>(cores, HashMap::new);
        return FastRoutes.builder()
                .post(
                        "/catalogue/{article}/visits",
                        ShardKey.path("article"),
                        (req, res) -> {
                            String article = req.pathVariable("article");
                            res.json(visits.get().merge(article, 1, Integer::sum));
                        })
                .build();
    }
    // end::sharded[]
}
