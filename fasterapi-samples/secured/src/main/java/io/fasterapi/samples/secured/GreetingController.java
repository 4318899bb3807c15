package io.fasterapi.samples.secured;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** For everybody: its requests pass the whole chain of Spring Security all the same. */
@RestController
public class GreetingController {

    /**
     * A greeting.
     *
     * @param message what it says
     */
    public record Greeting(String message) {}

    @GetMapping("/json")
    public Greeting json() {
        return new Greeting("Hello, World!");
    }
}
