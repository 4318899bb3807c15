package io.fasterapi.samples.techempower;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The two tests without a database. */
@RestController
class HelloController {

    /**
     * The body of the JSON test.
     *
     * @param message what it says
     */
    record Message(String message) {}

    @GetMapping("/json")
    Message json() {
        return new Message("Hello, World!");
    }

    @GetMapping(path = "/plaintext", produces = MediaType.TEXT_PLAIN_VALUE)
    String plaintext() {
        return "Hello, World!";
    }
}
