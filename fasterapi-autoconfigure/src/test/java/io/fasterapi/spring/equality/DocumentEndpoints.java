package io.fasterapi.spring.equality;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonView;
import io.fasterapi.spring.equality.Payloads.Level;
import io.fasterapi.spring.equality.Payloads.Point;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * JSON that depends on more than the class of the value: generics, subtypes, views, annotations.
 */
@RestController
@RequestMapping("/doc")
class DocumentEndpoints {

    private static final Page<Point> PAGE =
            new Page<>(List.of(new Point(1, 2, "p"), new Point(3, 4, null)), 2);

    @GetMapping("/page")
    Page<Point> page() {
        return PAGE;
    }

    @GetMapping("/wildcard")
    Page<?> wildcard() {
        return PAGE;
    }

    @GetMapping("/object")
    Object object() {
        return PAGE;
    }

    /** Its type decides at run time: text, not JSON. */
    @GetMapping("/object-text")
    Object objectText() {
        return "an object that is text";
    }

    @GetMapping("/shape")
    Shape shape() {
        return new Circle(3);
    }

    /** Type ids are written since the declared element type asks for them. */
    @GetMapping("/shapes")
    List<Shape> shapes() {
        return List.of(new Circle(1), new Square(2, Level.HIGH));
    }

    @GetMapping("/shapes-mono")
    Mono<List<Shape>> shapesMono() {
        return Mono.just(shapes());
    }

    @GetMapping("/shapes-raw")
    List<?> shapesRaw() {
        return shapes();
    }

    @GetMapping("/shape-map")
    Map<Level, Shape> shapeMap() {
        return new TreeMap<>(Map.of(Level.LOW, new Circle(1), Level.HIGH, new Circle(2)));
    }

    @GetMapping("/annotated")
    Annotated annotated() {
        return new Annotated("n", LocalDateTime.of(2026, 11, 21, 7, 8), null);
    }

    @GetMapping("/profile")
    @JsonView(Open.class)
    Profile profile() {
        return new Profile("ada", "ada@example.org");
    }

    @GetMapping("/profile-whole")
    Profile profileWhole() {
        return new Profile("ada", "ada@example.org");
    }

    @GetMapping("/profiles")
    @JsonView(Closed.class)
    Mono<List<Profile>> profiles() {
        return Mono.just(List.of(profileWhole()));
    }

    @PostMapping("/profile")
    Profile readProfile(@RequestBody @JsonView(Open.class) Profile profile) {
        return profile;
    }

    @PostMapping("/page")
    Page<Point> readPage(@RequestBody Page<Point> page) {
        return new Page<>(page.items(), page.items().size());
    }

    @PostMapping("/shape")
    String readShape(@RequestBody Shape shape) {
        return shape.toString();
    }

    @PostMapping("/annotated")
    Annotated readAnnotated(@RequestBody Annotated annotated) {
        return annotated;
    }

    interface Open {}

    interface Closed extends Open {}

    record Page<T>(List<T> items, int total) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Circle.class, name = "circle"),
        @JsonSubTypes.Type(value = Square.class, name = "square")
    })
    sealed interface Shape permits Circle, Square {}

    record Circle(int radius) implements Shape {}

    record Square(int side, Level level) implements Shape {}

    record Profile(
            @JsonView(Open.class) @Nullable String name,
            @JsonView(Closed.class) @Nullable String email) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Annotated(
            @JsonProperty("the-name") String name,
            @JsonFormat(pattern = "yyyy/MM/dd HH:mm") LocalDateTime time,
            @Nullable String missing) {}
}
