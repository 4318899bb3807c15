package io.fasterapi.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What {@code signatures} makes of its figures. Needs Python 3, and is skipped without. */
@Timeout(60)
class SignaturesTest {

    private static final Path SCRIPT = Path.of("signatures").toAbsolutePath();

    @TempDir private Path out;

    @Test
    void judgesByTheSecondLookAndByWhatStockIsDearerThanItself() throws Exception {
        String said =
                report(
                        row("GET /api/dear", runs(1.3, 1.0), runs(1.2, 1.05)),
                        row("GET /api/even", runs(1.3, 1.0), runs(1.04, 1.05)),
                        row("GET /cond/once", runs(1.4, 1.0), runs(0.9, 1.02)),
                        row("GET /args/cheap", runs(0.5, 1.0), List.of()));

        List<String> summary = Files.readAllLines(out.resolve("summary.md"));
        assertThat(summary)
                .as(said)
                .contains("1 of 4 rows are dearer than stock beyond noise:")
                .contains("| workspaces and accounts | 2 | 1.12 [1.04 to 1.20] | 2 | 1 |")
                .contains("| all | 4 | 0.97 [0.50 to 1.20] | 3 | 1 |")
                .contains("| direct | 4 | 0.97 [0.50 to 1.20] |");
        assertThat(summary.get(summary.size() - 1))
                .startsWith("| `GET /api/dear` | direct | 100.0 | 120.0 | 1.20 [1.20 to 1.20] |");
        assertThat(Files.readAllLines(out.resolve("signatures.csv")))
                .hasSize(5)
                .element(4)
                .asString()
                .startsWith("plain,GET /args/cheap,200,direct,inline,100.0,50.0,0.5,0.5,0.5,2,");
    }

    private String report(Map<?, ?>... rows) throws IOException, InterruptedException {
        Map<String, ?> warm = Map.of("us", List.of(300, 100), "steady", true);
        Map<String, ?> table = Map.of("rows", rows, "warm", Map.of("stock", warm, "ours", warm));
        Map<String, ?> run =
                Map.of("jdk", "a", "jvm", "b", "pin", "c", "connections", 32, "started", "d");
        Map<String, ?> rest =
                Map.of("minutes", 1, "cpus", 2, "command", "e", "tables", Map.of("plain", table));
        Map<String, Object> all = new HashMap<>(run);
        all.putAll(rest);
        Files.writeString(out.resolve("results.json"), JsonMapper.shared().writeValueAsString(all));
        assumeTrue(exists(), "python3 is missing");
        Process process =
                new ProcessBuilder("python3", SCRIPT.toString(), "--out", out + "", "--report-only")
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static Map<String, ?> row(String mapping, List<?> runs, List<?> confirmed) {
        return Map.of(
                "table",
                "plain",
                "mapping",
                mapping,
                "request",
                mapping + " HTTP/1.1\r\n\r\n",
                "status",
                200,
                "runs",
                runs,
                "confirmed",
                confirmed,
                "lanes",
                Map.of("direct", 100, "filtered", 0),
                "planned",
                Map.of("placement", "inline"));
    }

    /** Two rounds in which ours and the control cost so many times what stock does. */
    private static List<?> runs(double ours, double control) {
        Map<String, ?> run = Map.of("stock", 100, "ours", 100 * ours, "control", 100 * control);
        return List.of(run, run);
    }

    private static boolean exists() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
