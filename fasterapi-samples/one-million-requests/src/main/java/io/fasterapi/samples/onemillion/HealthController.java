package io.fasterapi.samples.onemillion;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says that the server is there. */
@RestController
class HealthController {

    @GetMapping("/health")
    void health() {}
}
