package io.fasterapi.spring.webflux.batch;

import io.fasterapi.spring.webflux.route.Lane;

/** The same where controllers stay on WebFlux. */
class UncompiledBatchHandlerTest extends BatchHandlerTest {

    @Override
    String[] properties() {
        return new String[] {"fasterapi.fast-lane.controllers=off"};
    }

    @Override
    Lane lane() {
        return Lane.WEBFLUX;
    }
}
