package io.fasterapi.spring.webflux.compile;

import io.fasterapi.spring.testing.RandomCases;
import io.fasterapi.spring.webflux.compile.WrittenTypes.Circle;
import io.fasterapi.spring.webflux.compile.WrittenTypes.Document;
import io.fasterapi.spring.webflux.compile.WrittenTypes.Fragile;
import io.fasterapi.spring.webflux.compile.WrittenTypes.Longer;
import io.fasterapi.spring.webflux.compile.WrittenTypes.Page;
import io.fasterapi.spring.webflux.compile.WrittenTypes.Point;
import io.fasterapi.spring.webflux.compile.WrittenTypes.Shape;
import io.fasterapi.spring.webflux.compile.WrittenTypes.Special;
import io.fasterapi.spring.webflux.compile.WrittenTypes.Square;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;

/** Random values for what {@link WrittenEndpoints} declare. Stateless. */
final class WrittenValues {

    private static final int[] USUAL = {200, 200, 200, 201, 202, 400, 404, 418, 500, 299, 599};
    private static final int[] UNUSUAL = {204, 205, 304, 600, 999, 301};

    /** What makes the values of a path. */
    static final Map<String, Function<RandomCases, @Nullable Object>> OF_PATHS = ofPaths();

    private WrittenValues() {}

    private static Map<String, Function<RandomCases, @Nullable Object>> ofPaths() {
        Map<String, Function<RandomCases, @Nullable Object>> all = new LinkedHashMap<>();
        for (String path : List.of("point", "created", "stage", "value-of-base", "produces-json")) {
            all.put(path, orNull(WrittenValues::point));
        }
        for (String path :
                List.of("document", "viewed-later", "view-of-contract", "view-of-base")) {
            all.put(path, orNull(WrittenValues::document));
        }
        for (String path : List.of("text", "text-later", "produces")) {
            all.put(path, orNull(random -> random.text(30)));
        }
        all.put("typed", random -> random.text(30));
        all.put("fails-later", random -> random.text(30));
        all.put("typed-point", WrittenValues::point);
        all.put("typed-later", random -> random.text(30));
        all.put("shape", orNull(WrittenValues::shape));
        all.put("shapes", orNull(random -> List.of(shape(random), shape(random))));
        all.put("values-of-base", orNull(random -> List.of(point(random), point(random))));
        all.put("map", orNull(WrittenValues::map));
        all.put("anything", orNull(WrittenValues::anything));
        all.put("page", orNull(random -> new Page<>(shape(random), List.of(shape(random)))));
        all.put("page-of-contract", orNull(r -> new Page<>(point(r), List.of(point(r)))));
        all.put("bytes", orNull(WrittenValues::bytes));
        all.put("number", random -> random.below(1000) - 500);
        all.put("fragile", random -> new Fragile(random.below(100)));
        all.put("fragile-entity", random -> entity(random, new Fragile(random.below(100))));
        all.put("viewed", random -> entity(random, document(random)));
        all.put("entity-of-contract", random -> entity(random, point(random)));
        all.put("entity-text", random -> entity(random, random.text(30)));
        all.put("entity-bytes", random -> entity(random, bytes(random)));
        all.put("entity-shape", random -> entity(random, shape(random)));
        return all;
    }

    private static Function<RandomCases, @Nullable Object> orNull(
            Function<RandomCases, Object> values) {
        return random -> random.percent(3) ? null : values.apply(random);
    }

    private static @Nullable String name(RandomCases random) {
        return random.percent(20) ? null : random.text(12);
    }

    private static Point point(RandomCases random) {
        return new Point(random.below(100), name(random));
    }

    private static Shape shape(RandomCases random) {
        return random.percent(50)
                ? new Circle(random.below(10) / 4.0)
                : new Square(random.below(10), name(random));
    }

    private static Document document(RandomCases random) {
        return switch (random.below(4)) {
            case 0 -> new Special();
            case 1 -> new Longer();
            default -> new Document();
        };
    }

    private static byte[] bytes(RandomCases random) {
        byte[] bytes = new byte[random.below(40)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.below(256);
        }
        return bytes;
    }

    private static Map<String, @Nullable Shape> map(RandomCases random) {
        Map<String, @Nullable Shape> map = new LinkedHashMap<>();
        for (int i = random.below(4); i > 0; i--) {
            map.put(random.text(5), random.percent(20) ? null : shape(random));
        }
        return map;
    }

    private static Map<String, Object> anything(RandomCases random) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("shape", shape(random));
        map.put("point", point(random));
        map.put("list", new ArrayList<>(List.of(1, "two", 3.5, document(random), Map.of())));
        return map;
    }

    private static ResponseEntity<Object> entity(RandomCases random, Object value) {
        HttpHeaders headers = new HttpHeaders();
        for (int i = random.percent(60) ? 0 : random.below(4); i > 0; i--) {
            headers.add(
                    random.oneOf(
                            "X-Own", "x-own", "X-B", "Location", "Cache-Control", "Set-Cookie"),
                    "v" + random.below(9));
        }
        boolean unusual = random.percent(15);
        if (unusual && random.percent(50)) {
            switch (random.below(4)) {
                case 0 -> headers.setETag("\"" + random.below(9) + "\"");
                case 1 ->
                        headers.set(
                                "Content-Type",
                                random.oneOf("text/plain", "application/json", "image/png"));
                case 2 -> headers.set("Vary", "X-Own");
                default -> headers.setLastModified(random.below(9) * 100_000L);
            }
        }
        int status =
                unusual ? UNUSUAL[random.below(UNUSUAL.length)] : USUAL[random.below(USUAL.length)];
        return new ResponseEntity<>(
                random.percent(5) ? null : value, headers, HttpStatusCode.valueOf(status));
    }
}
