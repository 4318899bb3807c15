package io.fasterapi.spring.equality;

import io.fasterapi.spring.equality.Payloads.Greeting;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

/** Every way to fail. */
@RestController
@RequestMapping("/fail")
class FailingEndpoints {

    @GetMapping("/status")
    String status() {
        throw new ResponseStatusException(HttpStatus.CONFLICT, "no \"luck\"");
    }

    @GetMapping("/odd-status")
    String oddStatus() {
        ResponseStatusException failure = new ResponseStatusException(HttpStatus.GONE);
        failure.getHeaders().add("X-Gone", "long ago");
        throw failure;
    }

    @GetMapping("/unhandled")
    String unhandled() {
        throw new IllegalStateException("unhandled");
    }

    @GetMapping("/error")
    String error() {
        throw new AssertionError("an error, not an exception");
    }

    @GetMapping("/mono")
    Mono<String> mono() {
        return Mono.error(new IllegalStateException("in the mono"));
    }

    @GetMapping("/delayed")
    Mono<String> delayed() {
        return mono().delaySubscription(Duration.ofMillis(10));
    }

    @GetMapping("/annotated")
    String annotated() {
        throw new Teapot();
    }

    @GetMapping("/problem")
    String problem() {
        ProblemDetail detail = ProblemDetail.forStatusAndDetail(HttpStatus.LOCKED, "locked");
        detail.setTitle("A problem");
        throw new ErrorResponseException(HttpStatus.LOCKED, detail, null);
    }

    @GetMapping("/allowed")
    String allowed() {
        throw new MethodNotAllowedException("GET", List.of());
    }

    @GetMapping("/handled")
    String handled() {
        throw new NoSuchElementException("handled");
    }

    @GetMapping("/handled-async")
    Mono<String> handledAsync() {
        return Mono.error(new UnsupportedOperationException("handled, too"));
    }

    @GetMapping("/handler-fails")
    String handlerFails() {
        throw new ArithmeticException("first");
    }

    @GetMapping("/null")
    String nothing() {
        return null;
    }

    /** There is no way to write this type. */
    @GetMapping("/unwritable")
    Object unwritable() {
        return new Unwritable();
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.NOT_FOUND)
    Greeting onMissing(NoSuchElementException e) {
        return new Greeting(e.getMessage());
    }

    @ExceptionHandler
    Mono<ProblemDetail> onUnsupported(UnsupportedOperationException e) {
        return Mono.just(ProblemDetail.forStatusAndDetail(HttpStatus.NOT_IMPLEMENTED, "" + e));
    }

    @ExceptionHandler
    String onArithmetic(ArithmeticException e) {
        throw new IllegalStateException("second", e);
    }

    @ResponseStatus(code = HttpStatus.I_AM_A_TEAPOT, reason = "short and stout")
    static class Teapot extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Fails while it is written. */
    static class Unwritable {

        public String getFirst() {
            return "written";
        }

        public String getSecond() {
            throw new IllegalStateException("while writing");
        }
    }
}
