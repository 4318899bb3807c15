package io.fasterapi.samples.orders;

import io.fasterapi.batch.BatchHandler;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Takes orders, and answers when they are on disk. */
@RestController
public class OrderController {

    private final OrderStore store;

    OrderController(OrderStore store) {
        this.store = store;
    }

    @PostMapping("/orders/one-by-one")
    @ResponseStatus(HttpStatus.CREATED)
    Mono<Receipt> insertOne(@Valid @RequestBody Order order) {
        return store.insert(order);
    }

    @GetMapping("/orders/references")
    Mono<List<Long>> references() {
        return store.references();
    }

    @DeleteMapping("/orders")
    Mono<Void> clear() {
        return store.clear();
    }

    // tag::batch[]
    @PostMapping("/orders")
    @ResponseStatus(HttpStatus.CREATED)
    @BatchHandler(maxSize = 100)
    Mono<List<Receipt>> insert(@Valid @RequestBody List<Order> orders) {
        return store.insertAll(orders); // one INSERT for all that queued meanwhile
    }
    // end::batch[]
}
