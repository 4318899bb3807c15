package io.fasterapi.samples.techempower;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * A table of rows as a page. The template is rendered to a text here: a method that returns the
 * name of a view has to pass through WebFlux's result handling.
 */
@RestController
class FortuneController {

    private static final Fortune ADDED =
            new Fortune(0, "Additional fortune added at request time.");

    private final Database database;
    private final Template page;

    FortuneController(Database database, @Value("classpath:fortunes.mustache") Resource page)
            throws IOException {
        this.database = database;
        try (Reader text = new InputStreamReader(page.getInputStream(), StandardCharsets.UTF_8)) {
            this.page = Mustache.compiler().escapeHTML(true).compile(text);
        }
    }

    @GetMapping(path = "/fortunes", produces = "text/html;charset=utf-8")
    Mono<String> fortunes() {
        return database.fortunes().map(this::render);
    }

    private String render(List<Fortune> stored) {
        List<Fortune> all = new ArrayList<>(stored);
        all.add(ADDED);
        all.sort(Comparator.comparing(Fortune::message));
        return page.execute(Map.of("fortunes", all));
    }
}
