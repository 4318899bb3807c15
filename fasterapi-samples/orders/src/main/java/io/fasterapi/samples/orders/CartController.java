package io.fasterapi.samples.orders;

import io.fasterapi.placement.ShardBy;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Carts without locks: all requests of a customer run on one core. */
@RestController
class CartController {

    private final Carts carts;

    CartController(Carts carts) {
        this.carts = carts;
    }

    // tag::cart[]
    @ShardBy(path = "customer")
    @PostMapping("/carts/{customer}/{quantity}")
    int add(@PathVariable String customer, @PathVariable int quantity) {
        return carts.add(customer, quantity); // the instance of this customer's core
    }
    // end::cart[]
}
