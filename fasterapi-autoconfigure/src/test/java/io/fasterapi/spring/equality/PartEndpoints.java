package io.fasterapi.spring.equality;

import io.fasterapi.spring.equality.Payloads.Person;
import io.fasterapi.spring.equality.Payloads.Point;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.codec.multipart.FormFieldPart;
import org.springframework.http.codec.multipart.Part;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Forms and multipart bodies. */
@RestController
class PartEndpoints {

    @PostMapping("/form")
    Mono<String> form(ServerWebExchange exchange) {
        return exchange.getFormData().map(Object::toString);
    }

    @PostMapping("/form-model")
    Person formModel(@ModelAttribute Person person) {
        return person;
    }

    @PostMapping("/upload")
    Mono<String> upload(@RequestPart String title, @RequestPart Mono<FilePart> file) {
        return file.flatMap(
                f -> size(f).map(n -> title + ": " + f.filename() + " of " + n + " bytes"));
    }

    @PostMapping("/upload-json")
    Point uploadJson(@RequestPart Point point) {
        return point;
    }

    @PostMapping("/parts")
    Mono<String> parts(@RequestBody Flux<Part> parts) {
        return parts.concatMap(PartEndpoints::describe)
                .reduce(new StringBuilder(), StringBuilder::append)
                .map(StringBuilder::toString);
    }

    private static Mono<String> describe(Part part) {
        if (part instanceof FormFieldPart field) {
            return Mono.just(field.name() + "=" + field.value() + "\n");
        }
        return size(part).map(n -> part.name() + " of " + n + " bytes\n");
    }

    private static Mono<Integer> size(Part part) {
        return part.content()
                .map(
                        buffer -> {
                            int size = buffer.readableByteCount();
                            DataBufferUtils.release(buffer);
                            return size;
                        })
                .reduce(0, Integer::sum);
    }
}
