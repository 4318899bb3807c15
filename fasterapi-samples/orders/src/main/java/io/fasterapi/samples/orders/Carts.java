package io.fasterapi.samples.orders;

import io.fasterapi.spring.scope.CoreScope;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The carts of the customers whose key belongs to one core. Owned by that core's thread. */
// tag::core-scope[]
@Component
@CoreScope // one instance for each core; not final, since a proxy is injected
class Carts {

    private final Map<String, Integer> items = new HashMap<>();

    int add(String customer, int quantity) {
        return items.merge(customer, quantity, Integer::sum);
    }
}
// end::core-scope[]
