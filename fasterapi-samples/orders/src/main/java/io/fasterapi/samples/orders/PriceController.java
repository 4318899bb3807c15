package io.fasterapi.samples.orders;

import io.fasterapi.route.FastPath;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Prices from memory: a method that must be on the direct lane. */
@RestController
class PriceController {

    /**
     * What an article costs.
     *
     * @param article its name
     * @param cents the price
     */
    record Price(String article, int cents) {}

    // tag::fast-path[]
    @FastPath // the start-up fails, with the reason, if this is not on the direct lane
    @GetMapping("/prices/{article}")
    Price price(@PathVariable String article) {
        return new Price(article, 100 * article.length());
    }
    // end::fast-path[]
}
