package io.fasterapi.samples.onemillion.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server's totals, as it tells them.
 *
 * @param requests how many events
 * @param users of how many users
 * @param sum of their values
 * @param average of their values
 */
record Figures(long requests, long users, double sum, double average) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Returns what must come out. */
    static Figures expected(int events) {
        double sum = Events.sum(events);
        return new Figures(events, Events.users(events), sum, events == 0 ? 0 : sum / events);
    }

    static Figures ask(int port) throws IOException, InterruptedException {
        JsonNode stats = JSON.readTree(send(port, "/stats", "GET").body());
        return new Figures(
                stats.required("totalRequests").longValue(),
                stats.required("uniqueUsers").longValue(),
                stats.required("sum").doubleValue(),
                stats.required("avg").doubleValue());
    }

    static void reset(int port) throws IOException, InterruptedException {
        send(port, "/reset", "POST");
    }

    private static HttpResponse<String> send(int port, String path, String method)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        HttpRequest request =
                HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build();
        HttpResponse<String> answer =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()
                        .send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answered " + answer.statusCode());
        }
        return answer;
    }
}
