package io.fasterapi.spring.webflux.batch;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.webflux.route.Lane;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same behind a filter, which every request passes before it joins a batch. */
class FilteredBatchHandlerTest extends BatchHandlerTest {

    @Override
    List<Class<?>> sources() {
        List<Class<?>> all = new ArrayList<>(super.sources());
        all.add(BatchFilters.class);
        return all;
    }

    @Override
    Lane lane() {
        return Lane.FILTERED;
    }

    @Override
    String principal() {
        return "somebody";
    }

    @Test
    void whatAFilterRefusesJoinsNoBatch() throws IOException {
        for (int round = 0; round < 2; round++) {
            String refused = request("GET", "/batched/path/1", "X-Pass: no");
            assertThat(application.exchange(refused).status()).isEqualTo(403);
            assertThat(application.get("/batched/path/1").text()).isEqualTo("2");
        }
    }
}
