package io.fasterapi.samples.quickstart;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.server.ResponseStatusException;

/** Users: path variables, query parameters, JSON bodies, validation and an error handler. */
@RestController
@RequestMapping("/users")
class UserController {

    private final UserStore store;

    UserController(UserStore store) {
        this.store = store;
    }

    @GetMapping
    List<User> newest(@RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit) {
        return store.newest(limit);
    }

    @GetMapping("/{id}")
    User byId(@PathVariable long id) {
        return store.find(id)
                .orElseThrow(
                        () ->
                                new ResponseStatusException(
                                        HttpStatus.NOT_FOUND, "No user has the id " + id));
    }

    // tag::create[]
    @PostMapping
    ResponseEntity<User> create(@Valid @RequestBody NewUser request) {
        User user = store.add(request);
        return ResponseEntity.created(URI.create("/users/" + user.id())).body(user);
    }

    // end::create[]

    @ExceptionHandler
    ProblemDetail invalid(WebExchangeBindException failure) {
        ProblemDetail problem = failure.getBody();
        problem.setProperty(
                "errors",
                failure.getFieldErrors().stream()
                        .map(error -> error.getField() + " " + error.getDefaultMessage())
                        .sorted()
                        .toList());
        return problem;
    }
}
