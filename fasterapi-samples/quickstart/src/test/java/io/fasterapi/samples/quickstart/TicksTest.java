package io.fasterapi.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TicksTest extends OnRealPort {

    @Test
    void streamsATickPerSecond() throws Exception {
        HttpResponse<Stream<String>> response =
                client().send(request("/ticks").build(), BodyHandlers.ofLines());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(type(response)).startsWith("text/event-stream");
        try (Stream<String> lines = response.body()) {
            List<String> seen = lines.filter(line -> !line.isEmpty()).limit(4).toList();
            assertThat(seen.get(0)).isEqualTo("event:tick");
            assertThat(seen.get(1)).startsWith("data:{\"number\":0,\"time\":\"");
            assertThat(seen.get(2)).isEqualTo("event:tick");
            assertThat(seen.get(3)).startsWith("data:{\"number\":1,\"time\":\"");
        }
    }
}
