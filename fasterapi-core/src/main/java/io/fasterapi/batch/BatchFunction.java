package io.fasterapi.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Handles the items of one batch. It runs on the threads of the batcher. For one group at most
 * {@link BatchOptions#concurrency} batches run at a time.
 */
@FunctionalInterface
public interface BatchFunction<I, O> {

    /**
     * Handles a batch.
     *
     * @param items one or more items in the order in which they were submitted; unmodifiable
     * @return one result per item, in the same order. If this method throws, signals an error or
     *     returns a list of another size, every item of the batch fails
     */
    Mono<List<BatchResult<O>>> call(List<I> items);

    /** Returns a function whose results are there when it returns. */
    static <I, O> BatchFunction<I, O> ofList(
            Function<? super List<I>, ? extends List<? extends @Nullable O>> call) {
        return items -> Mono.just(results(call.apply(items)));
    }

    /** Returns a function whose results come in one list later. */
    static <I, O> BatchFunction<I, O> ofMono(
            Function<? super List<I>, ? extends Mono<? extends List<? extends @Nullable O>>> call) {
        return items -> call.apply(items).map(BatchFunction::results);
    }

    /** Returns a function whose results come one after the other. */
    static <I, O> BatchFunction<I, O> ofFlux(
            Function<? super List<I>, ? extends Flux<? extends O>> call) {
        return items -> call.apply(items).<BatchResult<O>>map(BatchResult::of).collectList();
    }

    /** Returns a function that has its results later. */
    static <I, O> BatchFunction<I, O> ofStage(
            Function<
                            ? super List<I>,
                            ? extends CompletionStage<? extends List<? extends @Nullable O>>>
                    call) {
        return items ->
                Mono.<List<? extends @Nullable O>>fromCompletionStage(call.apply(items))
                        .map(BatchFunction::results);
    }

    private static <O> List<BatchResult<O>> results(List<? extends @Nullable O> values) {
        List<BatchResult<O>> results = new ArrayList<>(values.size());
        for (O value : values) {
            results.add(BatchResult.of(value));
        }
        return results;
    }
}
