package io.fasterapi.samples.techempower.verify;

import static io.fasterapi.samples.techempower.verify.RuleBrokenException.unless;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Gets answers and checks what the rules say of all of them. One thread. */
final class Client {

    private static final Duration OLDEST_DATE = Duration.ofMillis(2500); // whole seconds, one old

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port;

    Client(int port) {
        this.port = port;
    }

    /**
     * Returns the body of a 200 answer.
     *
     * @param accept the header, empty for none
     * @param types the Content-Types that are right, in lower case and without blanks
     */
    String get(String path, String accept, List<String> types) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(LIMIT)
                        .header("Accept-Encoding", "gzip, deflate, br");
        if (!accept.isEmpty()) {
            request.header("Accept", accept);
        }
        HttpResponse<byte[]> answer;
        try {
            answer = http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        unless(answer.statusCode() == 200, "status 200", answer.statusCode() + " " + body);
        String type = header(answer, "Content-Type").replace(" ", "").toLowerCase(Locale.ROOT);
        unless(types.contains(type), "Content-Type is one of " + types, type);
        checkHeaders(answer);
        return body;
    }

    private static void checkHeaders(HttpResponse<byte[]> answer) {
        unless(!header(answer, "Server").isEmpty(), "there is a Server header", "none");
        String length = header(answer, "Content-Length");
        boolean chunked = header(answer, "Transfer-Encoding").equalsIgnoreCase("chunked");
        unless(
                chunked || length.equals(Integer.toString(answer.body().length)),
                "Content-Length is the body's, or it is chunked",
                length);
        String encoding = header(answer, "Content-Encoding");
        unless(encoding.isEmpty(), "nothing is compressed", encoding);
        String date = header(answer, "Date");
        unless(!date.isEmpty(), "there is a Date header", "none");
        Instant told = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        Duration age = Duration.between(told, Instant.now());
        unless(!age.isNegative() && age.compareTo(OLDEST_DATE) < 0, "Date is no older", age);
    }

    private static String header(HttpResponse<?> answer, String name) {
        List<String> values = answer.headers().allValues(name);
        unless(values.size() < 2, name + " is sent once", values);
        return values.isEmpty() ? "" : values.get(0);
    }
}
