package io.fasterapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.test.PublicApi;
import org.junit.jupiter.api.Test;

class PublicApiWiringTest {

    @Test
    void isTheReviewedOne() throws Exception {
        assertThat(PublicApi.differences())
                .as("if meant, run the tests with -Dpublic-api.update=true and commit the list")
                .isEmpty();
    }
}
