package io.fasterapi.spring.equality;

import io.fasterapi.spring.equality.Payloads.Greeting;
import io.fasterapi.spring.equality.Payloads.Point;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Methods of one path each, told apart by conditions other than path and HTTP method. */
@RestController
@RequestMapping("/cond")
class ConditionEndpoints {

    @GetMapping(path = "/param", params = "a")
    String paramPresent() {
        return "a present";
    }

    @GetMapping(path = "/param", params = "a=1")
    String paramEquals() {
        return "a is 1";
    }

    @GetMapping(
            path = "/param",
            params = {"!a", "b"})
    String paramAbsent() {
        return "b without a";
    }

    @GetMapping(path = "/header", headers = "X-Kind=one")
    String headerOne() {
        return "one";
    }

    @GetMapping(
            path = "/header",
            headers = {"X-Kind!=one", "X-Kind"})
    String headerOther() {
        return "another";
    }

    /** The only method of its path, and it has a condition. */
    @GetMapping(path = "/header-only", headers = "X-Kind")
    String headerOnly() {
        return "with kind";
    }

    @PostMapping(path = "/consumes", consumes = MediaType.APPLICATION_JSON_VALUE)
    String consumesJson(@RequestBody Point point) {
        return "json " + point.x();
    }

    @PostMapping(path = "/consumes", consumes = MediaType.TEXT_PLAIN_VALUE)
    String consumesText(@RequestBody String text) {
        return "text " + text;
    }

    @PostMapping(path = "/consumes-not", consumes = "!text/plain")
    String consumesNot(@RequestBody(required = false) byte[] body) {
        return body == null ? "nothing" : "bytes " + body.length;
    }

    @PostMapping(path = "/consumes-any", consumes = "text/*")
    String consumesAny(@RequestBody String text) {
        return "some text " + text;
    }

    @GetMapping(path = "/produces", produces = MediaType.APPLICATION_JSON_VALUE)
    Greeting producesJson() {
        return new Greeting("json");
    }

    @GetMapping(path = "/produces", produces = "application/vnd.me+json")
    Greeting producesDialect() {
        return new Greeting("dialect");
    }

    @GetMapping(path = "/produces", produces = MediaType.TEXT_HTML_VALUE)
    String producesHtml() {
        return "<p>html</p>";
    }

    @GetMapping(
            path = "/produces-two",
            produces = {MediaType.TEXT_PLAIN_VALUE, MediaType.APPLICATION_JSON_VALUE})
    String producesTwo() {
        return "either";
    }

    @GetMapping(path = "/produces-charset", produces = "application/json;charset=UTF-8")
    Greeting producesCharset() {
        return new Greeting("Gr\u00fc\u00dfe");
    }

    @GetMapping(path = "/produces-string", produces = MediaType.APPLICATION_JSON_VALUE)
    String producesString() {
        return "{\"written\":\"by hand\"}";
    }

    /** Nothing can write a record as text. */
    @GetMapping(path = "/produces-text", produces = MediaType.TEXT_PLAIN_VALUE)
    Greeting producesText() {
        return new Greeting("unwritable");
    }

    @GetMapping(path = "/produces-any", produces = "text/*")
    String producesAny() {
        return "some text";
    }

    @GetMapping(path = "/produces-not", produces = "!text/html")
    String producesNot() {
        return "anything but html";
    }
}
