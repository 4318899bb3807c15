package io.fasterapi.spring.equality;

import io.fasterapi.spring.equality.Payloads.Point;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Failures that {@link Advice} answers, and some that this class answers before it can. */
@RestController
@RequestMapping("/advised")
class AdvisedEndpoints {

    @GetMapping("/domain/{why}")
    String domain(@PathVariable String why) {
        throw new DomainException(why);
    }

    @GetMapping("/domain-mono/{why}")
    Mono<String> domainMono(@PathVariable String why) {
        return Mono.error(() -> new DomainException(why));
    }

    @GetMapping("/number/{n}")
    int number(@PathVariable int n, @RequestParam int by) {
        return n / by;
    }

    @GetMapping("/caused")
    String caused() {
        throw new IllegalArgumentException("outer", new DomainException("inner"));
    }

    @GetMapping("/checked")
    String checked() throws IOException {
        throw new IOException("checked");
    }

    @GetMapping("/checked-special")
    String checkedSpecial() throws IOException {
        throw new FileNotFoundException("special");
    }

    @GetMapping("/silent")
    String silent() {
        throw new SecurityException("answered by a status alone");
    }

    @GetMapping("/as-text")
    String asText() {
        throw new IndexOutOfBoundsException("as text");
    }

    @PostMapping("/body")
    Point body(@RequestBody Point point) {
        return point;
    }

    /** Nearer than the advice's handler of the same exception. */
    @ExceptionHandler(FileNotFoundException.class)
    @ResponseStatus(HttpStatus.GONE)
    String onSpecial(FileNotFoundException e) {
        return "local: " + e.getMessage();
    }

    /** Known to no framework. */
    static class DomainException extends RuntimeException {

        private static final long serialVersionUID = 1;

        DomainException(String message) {
            super(message);
        }
    }
}
