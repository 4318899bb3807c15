package io.fasterapi.spring.webflux.compile.signatures;

import io.fasterapi.spring.equality.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A table's application by itself, for {@code fasterapi-bench/signatures}: {@code TABLE serve
 * [name=value ...]} starts it, {@code TABLE rows FILE} writes its rows as JSON.
 */
final class SignatureServer {

    private SignatureServer() {}

    public static void main(String[] arguments) throws IOException {
        SignatureComparison table = table(arguments[0]);
        List<String> rest = Arrays.asList(arguments).subList(2, arguments.length);
        if (arguments[1].equals("rows")) {
            List<Row> rows = Stream.of(table.rows(), table.others()).flatMap(List::stream).toList();
            Files.writeString(Path.of(rest.get(0)), JsonMapper.shared().writeValueAsString(rows));
        } else {
            Server.start(table.sources(), rest);
        }
    }

    private static SignatureComparison table(String name) {
        return switch (name) {
            case "plain" -> new SignatureTableEqualityTest();
            case "secured" -> new SecuredSignatureTableEqualityTest();
            case "functional" -> new FunctionalSignaturesEqualityTest();
            default ->
                    throw new IllegalArgumentException(
                            "table: " + name + " (expected: plain, secured or functional)");
        };
    }
}
