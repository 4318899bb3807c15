package io.fasterapi.samples.orders;

import io.fasterapi.batch.BatchFunction;
import io.fasterapi.batch.BatchHandler;
import io.fasterapi.batch.BatchOptions;
import io.fasterapi.batch.Batcher;
import io.fasterapi.batch.Batchers;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Looks up what is in stock, in memory: a call costs 3 us however many articles it asks for. */
@RestController
public class StockController {

    private static final long CALL_NANOS = 3_000;

    private final Batcher<Integer, Integer> stock;

    @GetMapping("/stock/{article}/batched")
    @BatchHandler
    List<Integer> batched(@PathVariable("article") List<Integer> articles) {
        return lookUp(articles);
    }

    @GetMapping("/stock/{article}")
    int one(@PathVariable int article) {
        return lookUp(List.of(article)).get(0);
    }

    private static List<Integer> lookUp(List<Integer> articles) {
        long end = System.nanoTime() + CALL_NANOS;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return articles.stream().map(article -> article % 7).toList();
    }

    // tag::batcher[]
    StockController(Batchers batchers) {
        stock =
                batchers.create(
                        "stock",
                        BatchOptions.defaults().withMaxSize(32),
                        BatchFunction.ofList(StockController::lookUp));
    }

    @GetMapping("/stock/{article}/behind")
    Mono<Integer> behind(@PathVariable int article) {
        return stock.submit(article);
    }
    // end::batcher[]
}
