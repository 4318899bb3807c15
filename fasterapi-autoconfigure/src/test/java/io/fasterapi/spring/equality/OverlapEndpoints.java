package io.fasterapi.spring.equality;

import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * Patterns that overlap: with each other, with {@link OverlapRoutes functional routes} and with
 * files.
 */
@RestController
@RequestMapping("/over")
class OverlapEndpoints {

    @GetMapping("/{id}")
    String byId(@PathVariable String id) {
        return "id " + id;
    }

    @GetMapping("/fixed")
    String fixed() {
        return "fixed";
    }

    /** A GET of this path goes to {@link #byId}. */
    @PostMapping("/posted")
    String posted() {
        return "posted";
    }

    @GetMapping("/{a}/x")
    String lastFixed(@PathVariable String a) {
        return "last fixed, " + a;
    }

    @GetMapping("/a/{b}")
    String firstFixed(@PathVariable String b) {
        return "first fixed, " + b;
    }

    @GetMapping("/a/x")
    String bothFixed() {
        return "both fixed";
    }

    @GetMapping("/{a}/{b}")
    String neitherFixed(@PathVariable String a, @PathVariable String b) {
        return "neither fixed, " + a + " " + b;
    }

    @DeleteMapping("/{a}/{b}")
    String deleted(@PathVariable String a, @PathVariable String b) {
        return "deleted, " + a + " " + b;
    }

    @GetMapping("/{number:\\d+}")
    String number(@PathVariable long number) {
        return "number " + number;
    }

    @GetMapping("/num-{number}")
    String prefixed(@PathVariable String number) {
        return "prefixed " + number;
    }

    @GetMapping("/*.html")
    String html() {
        return "html";
    }

    @GetMapping("/o?e")
    String anyChar() {
        return "any character";
    }

    @GetMapping("/deep/{*rest}")
    String deep(@PathVariable String rest) {
        return "deep " + rest;
    }

    @GetMapping("/deep/down/{name}")
    String deepDown(@PathVariable String name) {
        return "deep down " + name;
    }

    @GetMapping("/deep/**")
    String deepAny() {
        return "deep any";
    }

    @GetMapping("/both")
    String both() {
        return "without slash";
    }

    @GetMapping("/both/")
    String bothWithSlash() {
        return "with slash";
    }

    @GetMapping({"/one", "/two", "/three/{n}"})
    String several() {
        return "one of several";
    }

    @RequestMapping(
            path = "/methods",
            method = {RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.GET})
    String methods() {
        return "one of three methods";
    }

    @RequestMapping(path = "/head", method = RequestMethod.HEAD)
    void head() {}

    @RequestMapping(path = "/options", method = RequestMethod.OPTIONS)
    String options() {
        return "own options";
    }

    /** In front of the file of that name. */
    @GetMapping("/file.txt")
    String file() {
        return "no file";
    }

    /** Behind the functional route of that path. */
    @GetMapping("/routed")
    String routed() {
        return "never reached by GET";
    }

    @PostMapping("/routed")
    String routedPost() {
        return "reached by POST";
    }

    /** Behind a functional route that takes it for some requests. */
    @GetMapping("/routed-if")
    String routedIf() {
        return "no such header";
    }

    @GetMapping("/routed-rest/here")
    String routedRest() {
        return "never reached";
    }
}
