package io.fasterapi.samples.secured;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The jar as a user starts it. Runs once it is packed, after the other tests. */
@EnabledIfSystemProperty(named = "sample.jar", matches = ".+")
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JarTest {

    private static final Pattern STARTED = Pattern.compile("Netty started on port (\\d+)");

    @Test
    void startsAndAsksForCredentials() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-jar",
                                System.getProperty("sample.jar"),
                                "--server.port=0")
                        .redirectErrorStream(true)
                        .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            URI account = URI.create("http://127.0.0.1:" + port(output) + "/accounts/mine");
            assertThat(get(account, "user:wrong").statusCode()).isEqualTo(401);
            HttpResponse<String> answer = get(account, "user:secret");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"owner\":\"user\"");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Reads until the application says where it listens; fails with its output if it ends. */
    private static int port(BufferedReader output) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                return Integer.parseInt(started.group(1));
            }
        }
        throw new AssertionError("The jar does not start:\n" + String.join("\n", lines));
    }

    private static HttpResponse<String> get(URI uri, String credentials) throws Exception {
        String encoded =
                Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        HttpRequest request =
                HttpRequest.newBuilder(uri).header("Authorization", "Basic " + encoded).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
