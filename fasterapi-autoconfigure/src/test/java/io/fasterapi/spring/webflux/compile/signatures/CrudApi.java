package io.fasterapi.spring.webflux.compile.signatures;

import io.fasterapi.spring.webflux.compile.signatures.Payloads.Page;
import io.fasterapi.spring.webflux.compile.signatures.Payloads.Query;
import io.fasterapi.spring.webflux.compile.signatures.Payloads.Saved;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What a CRUD framework declares once for every kind of thing: a third of the mappings stream, an
 * eighth have wildcards, one in twelve binds an object from parameters. The entity's type is known
 * in the subclass alone.
 */
interface CrudApi<E> {

    /** Makes a thing out of its key. */
    E of(String id);

    @GetMapping("/_query/no-paging")
    default Flux<E> query(Query query) {
        return Flux.range(query.getPageIndex(), query.getPageSize())
                .map(i -> of(query.getWhere() + i));
    }

    @PostMapping("/_query/no-paging")
    default Flux<E> queryByBody(@RequestBody Mono<Query> query) {
        return query.flatMapMany(this::query);
    }

    @GetMapping("/_all")
    default Flux<E> all() {
        return Flux.just(of("a"), of("b"));
    }

    @GetMapping(path = "/_stream", produces = MediaType.APPLICATION_NDJSON_VALUE)
    default Flux<E> stream(@RequestParam(defaultValue = "3") int count) {
        return Flux.range(0, count).map(i -> of("s" + i));
    }

    @GetMapping(path = "/_events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    default Flux<E> events() {
        return Flux.just(of("e1"), of("e2"));
    }

    @PostMapping("/_each")
    default Flux<E> each(@RequestBody Flux<String> ids) {
        return ids.map(this::of);
    }

    @PostMapping("/_query")
    default Mono<Page<E>> page(@RequestBody Mono<Query> query) {
        return query.map(q -> new Page<>(q.getPageIndex(), 7, List.of(of(q.getWhere()))));
    }

    @GetMapping("/_count")
    default Mono<Integer> count(@RequestParam(required = false) List<String> where) {
        return Mono.just(where.size());
    }

    @GetMapping("/{id:.+}")
    default Mono<E> getById(@PathVariable("id") String id) {
        return Mono.just(of(id));
    }

    @GetMapping("/{id}/tags/**")
    default Mono<Map<String, String>> tags(@PathVariable("id") String id) {
        return Mono.just(Map.of("of", id));
    }

    @PostMapping
    default Mono<E> add(@RequestBody Mono<E> payload) {
        return payload;
    }

    @PostMapping("/_batch")
    default Mono<Integer> addAll(@RequestBody Flux<E> payload) {
        return payload.count().map(Long::intValue);
    }

    @PatchMapping
    default Mono<Saved> save(@RequestBody Flux<E> payload) {
        return payload.collectList().map(all -> new Saved(all.size(), 0));
    }

    @PutMapping("/{id}")
    default Mono<Boolean> update(@PathVariable("id") String id, @RequestBody Mono<E> payload) {
        return payload.map(of(id)::equals);
    }

    @DeleteMapping("/{id}")
    default Mono<E> delete(@PathVariable("id") String id) {
        return Mono.just(of(id));
    }

    @GetMapping("/_exists")
    default Mono<Boolean> exists(Query query) {
        return Mono.just(query.getPageIndex() > 0);
    }
}
