package io.fasterapi.samples.orders;

import io.fasterapi.placement.Placed;
import io.fasterapi.placement.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reports from files: handlers that block, and one that does not. */
// tag::placed[]
@RestController
@RequestMapping("/reports")
@Placed(Placement.VIRTUAL) // a thread for each request: these methods may block
class ReportController {

    private final Path folder;

    ReportController(@Value("${orders.reports:reports}") Path folder) {
        this.folder = folder;
    }

    @GetMapping("/{year}")
    String report(@PathVariable int year) throws IOException {
        return Files.readString(folder.resolve(year + ".txt"));
    }

    @GetMapping
    @Placed(Placement.INLINE) // the method's own annotation wins over the class's
    List<Integer> years() {
        return List.of(2025, 2026);
    }
}
// end::placed[]
