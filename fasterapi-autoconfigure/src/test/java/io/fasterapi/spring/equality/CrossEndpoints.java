package io.fasterapi.spring.equality;

import io.fasterapi.spring.equality.Payloads.Point;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** CORS declared on a class, and narrowed or widened on its methods. */
@RestController
@RequestMapping("/cross")
@CrossOrigin(origins = "https://class.example", maxAge = 60)
class CrossEndpoints {

    @GetMapping("/class")
    String byClass() {
        return "by class";
    }

    @PostMapping("/class")
    Point postByClass(@RequestBody Point point) {
        return point;
    }

    @CrossOrigin(origins = "https://method.example", allowedHeaders = "X-Method")
    @GetMapping("/method")
    String byMethod() {
        return "by method";
    }

    @CrossOrigin(
            originPatterns = "https://*.wild.example",
            allowCredentials = "true",
            exposedHeaders = {"X-One", "X-Two"})
    @PutMapping("/pattern")
    Mono<String> byPattern() {
        return Mono.just("by pattern");
    }
}
