package io.fasterapi.spring.equality;

import io.fasterapi.spring.equality.Payloads.Person;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.propertyeditors.StringTrimmerEditor;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** Models and binders: what runs around a method, and what binds to objects. */
@RestController
@RequestMapping("/model")
class ModelEndpoints {

    /** Trims each text, also where a plain parameter is converted. */
    @InitBinder
    void trimming(WebDataBinder binder) {
        binder.registerCustomEditor(String.class, new StringTrimmerEditor("#", true));
    }

    /** Runs before every method of this class. */
    @ModelAttribute("greeting")
    String greeting(ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().add("X-Model", "ran");
        return "hello";
    }

    @GetMapping("/trimmed")
    String trimmed(@RequestParam(required = false) @Nullable String q) {
        return "<" + q + ">";
    }

    @GetMapping("/trimmed/{q}")
    String trimmedPath(@PathVariable String q) {
        return "<" + q + ">";
    }

    @GetMapping("/greeting")
    String model(Model model) {
        return "model " + model.asMap().get("greeting");
    }

    @GetMapping("/greeting-attribute")
    String attribute(@ModelAttribute("greeting") String greeting) {
        return "attribute " + greeting;
    }

    @GetMapping("/search")
    String search(@ModelAttribute Search search) {
        return search.toString();
    }

    @GetMapping("/search-implicit")
    String searchImplicit(Search search) {
        return search.toString();
    }

    @GetMapping("/search-valid")
    String searchValid(@Valid Search search) {
        return search.toString();
    }

    @GetMapping("/search-errors")
    String searchErrors(@Valid Search search, BindingResult errors) {
        return errors.getErrorCount() + " errors";
    }

    @GetMapping("/person/{name}")
    Person person(@ModelAttribute Person person) {
        return person;
    }

    @PostMapping("/person")
    Person personPosted(@Valid @ModelAttribute Person person) {
        return person;
    }

    record Search(@NotBlank @Nullable String q, @Max(9) int page, @Nullable List<String> tag) {}
}
