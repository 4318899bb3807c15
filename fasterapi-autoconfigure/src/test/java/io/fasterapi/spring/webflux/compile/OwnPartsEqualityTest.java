package io.fasterapi.spring.webflux.compile;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ReactiveTypeDescriptor;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.AbstractEncoder;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.util.MimeType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Parts that an application adds to WebFlux's own: a reactive type, an encoder of a subtype. */
class OwnPartsEqualityTest extends ComparedSettings {

    @Override
    List<Class<?>> sources() {
        return List.of(Application.class);
    }

    @ParameterizedTest
    @EnumSource
    void aReactiveTypeOfTheApplicationIsItsContent(Setting setting) throws IOException {
        String body = assertLikeStock(setting, "GET /box", request("GET", "/box")).text();
        assertThat(body).isEqualTo("{\"a\":1}");
    }

    @ParameterizedTest
    @EnumSource
    void anEncoderOfASubtypeWritesIt(Setting setting) throws IOException {
        String body = assertLikeStock(setting, "GET /special", request("GET", "/special")).text();
        assertThat(body).isEqualTo("{\"special\":true}");
        assertLikeStock(setting, "GET /special-later", request("GET", "/special-later"));
    }

    /** Holds a value, and is no Publisher. */
    static final class Box<T> {

        private final @Nullable T content;

        Box(@Nullable T content) {
            this.content = content;
        }

        public @Nullable T getContent() {
            return content;
        }
    }

    static class Document {

        public String getText() {
            return "document";
        }
    }

    static class Special extends Document {}

    static final class SpecialEncoder extends AbstractEncoder<Special> {

        SpecialEncoder() {
            super(MediaType.APPLICATION_JSON);
        }

        @Override
        public boolean canEncode(ResolvableType type, @Nullable MimeType mimeType) {
            return Special.class.isAssignableFrom(type.toClass())
                    && super.canEncode(type, mimeType);
        }

        @Override
        public Flux<DataBuffer> encode(
                Publisher<? extends Special> values,
                DataBufferFactory buffers,
                ResolvableType type,
                @Nullable MimeType mimeType,
                @Nullable Map<String, Object> hints) {
            return Flux.from(values)
                    .map(value -> encodeValue(value, buffers, type, mimeType, hints));
        }

        @Override
        public DataBuffer encodeValue(
                Special value,
                DataBufferFactory buffers,
                ResolvableType type,
                @Nullable MimeType mimeType,
                @Nullable Map<String, Object> hints) {
            return buffers.wrap("{\"special\":true}".getBytes());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @Bean
        SmartInitializingSingleton boxes(
                @Qualifier("webFluxAdapterRegistry") ReactiveAdapterRegistry registry) {
            return () ->
                    registry.registerReactiveType(
                            ReactiveTypeDescriptor.singleOptionalValue(
                                    Box.class, () -> new Box<>(null)),
                            source -> Mono.justOrEmpty(((Box<?>) source).getContent()),
                            publisher -> new Box<>(null));
        }

        @Bean
        WebFluxConfigurer codecs() {
            return new WebFluxConfigurer() {
                @Override
                public void configureHttpMessageCodecs(ServerCodecConfigurer configurer) {
                    configurer.customCodecs().register(new SpecialEncoder());
                }
            };
        }

        @GetMapping("/box")
        Box<Map<String, Integer>> box() {
            return new Box<>(Map.of("a", 1));
        }

        @GetMapping("/special")
        Document special() {
            return new Special();
        }

        @GetMapping("/special-later")
        Mono<Document> specialLater() {
            return Mono.just(new Special());
        }
    }
}
