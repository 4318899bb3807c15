package io.fasterapi.spring.testing;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** Two endpoints that many applications of tests have. */
public class PlainAndPost {

    @GetMapping("/plain")
    String plain() {
        return "plain";
    }

    @PostMapping("/post")
    String post(@RequestBody String body) {
        return "got " + body;
    }
}
