package io.fasterapi.spring.equality;

import io.fasterapi.spring.equality.Payloads.Point;
import jakarta.validation.constraints.Min;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.springframework.core.annotation.AliasFor;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Mappings that are declared elsewhere than on the method that runs, and proxied classes. */
final class InheritedEndpoints {

    private InheritedEndpoints() {}

    /** Declares mappings and argument annotations for its implementation. */
    @RequestMapping("/inherited")
    interface Api {

        @GetMapping("/by-interface/{id}")
        String byInterface(@PathVariable("id") int id, @RequestParam(defaultValue = "d") String q);

        @PostMapping("/by-interface")
        @ResponseStatus(HttpStatus.CREATED)
        Point create(@RequestBody Point point);

        @GetMapping("/by-default")
        default String byDefault() {
            return "by default";
        }
    }

    /** Its type parameter is known only in a subclass. */
    abstract static class Base<T> {

        @PostMapping("/generic")
        T generic(@RequestBody T value) {
            return value;
        }

        @PostMapping("/generic-list")
        List<T> genericList(@RequestBody List<T> values) {
            return values;
        }

        abstract T example();

        @GetMapping("/generic")
        T genericExample() {
            return example();
        }
    }

    @RestController
    static class Implementation extends Base<Point> implements Api {

        @Override
        public String byInterface(int id, String q) {
            return "by interface " + id + " " + q;
        }

        @Override
        public Point create(Point point) {
            return new Point(point.y(), point.x(), "created");
        }

        @Override
        Point example() {
            return new Point(5, 6, "example");
        }

        @GetText("/composed")
        String composed() {
            return "by a composed annotation";
        }

        @RequestMapping("/every-method")
        String everyMethod() {
            return "every method";
        }
    }

    /** Called through a proxy that validates. */
    @Validated
    @RestController
    @RequestMapping("/proxied")
    static class Proxied {

        @GetMapping("/{n}")
        String number(@PathVariable @Min(3) int n) {
            return "n " + n;
        }

        @GetMapping("/result")
        @Min(3)
        int result(@RequestParam int n) {
            return n;
        }

        @PostMapping("/point")
        Point point(@RequestBody Point point) {
            return point;
        }
    }

    /** Every answer has this status, if the method says no other. */
    @RestController
    @RequestMapping(
            path = {"/status-a", "/status-b"},
            produces = MediaType.TEXT_PLAIN_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    static class WithStatus {

        @GetMapping
        String atTheRoot() {
            return "root";
        }

        @GetMapping("/own")
        @ResponseStatus(HttpStatus.CREATED)
        String own() {
            return "own";
        }

        @GetMapping(path = "/json", produces = MediaType.APPLICATION_JSON_VALUE)
        Point json() {
            return new Point(0, 1, "json");
        }
    }

    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @RequestMapping(method = RequestMethod.GET, produces = MediaType.TEXT_PLAIN_VALUE)
    @interface GetText {

        @AliasFor(annotation = RequestMapping.class, attribute = "path")
        String[] value();
    }
}
