package io.fasterapi.bench.peers.shared;

import java.util.List;

/**
 * What {@code POST /echo} reads and writes. Immutable. The components are in alphabetical order,
 * which is that of every JSON library.
 */
public record Order(
        String address,
        String customer,
        boolean express,
        long id,
        List<String> items,
        String note,
        double price,
        int quantity) {}
