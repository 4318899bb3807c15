package io.fasterapi.spring.webflux.batch;

/** The same where controllers stay on WebFlux. */
class UncompiledBatchHandlerTest extends BatchHandlerTest {

    @Override
    String[] properties() {
        return new String[] {"fasterapi.fast-lane.controllers=off"};
    }

    @Override
    String lane() {
        return "webflux";
    }
}
