package io.fasterapi.spring.equality;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fasterapi.spring.equality.Payloads.Greeting;
import io.fasterapi.spring.equality.Payloads.Level;
import io.fasterapi.spring.equality.Payloads.Order;
import io.fasterapi.spring.equality.Payloads.Person;
import io.fasterapi.spring.equality.Payloads.Point;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Controller methods told apart by the plain value they return. */
@RestController
class ResultEndpoints {

    @GetMapping("/plain")
    String plain() {
        return "Hello, World!";
    }

    @GetMapping("/unicode")
    String unicode() {
        return "Grüße, 世界 🌍";
    }

    @GetMapping("/json")
    Greeting json() {
        return new Greeting("Hello, World!");
    }

    @GetMapping("/bean")
    Person bean() {
        return new Person();
    }

    @GetMapping("/order")
    Order order() {
        List<Point> points = List.of(new Point(1, 2, null), new Point(3, 4, "ü\"\\\n"));
        Map<String, Object> extra = Map.of("nested", List.of(1, 2.5, true));
        LocalDate day = LocalDate.of(2026, 11, 21);
        return new Order(1L << 40, new BigDecimal("12.50"), day, Level.HIGH, points, extra);
    }

    @GetMapping("/list")
    List<Point> list() {
        return List.of(new Point(1, 2, "a"), new Point(3, 4, "b"));
    }

    @GetMapping("/strings")
    List<String> strings() {
        return List.of("a", "b");
    }

    @GetMapping("/empty-list")
    List<Point> emptyList() {
        return List.of();
    }

    @GetMapping("/empty-string")
    String emptyString() {
        return "";
    }

    @GetMapping("/map")
    Map<String, Object> map() {
        return Map.of("one", 1);
    }

    @GetMapping("/optional")
    Optional<Greeting> optional() {
        return Optional.of(new Greeting("there"));
    }

    @GetMapping("/number")
    long number() {
        return 42;
    }

    @GetMapping("/enum")
    Level level() {
        return Level.LOW;
    }

    @GetMapping("/tree")
    JsonNode tree() {
        return JsonNodeFactory.instance.objectNode().put("tree", true);
    }

    @GetMapping("/bytes")
    byte[] bytes() {
        return new byte[] {0, 1, 2, (byte) 0xff};
    }

    @GetMapping("/resource")
    Resource resource() {
        return new ByteArrayResource("0123456789".getBytes(UTF_8));
    }

    @GetMapping("/void")
    void nothing() {}

    @DeleteMapping("/void")
    void deleteNothing() {}

    @GetMapping(path = "/negotiated", produces = MediaType.APPLICATION_JSON_VALUE)
    Greeting negotiatedJson() {
        return new Greeting("json");
    }

    @GetMapping(path = "/negotiated", produces = MediaType.TEXT_PLAIN_VALUE)
    String negotiatedText() {
        return "text";
    }

    @GetMapping(path = "/latin", produces = "text/plain;charset=ISO-8859-1")
    String latin() {
        return "Grüße";
    }

    @GetMapping(path = "/versioned", params = "v=2", headers = "X-Api")
    String versionTwo() {
        return "two";
    }

    @GetMapping("/versioned")
    String versionOne() {
        return "one";
    }

    @GetMapping("/fn-over-annotated")
    String neverReached() {
        return "annotated";
    }

    @CrossOrigin(
            origins = "https://friend.example",
            allowedHeaders = "X-Custom",
            exposedHeaders = "X-Exposed",
            allowCredentials = "true",
            maxAge = 600)
    @GetMapping("/cors")
    String cors() {
        return "cors";
    }

    @CrossOrigin
    @DeleteMapping("/cors-any")
    String corsAny() {
        return "cors any";
    }
}
