package io.fasterapi.spring.equality;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Methods of one path for several versions of an API. */
@RestController
@RequestMapping("/api-version")
class VersionVariant {

    @GetMapping(path = "/greeting", version = "1.0")
    String first() {
        return "first";
    }

    @GetMapping(path = "/greeting", version = "1.1+")
    Mono<String> second() {
        return Mono.just("second");
    }

    @GetMapping("/any")
    String any() {
        return "any";
    }

    static void addTo(CaseBook book) {
        for (String version : new String[] {"1.0", "1.1", "1.2", "2.0", "9.9", "x", ""}) {
            book.get("greeting " + version, "/api-version/greeting", "X-Version: " + version);
            book.get("any " + version, "/api-version/any", "X-Version: " + version);
            book.get("unversioned " + version, "/json", "X-Version: " + version);
        }
        book.get("greeting of the default", "/api-version/greeting");
        book.get("any of the default", "/api-version/any");
    }
}
