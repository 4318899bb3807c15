package io.fasterapi.spring.webflux.compile.signatures;

/** What the generated interfaces carry. */
final class Generated {

    private Generated() {}

    record Topic(String name, int partitions) {}

    record Connector(String name, String state) {}

    record Schema(String subject, int version) {}

    record Broker(int id, String host) {}
}
