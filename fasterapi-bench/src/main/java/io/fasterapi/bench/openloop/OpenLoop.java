package io.fasterapi.bench.openloop;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** The command {@code fasterapi-bench/open-loop}: runs, prints Markdown, writes JSON. */
public final class OpenLoop {

    private OpenLoop() {}

    public static void main(String[] words)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Arguments arguments;
        try {
            arguments = Arguments.parse(words);
        } catch (IllegalArgumentException e) {
            System.err.println("open-loop: " + e.getMessage());
            System.exit(2);
            return;
        }
        Report report = LoadRun.run(arguments.plan());
        System.out.print(report.markdown());
        if (arguments.json() != null) {
            Files.writeString(arguments.json(), report.json());
        }
    }
}
