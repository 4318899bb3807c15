package io.fasterapi.spring.webflux.compile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonView;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.AbstractEncoder;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MimeType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What {@link WrittenEndpoints} declare, and what their methods return. */
final class WrittenTypes {

    /** Makes what the next call returns. */
    static volatile Supplier<@Nullable Object> next = () -> null;

    private WrittenTypes() {}

    @SuppressWarnings("unchecked")
    static <T> T take() {
        return (T) next.get();
    }

    interface Short {}

    interface Long {}

    record Point(int x, @Nullable String name) {}

    record Page<T>(@Nullable T content, List<T> rest) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Circle.class, name = "circle"),
        @JsonSubTypes.Type(value = Square.class, name = "square")
    })
    interface Shape {}

    record Circle(double radius) implements Shape {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Square(int side, @Nullable String colour) implements Shape {}

    /** Cannot always be written. */
    record Fragile(int at) {

        public int getTrouble() {
            if (at % 7 == 0) {
                throw new IllegalArgumentException("trouble " + at);
            }
            return at;
        }
    }

    static class Document {

        @JsonView(Short.class)
        public String title = "title";

        @JsonView(Long.class)
        public String text = "text";

        public @Nullable String neither;
    }

    /** Has an encoder of its own. */
    static class Special extends Document {}

    static class Longer extends Document {

        @JsonView(Short.class)
        public List<Shape> shapes = List.of(new Circle(1), new Square(2, null));
    }

    static final class SpecialEncoder extends AbstractEncoder<Special> {

        SpecialEncoder() {
            super(MediaType.APPLICATION_JSON, MediaType.valueOf("application/special"));
        }

        @Override
        public boolean canEncode(ResolvableType type, @Nullable MimeType mimeType) {
            return Special.class.isAssignableFrom(type.toClass())
                    && super.canEncode(type, mimeType);
        }

        @Override
        public Flux<DataBuffer> encode(
                org.reactivestreams.Publisher<? extends Special> values,
                DataBufferFactory buffers,
                ResolvableType type,
                @Nullable MimeType mimeType,
                @Nullable Map<String, Object> hints) {
            return Flux.from(values).map(each -> buffers.wrap("{\"special\":1}".getBytes()));
        }
    }

    /** An annotation in other words. */
    @ResponseStatus(HttpStatus.CREATED)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Created {}

    interface Contract<T> {

        @GetMapping("/view-of-contract")
        @JsonView(Short.class)
        Document viewOfContract();

        @GetMapping("/entity-of-contract")
        ResponseEntity<T> entityOfContract();

        @GetMapping("/page-of-contract")
        Mono<Page<T>> pageOfContract();
    }

    abstract static class Base<T> {

        @GetMapping("/view-of-base")
        @JsonView(Long.class)
        Document viewOfBase() {
            return take();
        }

        @GetMapping("/value-of-base")
        T valueOfBase() {
            return take();
        }

        @GetMapping("/values-of-base")
        List<T> valuesOfBase() {
            return take();
        }
    }
}
