package io.fasterapi.samples.quickstart;

import io.fasterapi.codec.BodyWriters;
import io.fasterapi.http.ConstantBody;
import io.fasterapi.route.FastRoutes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An answer that never changes. */
@Configuration(proxyBeanMethods = false)
class ConstantRoutes {

    // tag::constant[]
    @Bean
    FastRoutes constantAnswers(BodyWriters writers) {
        ConstantBody hello = writers.constant(new Message("Hello, World!"));
        return FastRoutes.builder()
                .get("/fast/constant", (req, res) -> res.constant(hello))
                .build();
    }
    // end::constant[]
}
