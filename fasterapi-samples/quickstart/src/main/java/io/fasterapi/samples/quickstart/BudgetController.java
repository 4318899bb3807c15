package io.fasterapi.samples.quickstart;

import io.fasterapi.http.Deadline;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Says how much time is left for its own answer. */
@RestController
class BudgetController {

    /**
     * What is left.
     *
     * @param millis the time in milliseconds, or -1 if the answer may take for ever
     */
    record Budget(long millis) {}

    // tag::budget[]
    @GetMapping("/budget")
    Mono<Budget> budget() {
        return Mono.deferContextual(
                context -> {
                    Deadline deadline = Deadline.of(context); // null if there is none
                    return Mono.just(
                            new Budget(deadline == null ? -1 : deadline.remaining().toMillis()));
                });
    }
    // end::budget[]
}
