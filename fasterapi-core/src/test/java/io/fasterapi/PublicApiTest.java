package io.fasterapi;

import io.fasterapi.test.PublicApi;
import org.junit.jupiter.api.Test;

class PublicApiTest {

    @Test
    void isTheReviewedOne() throws Exception {
        PublicApi.check();
    }
}
