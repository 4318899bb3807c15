package io.fasterapi.spring.webflux.compile;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonView;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.RequestBody;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Parameters of every kind that takes the body, in methods that are never called. */
class BodyParameters {

    /** How often objects were made and validated. */
    static final AtomicInteger MADE = new AtomicInteger();

    static final AtomicInteger CHECKED = new AtomicInteger();

    interface Late {}

    interface Short {}

    /** Counts what it is asked. */
    @Constraint(validatedBy = Counting.class)
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.FIELD)
    @interface Counted {

        String message() default "may not be odd";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    /** Refuses odd numbers, and fails with 13. */
    static class Counting implements ConstraintValidator<Counted, Integer> {

        @Override
        public boolean isValid(@Nullable Integer value, ConstraintValidatorContext context) {
            CHECKED.incrementAndGet();
            if (value != null && value == 13) {
                throw new IllegalStateException("thirteen");
            }
            return value == null || value % 2 == 0;
        }
    }

    record Item(
            @NotBlank @Nullable String name,
            @Counted @Max(value = 9, groups = Late.class) @Nullable Integer n) {

        Item {
            MADE.incrementAndGet();
            if ("boom".equals(name)) {
                throw new IllegalArgumentException("boom");
            }
        }
    }

    record Order(@NotNull @Valid @Nullable Item item, @Nullable List<@Valid Item> items) {}

    record Page<T>(@Nullable T content, int number) {}

    /** Has setters. */
    static class Bean {

        private @Nullable String name;
        private int n;

        Bean() {
            MADE.incrementAndGet();
        }

        public @Nullable String getName() {
            return name;
        }

        @JsonView(Short.class)
        public void setName(@Nullable String name) {
            this.name = name;
        }

        public int getN() {
            return n;
        }

        public void setN(int n) {
            this.n = n;
        }

        @Override
        public String toString() {
            return name + " " + n;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bean && other.toString().equals(toString());
        }

        @Override
        public int hashCode() {
            return toString().hashCode();
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Circle.class, name = "circle"),
        @JsonSubTypes.Type(value = Square.class, name = "square")
    })
    sealed interface Shape permits Circle, Square {}

    record Circle(@Max(5) int n) implements Shape {}

    record Square(int n) implements Shape {

        @JsonCreator
        static Square of(@JsonProperty("n") int n) {
            MADE.incrementAndGet();
            return new Square(n);
        }
    }

    void plain(
            @RequestBody Item item,
            @RequestBody Order order,
            @RequestBody Bean bean,
            @RequestBody Shape shape,
            @RequestBody JsonNode tree,
            @RequestBody Map<String, Item> map) {}

    void plainToo(
            @RequestBody Map<String, Object> anything,
            @RequestBody List<Item> items,
            @RequestBody Item[] array,
            @RequestBody Page<Item> page,
            @RequestBody Page<List<Integer>> nested,
            @RequestBody int number) {}

    void plainMore(
            @RequestBody Integer boxed,
            @RequestBody String text,
            @RequestBody byte[] bytes,
            @RequestBody @JsonView(Short.class) Bean viewed) {}

    void validated(
            @Valid @RequestBody Item item,
            @Validated @RequestBody Item alsoItem,
            @Validated(Late.class) @RequestBody Item late,
            @Valid @RequestBody Order order,
            @Valid @RequestBody Bean bean,
            @Valid @RequestBody Shape shape) {}

    void validatedToo(
            @Valid @RequestBody Page<Item> page,
            @Valid @RequestBody String text,
            @Valid @RequestBody Map<String, Item> map) {}

    void later(
            @RequestBody Mono<Item> item,
            @Valid @RequestBody Mono<Item> valid,
            @Validated(Late.class) @RequestBody Mono<Order> order,
            @RequestBody Mono<String> text,
            @RequestBody Mono<byte[]> bytes,
            @RequestBody Mono<List<Item>> items) {}

    void laterToo(@RequestBody(required = false) Mono<Item> optional) {}

    void optional(
            @RequestBody(required = false) @Nullable Item item,
            @Valid @RequestBody(required = false) @Nullable Item valid,
            @RequestBody @Nullable Item nullable,
            @RequestBody(required = false) @Nullable String text,
            @RequestBody(required = false) byte @Nullable [] bytes) {}

    interface Contract<T> {

        void implemented(
                @Valid @RequestBody T generic,
                @RequestBody Page<T> page,
                @Validated(Late.class) @RequestBody Mono<T> later);
    }

    static class Implementation implements Contract<Item> {

        @Override
        public void implemented(Item generic, Page<Item> page, Mono<Item> later) {}
    }
}
