package io.fasterapi.samples.orders;

import io.fasterapi.batch.BatchHandler;
import io.fasterapi.batch.BatchItem;
import io.fasterapi.batch.BatchResult;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Prices in other currencies: one call for all requests of a currency. */
@RestController
class QuoteController {

    /**
     * What a client asks.
     *
     * @param currency in which the answer is to be
     * @param cents the amount
     */
    record Amount(String currency, int cents) {}

    // tag::quotes[]
    @PostMapping("/quotes")
    @BatchHandler(groupBy = "currency", maxSize = 50) // one currency for each call
    List<BatchResult<Amount>> convert(@RequestBody List<BatchItem<Amount>> requests) {
        int rate = rate(requests.get(0).item().currency());
        return requests.stream().map(request -> converted(request.item(), rate)).toList();
    }

    private static BatchResult<Amount> converted(Amount amount, int rate) {
        return amount.cents() < 0
                ? BatchResult.failed(new ResponseStatusException(HttpStatus.BAD_REQUEST))
                : BatchResult.of(new Amount(amount.currency(), amount.cents() * rate));
    }

    // end::quotes[]

    private static int rate(String currency) {
        return currency.length();
    }
}
