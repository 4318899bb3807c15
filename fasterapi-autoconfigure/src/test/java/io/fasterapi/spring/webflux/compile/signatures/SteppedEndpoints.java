package io.fasterapi.spring.webflux.compile.signatures;

import java.beans.PropertyEditorSupport;
import java.util.Locale;
import org.springframework.ui.Model;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.SessionAttributes;
import org.springframework.web.bind.support.SessionStatus;
import org.springframework.web.method.HandlerMethod;
import reactor.core.publisher.Mono;

/** Controllers that take more than one step for each request. */
final class SteppedEndpoints {

    private SteppedEndpoints() {}

    /** Its arguments are converted by its own rule. */
    @RestController
    @RequestMapping("/bound")
    static class Bound {

        record Word(String text) {}

        @InitBinder
        void words(WebDataBinder binder) {
            binder.registerCustomEditor(
                    Word.class,
                    new PropertyEditorSupport() {
                        @Override
                        public void setAsText(String text) {
                            setValue(new Word(text.toUpperCase(Locale.ROOT)));
                        }
                    });
        }

        @GetMapping("/{word}")
        String path(@PathVariable Word word) {
            return word.text();
        }

        @GetMapping("/param")
        Mono<String> param(@RequestParam Word word) {
            return Mono.just(word.text());
        }
    }

    /** A model attribute that outlives its request in the session. */
    @RestController
    @RequestMapping("/visited")
    @SessionAttributes("visitor")
    static class Visited {

        @GetMapping("/begin")
        String begin(Model model) {
            model.addAttribute("visitor", "known");
            return "welcome";
        }

        @GetMapping("/end")
        String end(SessionStatus status) {
            status.setComplete();
            return "bye";
        }
    }

    /** Every request gets an attribute first. */
    @RestController
    @RequestMapping("/modelled")
    static class Modelled {

        @ModelAttribute("level")
        Mono<String> level(@RequestParam(defaultValue = "low") String level) {
            return Mono.just("level " + level);
        }

        @GetMapping("/sync")
        String sync(@ModelAttribute("level") String level) {
            return level;
        }

        @GetMapping("/async")
        Mono<String> async(@ModelAttribute("level") Mono<String> level) {
            return level;
        }
    }

    /** Handles its own failures. */
    @RestController
    @RequestMapping("/failing")
    static class Failing {

        @GetMapping("/now")
        String now() {
            throw new IllegalStateException("now");
        }

        @GetMapping("/later")
        Mono<String> later() {
            return Mono.error(new IllegalStateException("later"));
        }

        @ExceptionHandler
        @ResponseStatus(org.springframework.http.HttpStatus.CONFLICT)
        Mono<String> handle(IllegalStateException failure, HandlerMethod method) {
            return Mono.just(failure.getMessage() + " in " + method.getMethod().getName());
        }
    }

    static void addTo(Rows rows) {
        rows.get("/bound/{word}", "/bound/abc");
        rows.get("/bound/param", "/bound/param?word=abc");
        rows.get("/visited/begin");
        rows.get("/visited/end");
        rows.get("/modelled/sync", "/modelled/sync?level=high");
        rows.get("/modelled/async");
        rows.get("/failing/now");
        rows.get("/failing/later");
    }
}
