package io.fasterapi.spring.webflux.batch;

/** The same with FasterAPI switched off: batches on Reactor's schedulers. */
class StockBatchHandlerTest extends BatchHandlerTest {

    @Override
    String[] properties() {
        return new String[] {"fasterapi.enabled=false"};
    }

    @Override
    boolean onCores() {
        return false;
    }
}
